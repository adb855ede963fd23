/** What the columns of tables hold: filled, nulls by spelling, distinct values, types, extremes, shapes; one pass, bounded memory. */
import { stopIfAborted, type Update } from '../operation.ts'
import { ColumnProfile, type FieldProfile } from './profile-column.ts'
import { textOf } from './read/cell-text.ts'
import type { Structure } from './read/events.ts'
import { recognise } from './read/sniff.ts'
import { take } from './read/stretches.ts'
import { openTable } from './read/table.ts'
import type { JsonObject } from './record.ts'
import { suggestPackage, type TableProfile } from './schema/infer.ts'
import type { NotEvaluated, ValidateSource } from './validation.ts'

export interface ProfileInput {
  readonly inputs: readonly ValidateSource[]
}

export interface ProfiledInput {
  readonly name: string
  readonly table: string
  readonly structure: Structure | null
  readonly records: number
  readonly status: 'read' | 'partial' | 'unreadable'
}

export interface ProfileResult {
  readonly inputs: readonly ProfiledInput[]
  readonly fields: readonly (FieldProfile & { readonly input: number })[]
  /** A data package with a Table Schema per table; proposals with evidence, for a person to adopt. */
  readonly suggested: JsonObject
  readonly notEvaluated: readonly NotEvaluated[]
}

/** Profiles every table of the input; other formats are named in `notEvaluated`. */
export async function* profile(input: ProfileInput, signal: AbortSignal): AsyncGenerator<Update<never, ProfileResult>> {
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const inputs: ProfiledInput[] = []
  const fields: (FieldProfile & { readonly input: number })[] = []
  const tables: TableProfile[] = []
  const notEvaluated: NotEvaluated[] = []
  let before = 0
  for (const [index, given] of input.inputs.entries()) {
    const { source, table } = given
    stopIfAborted(signal)
    const recognised = recognise(await take(source, 0, 64 << 10, signal), source.size, source.name)
    const isTable = recognised.kind === 'format' && (given.format ?? recognised.format) === 'csv'
    if (!isTable) {
      const what =
        recognised.kind === 'other'
          ? recognised.words
          : recognised.kind === 'empty'
            ? 'empty'
            : `${recognised.format}, not a table`
      notEvaluated.push({ what: source.name, why: `The file is ${what}; profiles are made of delimited tables.` })
      inputs.push({ name: source.name, table, structure: null, records: 0, status: 'unreadable' })
      before += source.size
      continue
    }
    const reader = new TableReader(given)
    for await (const done of reader.read(index, signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: source.name }
    before += source.size
    inputs.push({ name: source.name, table, structure: reader.structure, records: reader.records, status: reader.status })
    const profiles = reader.columns.map((column) => column.profile())
    fields.push(...profiles.map((field) => ({ ...field, input: index })))
    tables.push({ table, path: source.name, records: reader.records, columns: reader.columns })
  }
  yield { kind: 'result', value: { inputs, fields, suggested: suggestPackage(tables), notEvaluated } }
}

class TableReader {
  structure: Structure | null = null
  columns: readonly ColumnProfile[] = []
  records = 0
  status: 'read' | 'partial' | 'unreadable' = 'unreadable'
  private readonly given: ValidateSource

  constructor(given: ValidateSource) {
    this.given = given
  }

  async *read(input: number, signal: AbortSignal): AsyncGenerator<number> {
    const open = await openTable(this.given.source, this.given.reading, input, signal)
    this.structure = open.structure
    const nulls = this.given.reading.nulls ?? []
    const columns = open.structure.header.map((field) => new ColumnProfile(field, nulls))
    this.columns = columns
    yield* open.read(
      {
        record(view, whole) {
          if (whole) for (const [index, column] of columns.entries()) column.see(textOf(open.texts, view, index))
        },
        problem() {},
        end: ({ records, status }) => {
          this.records = records
          this.status = status
        },
      },
      signal,
    )
  }
}
