/** The directly-follows graph: how often one activity comes right after another, and how long it takes. */
import type { Instances } from './instances.ts'
import { meanOfAll, quantile } from './quantile.ts'

export interface Arc {
  /** Activities by number. */
  readonly from: number
  readonly to: number
  readonly count: number
  /** Seconds from the end of one to the end of the next; null where times are missing. */
  readonly median: number | null
  readonly p90: number | null
  readonly mean: number | null
}

export interface FollowsCounts {
  readonly activities: number
  /** Row `from`, column `to`. */
  readonly arcs: Int32Array | Map<number, number>
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Above this many activities a table of all pairs is not worth its memory. */
const denseActivities = 1500

export function countFollows(instances: Instances): FollowsCounts {
  const { caseStart, activity } = instances
  const n = instances.log.activities.length
  const starts = new Int32Array(n)
  const ends = new Int32Array(n)
  const dense = n <= denseActivities ? new Int32Array(n * n) : null
  const sparse = new Map<number, number>()
  for (let c = 0; c + 1 < caseStart.length; c++) {
    const to = caseStart[c + 1] as number
    let i = caseStart[c] as number
    if (i === to) continue
    let last = activity[i] as number
    starts[last] = (starts[last] as number) + 1
    for (i++; i < to; i++) {
      const next = activity[i] as number
      const cell = last * n + next
      if (dense) dense[cell] = (dense[cell] as number) + 1
      else sparse.set(cell, (sparse.get(cell) ?? 0) + 1)
      last = next
    }
    ends[last] = (ends[last] as number) + 1
  }
  return { activities: n, arcs: dense ?? sparse, starts, ends }
}

/** Every arc with its times, most frequent first; equals by the numbers of their activities. */
export function directlyFollows(instances: Instances, counts: FollowsCounts = countFollows(instances)): readonly Arc[] {
  const { activities: n } = counts
  const cells: [number, number][] = []
  if (counts.arcs instanceof Map) cells.push(...counts.arcs)
  else
    for (let cell = 0; cell < counts.arcs.length; cell++)
      if (counts.arcs[cell] !== 0) cells.push([cell, counts.arcs[cell] as number])
  const slots = new Map<number, number>()
  const begins = new Int32Array(cells.length + 1)
  for (const [index, [cell, count]] of cells.entries()) {
    slots.set(cell, index)
    begins[index + 1] = (begins[index] as number) + count
  }
  const seconds = new Float64Array(begins[cells.length] ?? 0)
  const filled = begins.slice()
  const { caseStart, activity, end } = instances
  for (let c = 0; c + 1 < caseStart.length; c++)
    for (let i = (caseStart[c] as number) + 1; i < (caseStart[c + 1] as number); i++) {
      const slot = slots.get((activity[i - 1] as number) * n + (activity[i] as number)) as number
      const passed = ((end[i] as number) - (end[i - 1] as number)) / 1000
      if (Number.isNaN(passed)) continue
      const at = filled[slot] as number
      seconds[at] = passed
      filled[slot] = at + 1
    }
  const arcs = cells.map(([cell, count], slot): Arc => {
    const values = seconds.subarray(begins[slot], filled[slot]).sort()
    const known = values.length > 0
    return {
      from: Math.floor(cell / n),
      to: cell % n,
      count,
      median: known ? quantile(values, 0.5) : null,
      p90: known ? quantile(values, 0.9) : null,
      mean: known ? meanOfAll(values) : null,
    }
  })
  return arcs.sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to)
}
