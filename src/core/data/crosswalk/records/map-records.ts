/** Runs the crosswalk: legacy rows to target tables or FHIR R4 NDJSON, with rejects as they were and the origin of every record. */
import { utf8 } from '../../../canonical.ts'
import { stopIfAborted, type Update } from '../../../operation.ts'
import { csvText } from '../../../values/csv-text.ts'
import { loadDefinitions } from '../../fhir/definitions/packs.ts'
import { readTable } from '../../read/table.ts'
import type { MapInput, MapResult, OutputChunk } from '../plan/crosswalk.ts'
import { type OpenSide, openSides } from '../plan/open-sides.ts'
import type { BoundTable } from '../plan/plan.ts'
import { CircularLinks, type SettledLinks } from './circular-links.ts'
import { type BoundMap, boundMap, legacyOf, MapAccount, targetsOf } from './map-account.ts'
import { copyRecords, headOf, type RejectsHead } from './rejects.ts'
import { countJoins, JoinCounts, type JoinedRow, rowJoiner } from './row-joiner.ts'
import { type BoundLines, bindLines, type RecordMaker } from './row-maker.ts'
import { reasonColumns, TableRun } from './table-run.ts'

/** Text of one output file that is held before it is handed on. */
export const heldText = 256 << 10

/** Bytes of an input that were looked at. */
interface Done {
  readonly one: OpenSide
  readonly done: number
  readonly what: 'Rows of one record in' | 'Links of' | 'Mapping'
}

/** Chunks of all files as partial results, then the counts. Memory follows the batch, and the records that wait for further rows up to a limit; of rejected rows only their places are kept. */
export async function* mapRecords(input: MapInput, signal: AbortSignal): AsyncGenerator<Update<OutputChunk, MapResult>> {
  const opened = await openSides(legacyOf(input.inputs), signal)
  const map = boundMap(input, await loadDefinitions(), opened)
  const account = new MapAccount(input, map, opened)
  const { files, links, coverage } = account
  const { legacy, looked, joining, plan } = map
  const total = [...legacy, ...joining, ...looked].reduce((sum, { source }) => sum + source.size, 0)
  let before = 0
  const progress = ({ one, done, what }: Done): Update<OutputChunk, MapResult> => ({
    kind: 'progress',
    done: before + done,
    total,
    unit: 'bytes',
    label: `${what} ${one.source.name}`,
  })
  for await (const done of lookThrough(map, links, signal)) {
    yield progress(done)
    if (done.isOver) before += done.one.source.size
  }
  for (const one of legacy) {
    const bound = targetsOf(one, plan)
    if (bound === null) continue
    if ('why' in bound) {
      account.leave(bound)
      continue
    }
    // Counted right before they are needed: of one table at a time.
    const counts = joining.has(one) ? new JoinCounts() : null
    if (counts) {
      for await (const done of countJoins(one, bound, counts, signal))
        yield progress({ one, done, what: 'Rows of one record in' })
      before += one.source.size
    }
    const run = new TableRun(one, bound, map.maker, links, counts, {
      ...{ files, coverage, notes: links },
      reason: (field, why) => account.reason(one.table, field, why, 1),
      problem: (problem) => account.problem(one, problem),
      end: ({ status, records }) => account.end(one, status, records),
    })
    for await (const done of run.read(readTable(one.source, one.reading, signal, opened.indexOf(one)), signal)) {
      yield progress({ one, done, what: 'Mapping' })
      yield* files.take(heldText)
    }
    if (run.rejected.length > 0) {
      const head = await headOf(one.source, run.bodyByte)
      yield* rejectsHeads(one.table, head)
      for await (const bytes of copyRecords(one.source, run.rejected, head.newline)) yield rejects(one.table, 'records', bytes)
      yield rejects(one.table, 'reasons', utf8(run.takeReasons(0)))
    }
    account.mapped(one, bound, run.missing, run.counts)
    before += one.source.size
  }
  yield* files.take(0)
  yield { kind: 'result', value: account.result() }
}

/** How the files of rejects of a table begin. */
export function* rejectsHeads(table: string, { bytes }: RejectsHead): Generator<Update<OutputChunk, never>> {
  yield rejects(table, 'records', bytes)
  yield rejects(table, 'reasons', utf8(csvText([reasonColumns])))
}

/** Rejected rows as they were, or lines of their reasons. */
export function rejects(table: string, kind: 'records' | 'reasons', bytes: Uint8Array): Update<OutputChunk, never> {
  return { kind: 'partial', value: { path: `rejects/${table}.${kind === 'records' ? '' : 'reasons.'}csv`, bytes } }
}

/** Looks through all tables whose links lead back to them, and tells what becomes of their rows. */
export async function* lookThrough(
  { looked, joining, circular, plan, maker }: BoundMap,
  into: SettledLinks,
  signal: AbortSignal,
): AsyncGenerator<Done & { readonly isOver: boolean }> {
  const circles = new CircularLinks(circular)
  for (const one of looked) {
    const bound = plan.bySource.get(one.table) ?? []
    const counts = joining.has(one) ? new JoinCounts() : null
    if (counts)
      for await (const done of countJoins(one, bound, counts, signal))
        yield { one, done, what: 'Rows of one record in', isOver: false }
    for await (const done of lookAt(one, bound, maker, circles, counts, signal))
      yield { one, done, what: 'Links of', isOver: false }
    yield { one, done: one.source.size, what: 'Links of', isOver: true }
  }
  circles.settle(
    into,
    looked.map(({ table }) => table),
  )
}

/** One more reading of a table whose links lead back to it. */
async function* lookAt(
  { source, reading }: OpenSide,
  bound: readonly BoundTable[],
  maker: RecordMaker,
  circles: CircularLinks,
  joins: JoinCounts | null,
  signal: AbortSignal,
): AsyncGenerator<number> {
  const nulls = new Set(reading.nulls ?? [])
  let lines: readonly BoundLines[] = []
  let joiner = rowJoiner(lines, nulls, joins)
  const see = ({ read, refused }: JoinedRow): void => {
    if (refused === null && !circles.full) circles.see(maker.make(read, null), lines)
  }
  for await (const event of readTable(source, reading, signal)) {
    if (event.kind === 'structure') {
      lines = bound.map((one) => bindLines(one, event.structure.header))
      joiner = rowJoiner(lines, nulls, joins)
    }
    if (event.kind !== 'rows') continue
    for (const row of event.rows) joiner.add(row, see)
    stopIfAborted(signal)
    yield event.done
  }
  joiner.end(see)
}
