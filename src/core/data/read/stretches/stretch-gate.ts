/** Shows a sink one stretch of a table: the records between two cuts, and the problems that were told among them. */
import type { ReadProblem, ReadStatus } from '../../model/events.ts'
import type { RecordBlock } from '../records/record-block.ts'
import type { TableSink, TableTotals } from '../table-body.ts'
import { CutFinder } from './cut-finder.ts'

/** A place at which the reading of a table can begin or end. */
export interface StretchPlace {
  readonly byte: number
  /** 1-based number of the record that begins there. */
  readonly record: number
  readonly line: number
}

/** Where a stretch was found to begin and to end. */
export interface StretchEnds {
  /** No record of the table begins in it. */
  readonly isEmpty: boolean
  /** Another table follows in the file: such a file is read by one alone. */
  readonly isFollowed: boolean
  /** First record and the one behind the last; null for the beginning and the end of the table. */
  readonly from: StretchPlace | null
  readonly to: StretchPlace | null
  /** Of the table up to here, and how the reading ended; null where it goes on. */
  readonly end: { readonly records: number; readonly status: ReadStatus } | null
  /** Something of it is missing: its table was not read whole, however the reading of the last stretch ended. */
  readonly isTorn: boolean
}

/** Told where a record was lost. */
const lost: ReadonlySet<string> = new Set(['data/record-too-long', 'data/endless-record', 'data/torn-record'])

export class StretchGate {
  private state: 'before' | 'in' | 'after'
  private readonly starts = new CutFinder()
  private readonly ends = new CutFinder()
  private pending: ReadProblem[] = []
  private from: StretchPlace | null = null
  private to: StretchPlace | null = null
  private totals: TableTotals | null = null
  private isFollowed = false
  private isTorn = false
  private readonly own: Pick<TableSink, 'record' | 'block' | 'problem'>
  private readonly until: number

  /**
   * @param own is shown what belongs to the stretch
   * @param seeks the reading begins at the first record of a block, and the stretch at the first cut behind it
   * @param until offset from which on the next stretch begins
   */
  constructor(own: Pick<TableSink, 'record' | 'block' | 'problem'>, seeks: boolean, until: number) {
    this.own = own
    this.until = until
    this.state = seeks ? 'before' : 'in'
  }

  /** The rest of the table is not of this stretch. */
  get isOver(): boolean {
    return this.state === 'after'
  }

  get sink(): TableSink {
    const { block } = this.own
    return {
      ...(block === undefined ? {} : { block: (shown, byteOf) => this.block(shown, byteOf, block) }),
      record: (view, whole, byteOf, placed) => {
        const isReturned = view.bytes[view.end] === 13
        const place = { byte: byteOf(view.start), record: view.record, line: view.line }
        if (!this.pass(place, { byte: place.byte, end: byteOf(view.end), isReturned, whole })) return
        this.flush()
        this.own.record(view, whole, byteOf, placed)
      },
      problem: (problem) => {
        if (problem.sighting.code === 'data/several-tables') this.isFollowed = true
        if (this.state !== 'after') this.pending.push(problem)
      },
      end: (totals) => {
        this.totals = totals
      },
    }
  }

  /** After the reading. */
  finish(): StretchEnds {
    if (this.state === 'in') this.flush()
    const { totals, from, to, isFollowed, isTorn } = this
    const end = totals && this.state !== 'after' ? { records: totals.records, status: totals.status } : null
    const isEmpty = this.state === 'before' || (from !== null && from.byte === to?.byte)
    return { isEmpty, isFollowed, from, to, end, isTorn }
  }

  private flush(): void {
    for (const problem of this.pending) {
      this.isTorn ||= lost.has(problem.sighting.code)
      this.own.problem(problem)
    }
    this.pending = []
  }

  /** True for a record of the stretch; called for each record once it may be near one of its ends. */
  private pass(place: StretchPlace, met: Parameters<CutFinder['see']>[0]): boolean {
    if (this.state === 'after') return false
    if (this.state === 'before') {
      if (this.starts.see(met)) {
        this.state = 'in'
        this.from = place
      } else this.pending = []
    }
    if (met.byte >= this.until && this.ends.see(met)) {
      // The stretch of a block in which no cut lies holds nothing.
      if (this.state === 'before') this.from = place
      this.state = 'after'
      this.to = place
      this.pending = []
    }
    return this.state === 'in'
  }

  private block(block: RecordBlock, byteOf: (index: number) => number, show: NonNullable<TableSink['block']>): void {
    const { first, last } = block
    // Far from both ends nothing is looked at twice.
    const isNear = this.state === 'before' || byteOf(block.to[last - 1] as number) >= this.until
    if (isNear) {
      const number = block.record
      let taken = -1
      let row = first
      for (; row < last && this.state !== 'after'; row++) {
        const byte = byteOf(block.from[row] as number)
        const end = block.to[row] as number
        const place = { byte, record: number + row - first, line: block.line + (block.breaks[row] as number) }
        const isReturned = block.bytes[end] === 13
        if (this.pass(place, { byte, end: byteOf(end), isReturned, whole: true }) && taken < 0) taken = row
      }
      if (taken < 0) return
      block.first = taken
      block.record = number + taken - first
      block.last = this.isOver ? row - 1 : last
    }
    this.flush()
    if (block.last > block.first) show(block, byteOf)
  }
}

/**
 * How the reading of a table ended that stretches make up together, in their order. @param hasGaps some stretches are not among them: only
 * the records of the others are counted
 */
export function endOfStretches(
  stretches: readonly StretchEnds[],
  hasGaps = false,
): { readonly records: number; readonly status: ReadStatus } {
  if (hasGaps) return { records: stretches.reduce((sum, one) => sum + recordsOf(one), 0), status: 'partial' }
  const { records, status } = stretches.at(-1)?.end ?? { records: 0, status: 'partial' as const }
  return { records, status: status === 'read' && stretches.some(({ isTorn }) => isTorn) ? 'partial' : status }
}

/** Records are numbered in the table, whatever was read before them. */
function recordsOf({ from, to, end }: StretchEnds): number {
  return (to?.record ?? (end?.records ?? 0) + 1) - (from?.record ?? 1)
}
