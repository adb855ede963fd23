/** Four ways of rolling out, side by side: at once, in phases, beside the old system, one pilot first; by simulation, with the expected values in closed form. */
import { type Random, seededRandom } from '../../random.ts'
import { normalQuantile } from '../../workflow/numerics/numbers.ts'

export const rolloutWays = ['at-once', 'phased', 'parallel', 'pilot'] as const
export type RolloutWay = (typeof rolloutWays)[number]

export interface RolloutDepartment {
  readonly department: string
  readonly visitsPerWeek: number
  /** Minutes of work that one visit takes staff. */
  readonly minutesPerVisit: number
  /** Weeks after the first department in which it starts when departments start in phases. */
  readonly startWeek: number
  readonly pilot: boolean
  /** Departments that it exchanges data with, named on one side or on both. */
  readonly exchangesWith: readonly string[]
}

export interface RolloutAssumptions {
  /** Work takes this share longer on the first day … */
  readonly slowdown: number
  /** … and half of that after so many days. */
  readonly halfLifeDays: number
  /** Weeks in which everything is entered in both systems. */
  readonly parallelWeeks: number
  /** Weeks between the pilot and all others. */
  readonly pilotWeeks: number
}

export interface RolloutFigures {
  readonly way: RolloutWay
  /** Hours of staff beyond the usual ones, all weeks together, and in percent of the usual hours of the worst week. */
  readonly extraHours: number
  readonly worstWeekPercent: number
  /** Visits in a department's first week on the new system with nothing beside it; the most in any one week. */
  readonly exposedVisits: number
  readonly mostExposedInAWeek: number
  /** Pairs of departments that exchange data while one has moved and the other has not, at the worst moment; or one feed per department that runs both. */
  readonly temporaryInterfaces: number
}

/** Weeks after the last start that are counted; what is left of the slowness then is below a thousandth. */
const weeksBehind = 12

/** Mean share by which work is slower over the `week`-th week after a start: the mean of s · 2^(−t / h) over its seven days. */
export function slownessOf(week: number, { slowdown, halfLifeDays }: RolloutAssumptions): number {
  if (week < 0) return 0
  const at = (days: number): number => 2 ** (-days / halfLifeDays)
  return (slowdown * halfLifeDays * (at(7 * week) - at(7 * (week + 1)))) / (7 * Math.LN2)
}

function startOf(way: RolloutWay, each: RolloutDepartment, assumptions: RolloutAssumptions): number {
  if (way === 'phased') return each.startWeek
  return way === 'pilot' && !each.pilot ? assumptions.pilotWeeks : 0
}

/** Sums over weeks and departments of what visits of each week cost; `visits` gives their number. */
function figuresOf(
  way: RolloutWay,
  departments: readonly RolloutDepartment[],
  assumptions: RolloutAssumptions,
  visits: (department: RolloutDepartment, week: number) => number,
): RolloutFigures {
  const starts = departments.map((each) => startOf(way, each, assumptions))
  const weeks = Math.max(0, ...starts) + Math.max(assumptions.parallelWeeks, weeksBehind)
  const usual = departments.reduce((sum, each) => sum + each.visitsPerWeek * each.minutesPerVisit, 0) / 60
  let [extraHours, worst, exposedVisits, mostExposed] = [0, 0, 0, 0]
  for (let week = 0; week < weeks; week++) {
    let [extra, exposed] = [0, 0]
    for (const [index, each] of departments.entries()) {
      const since = week - (starts[index] ?? 0)
      if (since < 0) continue
      const seen = visits(each, week)
      const twice = way === 'parallel' && since < assumptions.parallelWeeks ? 1 : 0
      extra += (seen * each.minutesPerVisit * (slownessOf(since, assumptions) + twice)) / 60
      if (since === 0 && twice === 0) exposed += seen
    }
    extraHours += extra
    worst = Math.max(worst, extra)
    exposedVisits += exposed
    mostExposed = Math.max(mostExposed, exposed)
  }
  return {
    way,
    extraHours,
    worstWeekPercent: usual === 0 ? 0 : (100 * worst) / usual,
    exposedVisits,
    mostExposedInAWeek: mostExposed,
    temporaryInterfaces: way === 'parallel' ? departments.length : mostSplitPairs(departments, starts),
  }
}

function mostSplitPairs(departments: readonly RolloutDepartment[], starts: readonly number[]): number {
  const pairs = departments.flatMap((one, a) =>
    departments
      .slice(a + 1)
      .map((other, n) => [one, other, a, a + 1 + n] as const)
      .filter(
        ([first, second]) => first.exchangesWith.includes(second.department) || second.exchangesWith.includes(first.department),
      ),
  )
  const split = (week: number): number =>
    pairs.filter(([, , a, b]) => (starts[a] ?? 0) <= week !== (starts[b] ?? 0) <= week).length
  return Math.max(0, ...starts.map(split))
}

/** What is expected: every week has the visits of the file. Exact where the simulation has noise. */
export function expectedRollout(
  way: RolloutWay,
  departments: readonly RolloutDepartment[],
  assumptions: RolloutAssumptions,
): RolloutFigures {
  return figuresOf(way, departments, assumptions, (each) => each.visitsPerWeek)
}

export interface SimulatedRollout {
  readonly way: RolloutWay
  readonly mean: RolloutFigures
  /** The week that 19 of 20 runs stay below, in percent of the usual hours. */
  readonly worstWeekPercent95: number
}

type Visits = (department: RolloutDepartment, week: number) => number

/** Runs with Poisson visits; the same seed gives the same runs, and all ways meet the same visits. */
export function simulateRollouts(
  departments: readonly RolloutDepartment[],
  assumptions: RolloutAssumptions,
  seed: string,
  runs = 50,
): readonly SimulatedRollout[] {
  const visits = Array.from({ length: runs }, (_, run) => drawnVisits(departments, `${seed} ${run}`))
  return rolloutWays.map((way) => simulated(way, departments, assumptions, visits))
}

/** One stream for each department, week by week: making a stream costs more than drawing from it. */
function drawnVisits(departments: readonly RolloutDepartment[], seed: string): Visits {
  const drawn = new Map(
    departments.map((each) => [each, { random: seededRandom(`${seed} ${each.department}`), visits: [] as number[] }]),
  )
  return (each, week) => {
    const own = drawn.get(each)
    while (own && own.visits.length <= week) own.visits.push(poisson(own.random, each.visitsPerWeek))
    return own?.visits[week] ?? 0
  }
}

function simulated(
  way: RolloutWay,
  departments: readonly RolloutDepartment[],
  assumptions: RolloutAssumptions,
  visits: readonly Visits[],
): SimulatedRollout {
  const runs = visits.length
  const all = visits.map((drawn) => figuresOf(way, departments, assumptions, drawn))
  const mean = (of: (figures: RolloutFigures) => number): number => all.reduce((sum, each) => sum + of(each), 0) / runs
  const worst = all.map((each) => each.worstWeekPercent).sort((a, b) => a - b)
  return {
    way,
    mean: {
      way,
      extraHours: mean((each) => each.extraHours),
      worstWeekPercent: mean((each) => each.worstWeekPercent),
      exposedVisits: mean((each) => each.exposedVisits),
      mostExposedInAWeek: mean((each) => each.mostExposedInAWeek),
      temporaryInterfaces: all[0]?.temporaryInterfaces ?? 0,
    },
    worstWeekPercent95: worst[Math.min(runs - 1, Math.ceil(0.95 * runs) - 1)] ?? 0,
  }
}

/** From this mean on the normal limit is closer than the noise of so few runs. */
const manyVisits = 60

function poisson(random: Random, mean: number): number {
  if (mean >= manyVisits) return Math.max(0, Math.round(mean + normalQuantile(random.next()) * Math.sqrt(mean)))
  let count = 0
  for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) count++
  return count
}
