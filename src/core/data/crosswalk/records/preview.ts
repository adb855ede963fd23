/** A look at the rules on real rows: up to 20 records, chosen so that every way through the rules is seen. */
import { stopIfAborted, type Update } from '../../../operation.ts'
import { loadDefinitions } from '../../fhir/definitions/packs.ts'
import type { Row } from '../../model/record.ts'
import { readTable } from '../../read/table.ts'
import type { Mapping } from '../mapping/mapping.ts'
import type { PreviewResult, PreviewRow } from '../plan/crosswalk.ts'
import { openSides } from '../plan/open-sides.ts'
import { planPairing } from '../plan/plan.ts'
import type { PairSource } from '../plan/sides.ts'
import type { MadeRow } from './made-row.ts'
import { countJoins, JoinCounts, type JoinedRow, RowJoiner } from './row-joiner.ts'
import { bindLines, RecordMaker } from './row-maker.ts'

const most = 20
/** Rows of one record whose cells are shown. */
const mostRows = 20

export interface PreviewInput {
  readonly input: PairSource
  readonly mapping: Mapping
}

interface Chosen {
  readonly preview: PreviewRow
  readonly trouble: boolean
}

/** Reads the table from front to back; a row is kept when it goes a way that none before it went. */
export async function* previewMapping(
  { input, mapping }: PreviewInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, PreviewResult>> {
  const definitions = await loadDefinitions()
  const plan = planPairing(mapping, [input])
  const maker = new RecordMaker(definitions, plan.bySource)
  const bound = plan.bySource.get(input.table) ?? []
  const nulls = new Set(input.reading.nulls ?? [])
  const seen = new Set<string>()
  let chosen: Chosen[] = []
  let header: readonly string[] = []
  const joins = bound.some(({ join }) => join !== null) ? new JoinCounts() : null
  const [opened] = joins ? await openSides([input], signal) : []
  if (joins && opened)
    for await (const done of countJoins(opened, bound, joins, signal))
      yield {
        kind: 'progress',
        done,
        total: input.source.size,
        unit: 'bytes',
        label: `Rows of one record in ${input.source.name}`,
      }
  // All cells of what is looked at are shown, so rows are kept whole; of a record with very many, the first.
  const whole = (row: Row, before: number): Row | null => (before < mostRows ? row : null)
  let joiner = new RowJoiner([], nulls, joins, whole)
  const look = ({ read, rows, count, refused }: JoinedRow<Row>): void => {
    const all = maker.make(read, null)
    const made: MadeRow = refused === null ? all : { ...all, records: [], problems: [refused] }
    const ways = waysOf(made, count).filter((way) => !seen.has(way))
    if (ways.length === 0) return
    const trouble = made.problems.length > 0
    if (chosen.length >= most) {
      const at = trouble ? chosen.findLastIndex((one) => !one.trouble) : -1
      if (at < 0) return
      chosen = chosen.toSpliced(at, 1)
    }
    for (const way of ways) seen.add(way)
    chosen.push({ preview: previewOf(input.table, rows, count, header, made, ways), trouble })
  }
  for await (const event of readTable(input.source, input.reading, signal, 0)) {
    if (event.kind === 'structure') {
      header = event.structure.header
      const lines = bound.map((table) => bindLines(table, header))
      joiner = new RowJoiner(lines, nulls, joins, whole)
    }
    if (event.kind !== 'rows') continue
    for (const row of event.rows) joiner.add(row, look)
    stopIfAborted(signal)
    yield { kind: 'progress', done: event.done, total: input.source.size, unit: 'bytes', label: input.source.name }
  }
  joiner.end(look)
  const rows = chosen.map(({ preview }) => preview).sort((a, b) => a.record - b.record)
  yield { kind: 'result', value: { rows, unseen: unseenValues(mapping, input.table, seen) } }
}

/** The ways a row takes: each field filled or empty, each value of a value map, each reason that stops a rule, each filter, and whether it is joined with others. */
function waysOf({ carried, problems, leftOut, records }: MadeRow, rows: number): string[] {
  return [
    ...carried.map(({ field, raw, carried: value }) =>
      value === null
        ? `${field.label}: empty`
        : field.rule === 'value-map'
          ? `${field.columns.join(' + ')} = ${raw}`
          : `${field.label}: filled`,
    ),
    ...problems.map(({ field, why }) => `${field}: ${why}`),
    ...leftOut.map(({ reason }) => `left out: ${reason}`),
    ...(records.length > 1 ? [`becomes ${records.length} records`] : []),
    ...(rows > 1 ? ['several rows are one record'] : []),
  ]
}

function previewOf(
  table: string,
  rows: readonly Row[],
  rowCount: number,
  header: readonly string[],
  made: MadeRow,
  shows: readonly string[],
): PreviewRow {
  return {
    table,
    record: rows[0]?.record ?? 0,
    rows: rows.map(({ line, cells }) => ({
      line,
      legacy: Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])),
    })),
    rowCount,
    target: made.records.map((one) => ({ type: one.table.type, value: one.value })),
    state: made.problems.length > 0 ? 'rejected' : made.records.length === 0 ? 'filtered' : 'written',
    problems: made.problems,
    shows,
  }
}

/** Lines of value maps that no row of the table uses. */
function unseenValues(mapping: Mapping, table: string, seen: ReadonlySet<string>): string[] {
  return mapping.fields.flatMap((line) => {
    const map = line.source === table && line.rule === 'value-map' ? mapping.values.get(line.params.get('map') ?? '') : undefined
    return [...(map?.lines.keys() ?? [])].map((code) => `${line.fields.join(' + ')} = ${code}`).filter((way) => !seen.has(way))
  })
}
