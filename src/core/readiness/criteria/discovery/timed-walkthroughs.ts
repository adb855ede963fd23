/** Item 16: the same tasks timed in the old and the new system, by at least five people each; the difference with its interval, task by task. */
import { differenceOf, momentsOf } from '../../../workflow/timed-tests/difference.ts'
import { counts, type TimedRun } from '../../../workflow/timed-tests/run.ts'
import { timedRunsOf } from '../../measures/timed-runs.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

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
  examples: {
    flags: [
      {
        name: 'vitals take half a minute longer',
        // Means of 60 and 90 s: the only task is slower.
        value: 0,

        evidence: { observations: exampleFile('observations', timed([60, 62, 58, 61, 59], [90, 92, 88, 91, 89])) },
      },
      {
        name: 'the same five persons each take ten seconds longer, however much they differ',
        value: 0,

        evidence: { observations: exampleFile('observations', paired([40, 60, 80, 100, 120], [50, 71, 89, 110, 131])) },
      },
    ],
    passes: [
      {
        name: 'vitals take as long, within their spread',
        // Means of 60 and 61 s, spread of one: 2.2 s longer at most, six are allowed.
        value: 1,

        evidence: { observations: exampleFile('observations', timed([60, 61, 59, 61, 59], [61, 62, 60, 61, 61])) },
      },
      {
        name: 'slow runs that were discarded with a reason',
        value: 1,

        evidence: {
          observations: exampleFile(
            'observations',
            `${paired([60, 70, 50, 65, 55], [61, 69, 52, 63, 57])}vitals,Nurse,new,2026-09-03T09:00:00Z,600,1,fire alarm\n`,
          ),
        },
      },
    ],
  },
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10
}

function timed(old: readonly number[], now: readonly number[]): string {
  const rows = [...old.map((seconds, at) => ['old', seconds, `a${at}`]), ...now.map((seconds, at) => ['new', seconds, `b${at}`])]
  return `task_id,role,system,started_at,seconds,person_id\n${rows.map(([system, seconds, person]) => `vitals,Nurse,${system},2026-09-03T09:00:00Z,${seconds},${person}`).join('\n')}\n`
}

function paired(old: readonly number[], now: readonly number[]): string {
  const row = (system: string, seconds: number, person: number): string =>
    `vitals,Nurse,${system},2026-09-03T09:00:00Z,${seconds},${person},`
  const rows = [
    ...old.map((seconds, at) => row('old', seconds, at + 1)),
    ...now.map((seconds, at) => row('new', seconds, at + 1)),
  ]
  return `task_id,role,system,started_at,seconds,person_id,discarded\n${rows.join('\n')}\n`
}
