/** Per case: which arcs and activities it holds, so that any set of cases is counted by adding few numbers. */
import type { Instances } from '../log/instances.ts'

export interface CaseCounts {
  /** Cases with events and times, by the begin of their first event. */
  readonly order: readonly number[]
  readonly arcs: number
  /** Cells of the directly-follows graph of each case of the log, start and end included. */
  readonly arcsOf: readonly Int32Array[]
  readonly activitiesOf: readonly ReadonlySet<number>[]
  /** Seconds from first to last event. */
  readonly leadOf: Float64Array
  readonly startOf: Float64Array
}

export function caseCounts(instances: Instances): CaseCounts {
  const { caseStart, activity, begin, end, log } = instances
  const n = log.activities.length
  const cells = new Map<number, number>()
  const arcsOf: Int32Array[] = []
  const activitiesOf: Set<number>[] = []
  const leadOf = new Float64Array(log.cases).fill(Number.NaN)
  const startOf = new Float64Array(log.cases).fill(Number.NaN)
  for (let c = 0; c < log.cases; c++) {
    const [from, to] = [caseStart[c] as number, caseStart[c + 1] as number]
    const mine = new Int32Array(from === to ? 0 : to - from + 1)
    for (let i = from; i <= to && from < to; i++) {
      // Number n stands for the begin and the end of a case.
      const key = (i === from ? n : (activity[i - 1] as number)) * (n + 1) + (i === to ? n : (activity[i] as number))
      const cell = cells.get(key) ?? cells.size
      cells.set(key, cell)
      mine[i - from] = cell
    }
    arcsOf.push(mine)
    activitiesOf.push(new Set(activity.subarray(from, to)))
    if (from === to) continue
    startOf[c] = Number.isNaN(begin[from] as number) ? (end[from] as number) : (begin[from] as number)
    leadOf[c] = ((end[to - 1] as number) - (startOf[c] as number)) / 1000
  }
  const order = Array.from({ length: log.cases }, (_, c) => c)
    .filter((c) => !Number.isNaN(leadOf[c] as number))
    .sort((a, b) => (startOf[a] as number) - (startOf[b] as number) || a - b)
  return { order, arcs: cells.size, arcsOf, activitiesOf, leadOf, startOf }
}

export function arcsOfCases(counts: CaseCounts, cases: readonly number[]): Float64Array {
  const found = new Float64Array(counts.arcs)
  for (const one of cases) for (const cell of counts.arcsOf[one] ?? []) found[cell] = (found[cell] as number) + 1
  return found
}
