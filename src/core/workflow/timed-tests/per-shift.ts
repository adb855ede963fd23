/** Differences per task, weighted by how often one person does the task in a shift: minutes per shift and role, with a 95 % interval. */
import { studentQuantile } from '../../student-quantile.ts'
import type { TaskComparison } from './compare-systems.ts'
import { momentsOf, type TimedDifference } from './difference.ts'

export interface ShiftMinutes {
  readonly role: string
  /** Minutes per person and shift, new minus old, over the tasks in `counted`; null where there is none. */
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
  /**
   * `persons`: the same people did all tasks, so each person's shift was summed. `shared`: some did several, so what each of them adds
   * to the errors was summed by person. `independent`: nobody did two of them, so errors of tasks were added as independent.
   */
  readonly how: 'persons' | 'shared' | 'independent' | null
  readonly counted: readonly TaskComparison[]
  /** Tasks that are left out, each with its reason. */
  readonly left: readonly { readonly task: TaskComparison; readonly why: 'no frequency' | 'not enough runs' }[]
  /** Minutes per shift of tasks that nobody timed enough, least and most, from keystrokes and maps; never part of `mean`. */
  readonly estimated: readonly [number, number] | null
}

export function minutesPerShift(tasks: readonly TaskComparison[]): readonly ShiftMinutes[] {
  const roles = [...new Set(tasks.map(({ task }) => task.role))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return roles.map((role) =>
    ofRole(
      role,
      tasks.filter(({ task }) => task.role === role),
    ),
  )
}

interface Weighted {
  readonly times: number
  readonly difference: TimedDifference
}

function ofRole(role: string, tasks: readonly TaskComparison[]): ShiftMinutes {
  const counted = tasks.filter((each) => each.task.perShift !== null && each.difference !== null)
  const left = tasks
    .filter((each) => !counted.includes(each))
    .map((task) => ({ task, why: task.difference === null ? ('not enough runs' as const) : ('no frequency' as const) }))
  const guesses = tasks.flatMap(({ task, estimated }) =>
    estimated === null || task.perShift === null ? [] : [[estimated[0] * task.perShift, estimated[1] * task.perShift] as const],
  )
  const estimated =
    guesses.length === 0
      ? null
      : ([guesses.reduce((sum, [low]) => sum + low, 0) / 60, guesses.reduce((sum, [, high]) => sum + high, 0) / 60] as const)
  const weighted = counted.flatMap(({ task, difference }) =>
    difference === null || task.perShift === null ? [] : [{ times: task.perShift, difference }],
  )
  if (weighted.length === 0) return { role, mean: null, low: null, high: null, how: null, counted, left, estimated }
  return { role, counted, left, estimated, ...(byPerson(weighted) ?? added(weighted)) }
}

type Sum = Pick<ShiftMinutes, 'mean' | 'low' | 'high' | 'how'>

/** Somebody slow at one task may be slow at all of them; a sum per person needs no assumption about that. */
function byPerson(weighted: readonly Weighted[]): Sum | null {
  const [first] = weighted
  if (!first || weighted.some(({ difference }) => difference.how !== 'paired')) return null
  const persons = [...first.difference.persons.keys()]
  const same = weighted.every(
    ({ difference }) => difference.persons.size === persons.length && persons.every((person) => difference.persons.has(person)),
  )
  if (!same) return null
  const sums = persons.map((person) =>
    weighted.reduce((sum, { times, difference }) => sum + (times * (difference.persons.get(person) ?? 0)) / 60, 0),
  )
  const { n, mean, variance } = momentsOf(sums)
  // Equal differences are known no better than times are kept.
  const floor = weighted.reduce(
    (least, { times, difference }) => Math.min(least, (times * difference.error) / 60),
    Number.POSITIVE_INFINITY,
  )
  const half = studentQuantile(n - 1, 0.95) * (variance < 1e-9 ? floor : Math.sqrt(variance / n))
  return { mean, low: mean - half, high: mean + half, how: 'persons' }
}

/** Somebody who did two of the tasks is slow or fast at both: shared persons make errors of tasks go together, and the interval wider. */
function added(weighted: readonly Weighted[]): Sum {
  let mean = 0
  let variance = 0
  let spread = 0
  const parts = new Map<string, number>()
  for (const { times, difference } of weighted) {
    const part = ((times * difference.error) / 60) ** 2
    mean += (times * difference.mean) / 60
    variance += part
    spread += (part * part) / difference.degrees
    for (const [person, own] of difference.parts) parts.set(person, (parts.get(person) ?? 0) + (times * own) / 60)
  }
  const entries = weighted.reduce((sum, { difference }) => sum + difference.parts.size, 0)
  const shared = entries > parts.size
  // Few shared persons may seem to make up for each other by chance: never narrower than independent, with the fewest degrees of a task.
  const together = shared
    ? Math.max(
        variance,
        [...parts.values()].reduce((sum, part) => sum + part * part, 0),
      )
    : variance
  // Welch–Satterthwaite over tasks, rounded down.
  const degrees = shared ? Math.min(...weighted.map(({ difference }) => difference.degrees)) : (variance * variance) / spread
  const half = studentQuantile(Math.max(1, Math.floor(degrees)), 0.95) * Math.sqrt(together)
  return { mean, low: mean - half, high: mean + half, how: shared ? 'shared' : 'independent' }
}
