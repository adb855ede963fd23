/** Outcomes before and after: goals, lead times, timed tasks, quality and daily burden, each against where it began. */
import { counted } from '../../counted.ts'
import { durationText } from '../../duration-text.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import { differenceOf, momentsOf } from '../../workflow/timed-tests/difference.ts'
import { counts, type TimedRun } from '../../workflow/timed-tests/run.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { evidenceRun } from '../evidence/evidence.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveWords } from '../kept-files/go-live.ts'
import { goalLacks, goalReached, goalWay } from '../measures/goal-standing.ts'
import { timedRunsOf } from '../measures/timed-runs.ts'
import { lines, type Report, tableOr } from '../sheets/sheet.ts'
import { percentWords, rounded } from './number-words.ts'

type Cells = readonly string[]

export function outcomeReport(project: Project, board: ReadinessBoard): Report {
  const { name, legacy, target } = project.manifest
  const parts = {
    goals: goalRows(project, board.asOf),
    leadTimes: leadTimeRows(project),
    tasks: taskRows(project, board.asOf),
    quality: qualityRows(project, board.asOf),
    burden: burdenRows(project, board.asOf),
  }
  const run = evidenceRun(project, (each) => each.workflows.length > 0)
  return {
    sheet: {
      title: `Outcomes before and after: ${name}`,
      lead: [
        `${legacy} to ${target} · as of ${dayText(board.asOf)} · ${goLiveWords(rowsOf(project, 'milestones') ?? [], project.board.goLive, board.asOf)}`,
      ],
      verdict: null,
      sections: [
        {
          title: 'Goals',
          blocks: [
            ...(parts.goals.length > 0 ? [lines(goalWords(parts.goals))] : []),
            tableOr(
              'No goals are listed.',
              ['Goal', 'Measure', 'Before', 'Target', 'Owner', 'Now', 'Measured on', 'Way', 'Reached'],
              parts.goals,
              [2, 3, 5, 7],
            ),
          ],
        },
        {
          title: `Lead time of workflows, simulated${run ? ` in run ${run.number}` : ''}`,
          blocks: [tableOr('No workflow was simulated.', ['Workflow', 'Now', 'Planned', 'Change'], parts.leadTimes, [1, 2, 3])],
        },
        {
          title: 'Timed tasks, old and new system',
          blocks: [
            tableOr(
              'No task was timed in both systems.',
              ['Task, role', 'Old s', 'New s', 'Difference s (95 % interval)', 'Clicks old', 'Clicks new'],
              parts.tasks,
              [1, 2, 4, 5],
            ),
          ],
        },
        {
          title: 'Quality of data, first month and last',
          blocks: [tableOr('No monthly count is there.', ['Measure', 'First', 'Last', 'Change'], parts.quality, [1, 2, 3])],
        },
        {
          title: 'Daily burden, minutes per person and day',
          blocks: [
            tableOr('No burden is reported.', ['Role, work', 'Before', 'Last month', 'After hours'], parts.burden, [1, 2, 3]),
          ],
        },
      ],
      foot: [
        'Lead times are simulated, the rest was measured. A difference whose interval holds 0 shows no difference; under five people in either system nothing is said.',
      ],
    },
    data: {
      kind: 'outcomes',
      project: { id: project.manifest.id, name },
      asOf: board.asOf,
      ...Object.fromEntries(Object.entries(parts).map(([part, rows]) => [part, rows.map((row) => [...row])])),
    },
  }
}

/** "1 of 3 goals is reached, 2 are not judged": the sentence before the table. */
function goalWords(goals: readonly Cells[]): string {
  const count = (is: (last: string) => boolean): number => goals.filter((cells) => is(cells.at(-1) ?? '')).length
  const [reached, open] = [count((last) => last === 'yes'), count((last) => last.startsWith('not judged'))]
  const rest = open === 0 ? '' : `; ${open} can not be judged yet: the table says what is missing`
  return `${reached} of ${counted(goals.length, 'goal')} reached${rest}.`
}

function goalRows(project: Project, asOf: string): readonly Cells[] {
  return (rowsOf(project, 'goals', asOf) ?? []).map((row) => {
    const { baseline, target, now, owner, measured_on: day } = row
    const [lacks, reached, way] = [goalLacks(row), goalReached(row), goalWay(row)]
    return [
      row.goal,
      row.measure ?? 'no measure',
      baseline === null ? '–' : String(baseline),
      target === null ? '–' : String(target),
      owner ?? 'nobody',
      now === null ? 'not measured' : String(now),
      day === null ? '–' : dayText(day),
      way === null ? '–' : `${rounded(way)} %`,
      reached === null
        ? `not judged${lacks === null ? '' : `: ${lacks}`}`
        : reached
          ? 'yes'
          : `no${way !== null && way < 0 ? ', farther than before' : ''}`,
    ]
  })
}

function leadTimeRows(project: Project): readonly Cells[] {
  const run = evidenceRun(project, (each) => each.workflows.length > 0)
  return (run?.workflows ?? []).flatMap(({ id, leadTime }) => {
    if (leadTime === null) return []
    const { current, future } = leadTime
    const change = current === 0 ? '–' : `${future <= current ? '−' : '+'}${rounded(Math.abs(future / current - 1) * 100)} %`
    return [[id, durationText(current), durationText(future), change]]
  })
}

function taskRows(project: Project, asOf: string): readonly Cells[] {
  const tasks = new Map<string, TimedRun[]>()
  for (const run of timedRunsOf({ rows: rowsOf(project, 'observations', asOf) ?? [] }).filter(counts)) {
    const key = `${run.task}, ${run.role}`
    tasks.set(key, [...(tasks.get(key) ?? []), run])
  }
  return [...tasks].flatMap(([name, runs]) => {
    const [old, now] = (['old', 'new'] as const).map((system) => runs.filter((run) => run.system === system)) as [
      TimedRun[],
      TimedRun[],
    ]
    if (old.length === 0 || now.length === 0) return []
    const difference = differenceOf(runs)
    const words = difference
      ? `${rounded(difference.mean)} (${rounded(difference.low)} to ${rounded(difference.high)})`
      : `not enough people (${peopleIn(old)} and ${peopleIn(now)})`
    const seconds = (list: readonly TimedRun[]): string => rounded(momentsOf(list.map((run) => run.seconds)).mean)
    const clicks = (list: readonly TimedRun[]): string => {
      const counted = list.flatMap((run) => run.clicks ?? [])
      return counted.length === 0 ? '–' : rounded(momentsOf(counted).mean)
    }
    return [[name, seconds(old), seconds(now), words, clicks(old), clicks(now)]]
  })
}

function peopleIn(runs: readonly TimedRun[]): number {
  return new Set(runs.flatMap(({ person }) => person ?? [])).size
}

function qualityRows(project: Project, asOf: string): readonly Cells[] {
  const measures = new Map<string, { readonly month: string; readonly met: number; readonly of: number }[]>()
  for (const row of rowsOf(project, 'quality', asOf) ?? [])
    if (row.month <= asOf) measures.set(row.measure, [...(measures.get(row.measure) ?? []), row])
  return [...measures].flatMap(([measure, rows]) => {
    const sorted = rows.toSorted((a, b) => (a.month < b.month ? -1 : 1))
    const [first, last] = [sorted[0], sorted.at(-1)]
    if (!first || !last || first === last || first.of === 0 || last.of === 0) return []
    const change = (last.met / last.of - first.met / first.of) * 100
    return [
      [
        measure,
        percentWords(first.met, first.of),
        percentWords(last.met, last.of),
        `${change < 0 ? '−' : '+'}${rounded(Math.abs(change))} points`,
      ],
    ]
  })
}

function burdenRows(project: Project, asOf: string): readonly Cells[] {
  const rows = (rowsOf(project, 'burden', asOf) ?? []).filter((row) => row.month <= asOf)
  const last = new Map<string, (typeof rows)[number]>()
  for (const row of rows.toSorted((a, b) => (a.month < b.month ? -1 : 1)))
    last.set(`${row.role}, ${row.measure.replaceAll('-', ' ')}`, row)
  // Groups under five persons are not shown: they could be recognised.
  return [...last].map(([name, row]) =>
    row.people < 5
      ? [name, 'fewer than 5 people', '', '']
      : [
          name,
          String(row.baseline_minutes),
          String(row.minutes),
          row.after_hours_minutes === null ? '–' : String(row.after_hours_minutes),
        ],
  )
}
