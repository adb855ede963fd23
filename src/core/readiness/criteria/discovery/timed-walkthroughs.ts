/** Item 16: the same tasks timed in the old and the new system, by at least five people each; the difference with its interval, task by task. */
import { differenceOf, momentsOf } from '../../../workflow/timed-tests/difference.ts'
import { counts, type TimedRun } from '../../../workflow/timed-tests/run.ts'
import { timedRunsOf } from '../../measures/timed-runs.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const timedWalkthroughs: Criterion<'observations'> = {
  code: 'readiness/timed-walkthroughs',
  items: [16, 84],
  phase: 'discovery',
  severity: 'error',
  title: 'Tasks take longer in the new system',
  why: '"Timed walkthroughs of real workflows" show minutes per task; feature lists do not.',
  remedy: 'Open the tasks listed with the vendor: shorten them, or show why the time is worth it.',
  needs: ['observations'],
  thresholds: { least: 5, slowerPercent: 10 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('observations')
    const least = thresholds.least ?? 5
    const tasks = new Map<string, TimedRun[]>()
    for (const run of timedRunsOf({ rows }).filter((each) => counts(each) && each.seconds > 0)) {
      const name = `${run.task}, ${run.role}`
      tasks.set(name, [...(tasks.get(name) ?? []), run])
    }
    const judged = [...tasks].flatMap(([name, runs]) => {
      const difference = differenceOf(runs, least)
      if (difference === null) return []
      const { mean, low, high } = difference
      const before = momentsOf(runs.filter((run) => run.system === 'old').map((run) => run.seconds)).mean
      const limit = (before * (thresholds.slowerPercent ?? 10)) / 100
      return [{ name, seconds: mean, low, high, limit, change: before === 0 ? 0 : mean / before }]
    })
    if (judged.length === 0) return nothingToJudge(`No task was timed with ${least} people, named by a code, in both systems`)
    const results = judged.sort((a, b) => b.change - a.change)
    const slower = results.filter((each) => each.low > 0 && each.seconds > each.limit)
    // An interval that reaches beyond what is allowed rules nothing out.
    const unclear = results.filter(({ limit, high }) => !(high <= limit)).filter((each) => !slower.includes(each))
    if (slower.length === 0 && unclear.length > 0)
      return nothingToJudge(
        `${unclear.length} of ${judged.length} tasks were timed too seldom to rule out ${thresholds.slowerPercent ?? 10} % more time: ${unclear.map(({ name, high }) => `${name} (up to ${round(high)} s longer)`).join(', ')}`,
      )
    const cells = slower.map(
      ({ name, seconds, low, high }): Cell => ({
        name: `${name}: ${round(seconds)} s longer (95 % interval ${round(low)} to ${round(high)} s)`,
        route: '/readiness/inputs?kind=observations',
      }),
    )
    const holds = cells.length === 0
    return {
      state: holds ? 'proven' : 'failed',
      value: judged.length - slower.length - unclear.length,
      of: judged.length,
      threshold: judged.length,
      words: `${judged.length - slower.length - unclear.length} of ${judged.length} timed tasks are not slower in the new system`,
      cells,
    }
  },
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
