/** Maps one stretch of a legacy table by itself: what it adds to the files, and what the account of the whole adds up. */
import { utf8 } from '../../../canonical.ts'
import type { ReadProblem, TableEvent } from '../../model/events.ts'
import { rowsOfStretch, type TableStretch } from '../../read/stretches/rows-of-stretch.ts'
import type { StretchEnds } from '../../read/stretches/stretch-gate.ts'
import { type OpenTable, openTable } from '../../read/table.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { CellCoverage } from '../plan/coverage.ts'
import { isTold, type OpenSide } from '../plan/open-sides.ts'
import type { BoundTable } from '../plan/plan.ts'
import type { KeyNotes, Links, UncheckedLinks } from './links.ts'
import type { BoundMap } from './map-account.ts'
import { heldText } from './map-records.ts'
import { outputNames, type StretchPiece } from './output-files.ts'
import { copyRecords, headOf, type RejectsHead } from './rejects.ts'
import { countJoins, JoinCounts } from './row-joiner.ts'
import { StretchFiles } from './stretch-files.ts'
import { type RowCounts, TableRun } from './table-run.ts'

/** Values of the data, all of them. */
export type MapPiece =
  | StretchPiece
  /** Rejected rows as they were, or lines of their reasons. */
  | { readonly kind: 'rejects' | 'reasons'; readonly bytes: Uint8Array }

/** Plain data; reasons, columns and problems may hold values of the data. */
export interface MapTotals {
  readonly counts: RowCounts
  readonly missing: readonly string[]
  readonly header: readonly string[]
  readonly filled: readonly number[]
  readonly reasons: readonly { readonly field: string; readonly why: string; readonly count: number }[]
  /** Those that the account of an input tells. */
  readonly problems: readonly ReadProblem[]
  /** Records by type. */
  readonly records: readonly (readonly [type: string, count: number])[]
  readonly unchecked: readonly UncheckedLinks[]
  /** Of the file of rejects; null where no row was rejected. */
  readonly head: RejectsHead | null
}

export interface MappedStretch {
  readonly totals: MapTotals
  readonly ends: StretchEnds
}

/**
 * Yields pieces as they are full. @param input place of the file among those that are mapped  @param links what became of rows of other
 * tables  @param notes told of the rows of this one
 */
export async function* mapStretch(
  one: OpenSide,
  input: number,
  bound: readonly BoundTable[],
  { definitions, plan, maker, joining }: BoundMap,
  mapping: Mapping,
  links: Links,
  notes: KeyNotes,
  stretch: TableStretch,
  signal: AbortSignal,
): AsyncGenerator<MapPiece, MappedStretch> {
  const counts = joining.has(one) ? new JoinCounts() : null
  if (counts) for await (const _ of countJoins(one, bound, counts, signal));
  const files = new StretchFiles(
    outputNames(plan.tables, (type) => definitions.type(type) !== null),
    heldText,
  )
  const coverage = new CellCoverage(mapping)
  const reasons = new Map<string, MapTotals['reasons'][number]>()
  const problems: ReadProblem[] = []
  links.takeUnchecked()
  const run = new TableRun(one, bound, maker, links, counts, {
    ...{ files, coverage, notes },
    reason: (field, why) => {
      const key = `${field}\n${why}`
      reasons.set(key, { field, why, count: (reasons.get(key)?.count ?? 0) + 1 })
    },
    problem: (problem) => {
      if (isTold(problem)) problems.push(problem)
    },
    end() {},
  })
  const told: MapPiece[] = []
  // After each row, so that pieces are the same whoever reads the rows in whatever batches.
  const each = (): void => {
    told.push(...files.take())
    const why = run.takeReasons(heldText)
    if (why !== '') told.push({ kind: 'reasons', bytes: utf8(why) })
  }
  const open = await openTable(one.source, one.reading, input, signal)
  const found: StretchEnds[] = []
  for await (const _ of run.read(eventsOf(open, stretch, signal, found), signal, each)) yield* told.splice(0)
  yield* told.splice(0)
  yield* files.end()
  const why = run.takeReasons(0)
  if (why !== '') yield { kind: 'reasons', bytes: utf8(why) }
  const head = run.rejected.length > 0 ? await headOf(one.source, run.bodyByte) : null
  if (head)
    for await (const bytes of evenly(copyRecords(one.source, run.rejected, head.newline))) yield { kind: 'rejects', bytes }
  const [ends] = found
  if (!ends) throw new Error('A stretch that was read has ends')
  const { header } = open.structure
  const totals: MapTotals = {
    ...{ counts: run.counts, missing: run.missing, header, filled: coverage.filled },
    ...{ reasons: [...reasons.values()], problems, records: files.records, unchecked: links.takeUnchecked(), head },
  }
  return { totals, ends }
}

async function* eventsOf(
  open: OpenTable,
  stretch: TableStretch,
  signal: AbortSignal,
  found: StretchEnds[],
): AsyncGenerator<TableEvent> {
  yield { kind: 'structure', structure: open.structure }
  // What opening the table told belongs to its beginning.
  if (stretch.place === null) for (const problem of open.problems) yield { kind: 'problem', problem }
  found.push(yield* rowsOfStretch(open, stretch, signal))
}

/** Bytes in pieces of one size, whatever they were read in. */
async function* evenly(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array(0)
  for await (const chunk of chunks) {
    const all = new Uint8Array(held.length + chunk.length)
    all.set(held)
    all.set(chunk, held.length)
    let at = 0
    for (; all.length - at >= heldText; at += heldText) yield all.slice(at, at + heldText)
    held = all.slice(at)
  }
  if (held.length > 0) yield held
}
