/** What the columns of tables hold: filled, nulls by reason, distinct values, types, extremes, shapes; one pass, bounded memory. */

import type { NotEvaluated } from '../../finding.ts'
import { Cancelled, stopIfAborted, type Update } from '../../operation.ts'
import { columnProfileOf } from '../columns/column-profile.ts'
import { declaredGroups } from '../columns/declared-groups.ts'
import { fieldProfileOf } from '../columns/field-profile-of.ts'
import type { GroupColumns } from '../columns/grouping.ts'
import { groupsOf, TableProfiler, type TableState } from '../columns/table-profiler.ts'
import type { ReadStatus, Structure } from '../model/events.ts'
import type { JsonObject } from '../model/record.ts'
import { nameOfInput, type ReadingChoices } from '../model/source.ts'
import type { InputFieldProfile, ValidateSource } from '../model/validation.ts'
import { nullEntries } from '../nulls/of-table.ts'
import { suggestPackage } from '../proposals/schema/infer.ts'
import type { TableProfile } from '../proposals/schema/proposed-keys.ts'
import { lookInto, readAs } from '../read/look-into.ts'
import { openTable, type TableOrigin } from '../read/table.ts'
import { compileSchema, resourceSchema } from '../schema/compile.ts'
import { undeclaredColumns } from '../schema/undeclared-columns.ts'

export interface ProfileInput {
  readonly inputs: readonly ValidateSource[]
  /** Columns that say where or when a record comes from, in every table that has them. */
  readonly groups?: GroupColumns
}

export interface ProfiledInput {
  readonly name: string
  readonly table: string
  readonly structure: Structure | null
  readonly records: number
  readonly status: ReadStatus
  /** Numbers, from 1, of columns whose names no schema and no person vouches for; left out where there are none. */
  readonly undeclared?: readonly number[]
}

export interface ProfileResult {
  readonly inputs: readonly ProfiledInput[]
  readonly fields: readonly InputFieldProfile[]
  /** A data package with a Table Schema per table; proposals with evidence, for a person to adopt. */
  readonly suggested: JsonObject
  readonly notEvaluated: readonly NotEvaluated[]
  /** True where the reading was interrupted: counts are those reached, and nothing is suggested. */
  readonly partial: boolean
}

/** One input as it was read, before anything is said about it. */
export interface ReadTable {
  readonly input: ProfiledInput
  readonly state: TableState | null
  readonly notEvaluated: NotEvaluated | null
  /** The decimal mark that a person chose for it. */
  readonly decimal: ReadingChoices['decimal']
  /** Some of its bytes were not read, so that no schema is suggested for it. */
  readonly hasGaps?: boolean
}

/**
 * Profiles every table of the input; other formats are named in `notEvaluated`. An interrupt ends the reading: with `keepsPartial` the
 * result covers what was read, marked as partial; without it the operation throws `Cancelled`.
 */
export async function* profile(
  input: ProfileInput,
  signal: AbortSignal,
  keepsPartial = false,
): AsyncGenerator<Update<never, ProfileResult>> {
  for await (const update of profileTables(input, signal, keepsPartial))
    yield update.kind === 'result' ? { kind: 'result', value: update.value.result } : update
}

/** The same, with the tables as they were read. */
export async function* profileTables(
  input: ProfileInput,
  signal: AbortSignal,
  keepsPartial = false,
): AsyncGenerator<Update<never, { readonly tables: readonly ReadTable[]; readonly result: ProfileResult }>> {
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const tables: ReadTable[] = []
  const following: ReadTable[] = []
  let before = 0
  let isPartial = false
  for (const [index, given] of input.inputs.entries()) {
    const reader = new TableReader(given, input.groups ?? {})
    if (!isPartial)
      try {
        for await (const done of reader.read(index, signal))
          yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: given.source.name }
      } catch (error) {
        if (!(error instanceof Cancelled) || !keepsPartial) throw error
        isPartial = true
      }
    before += given.source.size
    tables.push(reader.finish(isPartial))
    for (let { next } = reader; next !== null && !isPartial; ) {
      const later: TableReader = new TableReader(given, input.groups ?? {}, next)
      for await (const _ of later.read(index, signal)) stopIfAborted(signal)
      following.push(later.finish(false))
      next = later.next
    }
  }
  // Behind the inputs that were given, whose numbers callers know.
  tables.push(...following)
  yield { kind: 'result', value: { tables, result: profileOf(tables, isPartial) } }
}

/** All tables of one input, read from its first byte to its last. */
export async function readInput(
  given: ValidateSource,
  groups: GroupColumns,
  index: number,
  signal: AbortSignal,
): Promise<ReadTable[]> {
  const tables: ReadTable[] = []
  let reader = new TableReader(given, groups)
  for (;;) {
    for await (const _ of reader.read(index, signal)) stopIfAborted(signal)
    tables.push(reader.finish(false))
    if (reader.next === null) return tables
    reader = new TableReader(given, groups, reader.next)
  }
}

/** The result of all tables together. */
export function profileOf(tables: readonly ReadTable[], partial = false): ProfileResult {
  const suggestions: TableProfile[] = []
  const fields: InputFieldProfile[] = []
  tables.forEach(({ input, state, decimal, hasGaps = false }, index) => {
    if (!state) return
    state.columns.forEach((column, i) => {
      fields.push({ ...fieldProfileOf(column, groupsOf(state, i)), input: index })
    })
    if (hasGaps) return
    const columns = state.columns.map((column) => columnProfileOf(column, decimal))
    suggestions.push({ table: input.table, path: input.name, records: input.records, columns })
  })
  return {
    inputs: tables.map(({ input }) => input),
    fields,
    suggested: suggestPackage(partial ? [] : suggestions),
    notEvaluated: tables.flatMap(({ notEvaluated }) => notEvaluated ?? []),
    partial,
  }
}

/** The profiler of one table under the nulls and groups that its schema and the run declare. */
export function profilerOf(
  given: Pick<ValidateSource, 'table' | 'schema' | 'reading'>,
  structure: Structure,
  encoding: string,
  groups: GroupColumns,
): TableProfiler {
  const { table, reading } = given
  const schema = schemaOf(given)
  const compiled = compileSchema(schema, table)
  const nulls = (field: string) => {
    const tokens = compiled.nulls.get(field) ?? compiled.defaultNulls
    return nullEntries(table, field, tokens, schema, reading)
  }
  return new TableProfiler(structure, encoding, table, nulls, declaredGroups(schema, reading, groups))
}

function schemaOf({ schema, table }: Pick<ValidateSource, 'table' | 'schema'>): JsonObject | null {
  return schema && (resourceSchema(schema, table) ?? schema)
}

/** For the report of an input: columns whose names may be cells of a record. */
export function undeclaredIn(
  given: Pick<ValidateSource, 'table' | 'schema' | 'reading'>,
  structure: Structure | null,
): Pick<ProfiledInput, 'undeclared'> {
  const compiled = compileSchema(schemaOf(given), given.table)
  const undeclared = undeclaredColumns(structure?.header ?? [], compiled, given.reading)
  return undeclared.length === 0 ? {} : { undeclared }
}

class TableReader {
  private structure: Structure | null = null
  private profiler: TableProfiler | null = null
  private records = 0
  private status: ReadStatus = 'unreadable'
  private notEvaluated: NotEvaluated | null = null
  private readonly given: ValidateSource
  private readonly groups: GroupColumns
  /** Where the table begins, for one that follows another in the same file. */
  private readonly origin: TableOrigin | undefined
  /** Where the next table of the file begins; known once this one was read. */
  next: TableOrigin | null = null

  constructor(given: ValidateSource, groups: GroupColumns, origin?: TableOrigin) {
    this.given = given
    this.groups = groups
    this.origin = origin
  }

  async *read(input: number, signal: AbortSignal): AsyncGenerator<number> {
    const { reading: choices, format } = this.given
    stopIfAborted(signal)
    const { recognised, content } = await lookInto(this.given.source, choices, signal)
    const { source, reading } = content ?? this.given
    const isTable = recognised.kind === 'format' && (readAs(format) ?? recognised.format) === 'csv'
    if (!isTable) {
      const what =
        recognised.kind === 'other'
          ? recognised.words
          : recognised.kind === 'empty'
            ? 'empty'
            : `${recognised.format}, not a table`
      this.notEvaluated = { what: source.name, why: `The file is ${what}; profiles are made of delimited tables.` }
      return
    }
    const open = await openTable(source, reading, input, signal, this.origin)
    this.structure = open.structure
    const profiler = profilerOf(this.given, open.structure, open.encoding, this.groups)
    this.profiler = profiler
    this.status = 'partial'
    yield* open.read(
      {
        record: (view, whole, byteOf) => {
          this.records = view.record
          if (whole) profiler.see(view, byteOf)
        },
        block: (block, byteOf) => {
          this.records = block.record + block.last - block.first - 1
          profiler.seeBlock(block, byteOf)
        },
        problem() {},
        end: ({ records, status }) => {
          this.records = records
          this.status = status
        },
      },
      signal,
    )
    this.next = reading.tableNumber === undefined ? open.next() : null
  }

  finish(wasInterrupted: boolean): ReadTable {
    const { structure, records, profiler, notEvaluated } = this
    const { source, table, reading } = this.given
    const number = this.origin ? `#${this.origin.table}` : ''
    const status = wasInterrupted && this.status === 'unreadable' ? 'partial' : this.status
    return {
      input: {
        ...{ name: nameOfInput(source.name, reading) + number, table: table + number, structure, records, status },
        ...undeclaredIn(this.given, structure),
      },
      state: profiler?.finish() ?? null,
      notEvaluated,
      decimal: reading.decimal,
    }
  }
}
