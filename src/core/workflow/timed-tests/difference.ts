/** New minus old seconds of one task with a 95 % interval: within persons where they did both, between groups otherwise. */
import { studentQuantile } from '../../student-quantile.ts'
import { counts, type TimedRun } from './run.ts'

/** Fewer pairs, or persons in either system, are not enough to say anything. */
export const leastRuns = 5

export interface TimedDifference {
  /** `paired`: the same persons in both systems. `unpaired`: Welch's interval of two groups of persons, each by the mean of their runs. */
  readonly how: 'paired' | 'unpaired'
  /** Pairs, or persons of the smaller group. */
  readonly n: number
  /** Seconds per task, new minus old. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Standard error of the mean difference, and its degrees of freedom. */
  readonly error: number
  readonly degrees: number
  /** Difference of each person, by person, in their order; empty where groups were compared. */
  readonly persons: ReadonlyMap<string, number>
  /** What each person adds to the error of the mean, in seconds: squares add up to its variance, products of two tasks to their covariance. */
  readonly parts: ReadonlyMap<string, number>
  /** Runs it was made of; others count but name nobody, or somebody without a run in the other system. */
  readonly used: readonly TimedRun[]
  readonly unused: readonly TimedRun[]
  /** Difference of the means of all runs, where it points the other way; else null. */
  readonly against: number | null
}

/**
 * Null where neither five persons did both nor both systems have five persons. Somebody who did a task ten times is one person, and
 * runs that name nobody may all be of one.
 */
export function differenceOf(runs: readonly TimedRun[], least: number = leastRuns): TimedDifference | null {
  const counted = runs.filter(counts)
  const rounding = counted.every(({ seconds }) => Number.isInteger(seconds)) ? 1 : 0.1
  const persons = differencesByPerson(counted)
  if (persons.size >= Math.max(2, least)) {
    const { mean, variance, n } = momentsOf([...persons.values()])
    const error = Math.sqrt(Math.max(variance, (rounding * rounding) / 6) / n)
    const used = counted.filter(({ person }) => person !== null && persons.has(person))
    return {
      how: 'paired',
      n,
      ...interval(mean, error, n - 1),
      persons,
      parts: partsOf(persons, 1),
      ...usedOf(counted, used, mean),
    }
  }
  const [before, after] = [meansByPerson(counted, 'old'), meansByPerson(counted, 'new')]
  const n = Math.min(before.size, after.size)
  if (n < Math.max(2, least)) return null
  const [old, now] = [momentsOf([...before.values()]), momentsOf([...after.values()])]
  const floor = (rounding * rounding) / 12
  const [va, vb] = [Math.max(old.variance, floor) / old.n, Math.max(now.variance, floor) / now.n]
  // Welch–Satterthwaite; rounding down keeps the interval on the wide side.
  const degrees = Math.max(1, Math.floor(((va + vb) * (va + vb)) / ((va * va) / (old.n - 1) + (vb * vb) / (now.n - 1))))
  const parts = new Map(partsOf(before, -1))
  for (const [person, part] of partsOf(after, 1)) parts.set(person, (parts.get(person) ?? 0) + part)
  const mean = now.mean - old.mean
  const used = counted.filter(({ person }) => person !== null)
  return {
    how: 'unpaired',
    n,
    ...interval(mean, Math.sqrt(va + vb), degrees),
    persons: new Map(),
    parts,
    ...usedOf(counted, used, mean),
  }
}

/** Mean of the runs in the new system minus mean of those in the old one, for everybody who did both. */
export function differencesByPerson(runs: readonly TimedRun[]): ReadonlyMap<string, number> {
  const all = new Map<string, { readonly old: number[]; readonly new: number[] }>()
  for (const run of runs) {
    if (run.person === null || !counts(run)) continue
    const both = all.get(run.person) ?? { old: [], new: [] }
    both[run.system].push(run.seconds)
    all.set(run.person, both)
  }
  const found = new Map<string, number>()
  for (const [person, both] of all)
    if (both.old.length > 0 && both.new.length > 0) found.set(person, momentsOf(both.new).mean - momentsOf(both.old).mean)
  return found
}

/** Mean and unbiased variance; both 0 for an empty list, which callers rule out by `n`. */
export function momentsOf(list: readonly number[]): { readonly n: number; readonly mean: number; readonly variance: number } {
  const n = list.length
  const mean = n === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / n
  const square = list.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return { n, mean, variance: n < 2 ? 0 : square / (n - 1) }
}

function secondsOf(runs: readonly TimedRun[], system: TimedRun['system']): readonly number[] {
  return runs.filter((run) => run.system === system).map((run) => run.seconds)
}

function meansByPerson(runs: readonly TimedRun[], system: TimedRun['system']): ReadonlyMap<string, number> {
  const seconds = new Map<string, number[]>()
  for (const run of runs)
    if (run.person !== null && run.system === system) seconds.set(run.person, [...(seconds.get(run.person) ?? []), run.seconds])
  return new Map([...seconds].map(([person, list]) => [person, momentsOf(list).mean]))
}

function partsOf(values: ReadonlyMap<string, number>, sign: 1 | -1): ReadonlyMap<string, number> {
  const { mean, n } = momentsOf([...values.values()])
  return new Map([...values].map(([person, value]) => [person, (sign * (value - mean)) / Math.sqrt(n * (n - 1))]))
}

function usedOf(
  counted: readonly TimedRun[],
  used: readonly TimedRun[],
  mean: number,
): Pick<TimedDifference, 'used' | 'unused' | 'against'> {
  const taken = new Set(used)
  const all = momentsOf(secondsOf(counted, 'new')).mean - momentsOf(secondsOf(counted, 'old')).mean
  return { used, unused: counted.filter((run) => !taken.has(run)), against: all * mean < 0 ? all : null }
}

/** Times are kept in whole seconds or tenths: equal differences are known no better than that, so that no interval is a point. */
function interval(
  mean: number,
  error: number,
  degrees: number,
): Pick<TimedDifference, 'mean' | 'low' | 'high' | 'error' | 'degrees'> {
  const half = studentQuantile(degrees, 0.95) * error
  return { mean, low: mean - half, high: mean + half, error, degrees }
}
