/** OHDSI's DataQualityDashboard on an OMOP export as tables, without a database: same checks, numerators and denominators (data.md §15). */
import { counted } from '../../counted.ts'
import { compareText, type NotEvaluated } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import type { ValidateSource } from '../model/validation.ts'
import { type OpenTable, openTable } from '../read/table.ts'
import { type CellTexts, textOf } from '../read/text/cell-text.ts'
import type { RecordView } from '../read/text/record-view.ts'
import type { DqdDefinitions } from './definitions.ts'
import { Facts, type Read } from './facts.ts'
import { type BindContext, type Bound, knownChecks, measuresOf } from './measures.ts'
import { type DqdReport, type DqdResult, judged, notApplicable } from './result.ts'

export interface DqdInput {
  readonly inputs: readonly ValidateSource[]
  readonly definitions: DqdDefinitions
  /** `YYYY-MM-DD`: what the definitions call today. */
  readonly asOf: string
}

interface Table {
  readonly name: string
  readonly open: OpenTable
  readonly size: number
  readonly columns: ReadonlyMap<string, number>
  /** Records with another number of cells; they are in no count. */
  ragged: number
}

/** Tables that others refer to are read once for their facts and keys, then every table once for its checks. */
export async function* qualityDashboard(input: DqdInput, signal: AbortSignal): AsyncGenerator<Update<never, DqdReport>> {
  const left: NotEvaluated[] = []
  const tables = await openTables(input, left, signal)
  const facts = new Facts()
  for (const row of input.definitions.fields)
    if (row('isForeignKey') === 'Yes') facts.want(row('fkTableName').toLowerCase(), row('fkFieldName').toLowerCase())
  const referred = tables.filter(({ name }) => known.has(name) || facts.wanted(name).length > 0)
  const total = [...tables, ...referred].reduce((sum, { size }) => sum + size, 0)
  let before = 0
  for (const table of referred) {
    for await (const done of scan(table, (read) => facts.see(table.name, read), signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: `${table.name}: keys` }
    before += table.size
  }
  const { definitions, asOf } = input
  const context: BindContext = { definitions, facts, asOf, present: new Set(tables.map(({ name }) => name)) }
  const bound = new Map<string, Bound[]>(
    allTables(definitions).map((name) => {
      const columns = tables.find((table) => table.name === name)?.columns
      return [name, measuresOf(name, columns ? new Set(columns.keys()) : null, context)]
    }),
  )
  for (const table of tables) {
    const measures = (bound.get(table.name) ?? []).flatMap((one) => (one.kind === 'measure' ? [one.measure] : []))
    const see = (read: Read): void => {
      for (const measure of measures) measure.see(read)
    }
    for await (const done of scan(table, see, signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: table.name }
    before += table.size
  }
  const results = [...presence(definitions, tables), ...[...bound.values()].flat().map(resultOf)]
  for (const { name, ragged } of tables)
    if (ragged > 0)
      left.push({
        what: `DataQualityDashboard on ${counted(ragged, 'record')} of ${name}`,
        why: 'They have more or fewer cells than the header, so that no column of theirs is certain; they are in no count.',
      })
  const lacking = facts.lackingConcepts
  if (lacking > 0)
    left.push({
      what: `${counted(lacking, 'concept')} that CONCEPT does not hold`,
      why: 'It is a part of the vocabulary: fkDomain, fkClass and isStandardValidConcept count values with such a concept as right, as the original does; isForeignKey counts them as orphans. Give the whole vocabulary to have them checked.',
    })
  const notEvaluated = [...unknownChecks(definitions), ...left]
  yield { kind: 'result', value: { asOf, results: results.sort(order), notEvaluated } }
}

/** Tables whose rows other checks ask about. */
const known: ReadonlySet<string> = new Set(['person', 'death', 'visit_occurrence', 'concept'])

function resultOf(one: Bound): DqdResult {
  return one.kind === 'known' ? one.result : one.measure.result()
}

/** Of two tables with one name that of the target side is taken, else the first; the other one is named as left out. */
async function openTables(input: DqdInput, left: NotEvaluated[], signal: AbortSignal): Promise<Table[]> {
  const names = new Set(allTables(input.definitions))
  const tables: Table[] = []
  const inOrder = [...input.inputs].sort((a, b) => Number(b.side === 'target') - Number(a.side === 'target'))
  for (const given of inOrder) {
    stopIfAborted(signal)
    const name = given.table.toLowerCase()
    if (!names.has(name)) continue
    if (tables.some((table) => table.name === name)) {
      left.push({
        what: `DataQualityDashboard on ${given.source.name}`,
        why: `There is another table ${name} in this run; only one of them was measured. Give one export at a time.`,
      })
      continue
    }
    const open = await openTable(given.source, given.reading, tables.length, signal)
    const columns = new Map(open.structure.header.map((field, index) => [field.toLowerCase(), index] as const))
    tables.push({ name, open, size: given.source.size, columns, ragged: 0 })
  }
  return tables
}

/** Shows every whole record; cells are made into text only when a check asks, and once per record. */
async function* scan(table: Table, see: (read: Read) => void, signal: AbortSignal): AsyncGenerator<number> {
  const row = new Row(table.columns, table.open.texts)
  let ragged = 0
  yield* table.open.read(
    {
      record(view, whole) {
        if (!whole) {
          ragged++
          return
        }
        row.set(view)
        see(row.read)
      },
      problem() {},
      end() {
        table.ragged = ragged
      },
    },
    signal,
  )
}

class Row {
  private view: RecordView | null = null
  private texts: (string | null | undefined)[] = []
  private readonly columns: ReadonlyMap<string, number>
  private readonly made: CellTexts

  constructor(columns: ReadonlyMap<string, number>, made: CellTexts) {
    this.columns = columns
    this.made = made
  }

  set(view: RecordView): void {
    this.view = view
    this.texts = new Array(view.count)
  }

  readonly read: Read = (field) => {
    const column = this.columns.get(field)
    if (column === undefined || this.view === null) return null
    const held = this.texts[column]
    if (held !== undefined) return held
    const text = textOf(this.made, this.view, column)
    this.texts[column] = text === '' ? null : text
    return this.texts[column] ?? null
  }
}

function allTables(definitions: DqdDefinitions): string[] {
  return definitions.tables.map((row) => row('cdmTableName').toLowerCase())
}

/** cdmTable and cdmField: what should be there. An optional table that a clinic does not use is not applicable. */
function presence(definitions: DqdDefinitions, tables: readonly Table[]): DqdResult[] {
  const results: DqdResult[] = []
  const cdmTable = definitions.types.get('cdmTable')
  const cdmField = definitions.types.get('cdmField')
  for (const row of definitions.tables) {
    const table = row('cdmTableName').toLowerCase()
    const place = { table, field: null, concept: null }
    const here = tables.some(({ name }) => name === table)
    const one = { violated: here ? 0 : 1, of: 1, denominator: 'the table', threshold: 0 }
    if (!cdmTable) continue
    if (!here && row('isRequired') !== 'Yes')
      results.push(notApplicable(cdmTable, place, 'The table is optional and not part of the export.'))
    else results.push(judged(cdmTable, place, one))
  }
  for (const row of definitions.fields) {
    if (!cdmField) break
    const table = tables.find(({ name }) => name === row('cdmTableName').toLowerCase())
    const place = { table: row('cdmTableName').toLowerCase(), field: row('cdmFieldName').toLowerCase(), concept: null }
    const here = table?.columns.has(place.field) === true
    results.push(
      table
        ? judged(cdmField, place, { violated: here ? 0 : 1, of: 1, denominator: 'the column', threshold: 0 })
        : notApplicable(cdmField, place, `The table ${place.table} is not part of the export.`),
    )
  }
  return results
}

function unknownChecks(definitions: DqdDefinitions): NotEvaluated[] {
  return [...definitions.types.values()]
    .filter(({ name }) => !knownChecks.has(name))
    .map(({ name }) => ({ what: `${name} of the DataQualityDashboard`, why: reasons[name] ?? 'This check type is not known.' }))
}

const reasons: Readonly<Record<string, string>> = {
  measureConditionEraCompleteness: 'It compares with condition eras, which a database derives after loading.',
  plausibleGenderUseDescendants: 'It needs the descendants of a concept (CONCEPT_ANCESTOR of the whole vocabulary).',
}

function order(a: DqdResult, b: DqdResult): number {
  return (
    compareText(a.table, b.table) ||
    compareText(a.field ?? '', b.field ?? '') ||
    compareText(a.check.name, b.check.name) ||
    compareText(a.concept ?? '', b.concept ?? '')
  )
}
