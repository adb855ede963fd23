/** Item 65: all at once, in phases, side by side or a pilot first: the four are simulated, one is decided on, and its worst week fits the hours of the staff. */

import { beside, exact, fileCell, held, lineCell } from '../../measures/lines.ts'
import { departmentKey, type Shift } from '../../measures/shifts.ts'
import { isHere } from '../../measures/teams.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { type RolloutDepartment, type RolloutWay, rolloutWays, simulateRollouts } from '../../statistics/rollout.ts'

export const rolloutChoice: Criterion<'rollout' | 'decisions' | 'shifts' | 'roster'> = {
  code: 'readiness/rollout-choice',
  items: [65],
  phase: 'pre-launch',
  severity: 'warning',
  title: 'The way of rolling out was not weighed, or can not be borne',
  why: 'Running both systems "doubles the workload", phases need "temporary interfaces", and all at once exposes every patient in one week.',
  remedy:
    'Compare the ways listed, let the committee decide on one (a decision about "rollout"), and add staff or cut bookings for its worst week.',
  needs: ['rollout', 'decisions', 'shifts', 'roster'],
  thresholds: { slowdownPercent: 50, halfLifeDays: 7, parallelWeeks: 4, pilotWeeks: 4, mostExtraPercent: 50 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('rollout')
    const departments = rows.map(
      (row): RolloutDepartment => ({
        department: row.department,
        visitsPerWeek: row.visits_per_week,
        minutesPerVisit: row.minutes_per_visit,
        startWeek: row.start_week ?? 0,
        pilot: row.pilot === true,
        exchangesWith: row.exchanges_with ?? [],
      }),
    )
    if (departments.every((each) => each.visitsPerWeek * each.minutesPerVisit === 0))
      return nothingToJudge('No department is listed with its visits')
    const assumptions = {
      slowdown: (thresholds.slowdownPercent ?? 50) / 100,
      halfLifeDays: thresholds.halfLifeDays ?? 7,
      parallelWeeks: thresholds.parallelWeeks ?? 4,
      pilotWeeks: thresholds.pilotWeeks ?? 4,
    }
    const most = thresholds.mostExtraPercent ?? 50
    const ways = simulateRollouts(departments, assumptions, 'rollout')
    const sentences = ways.map(
      ({ way, mean, worstWeekPercent95 }) =>
        `${way}: ${Math.round(mean.extraHours)} extra hours, ${beside(exact(worstWeekPercent95), most, 0)} % more in the worst week, ${Math.round(mean.mostExposedInAWeek)} visits of a week on new ground, ${mean.temporaryInterfaces} temporary interfaces`,
    )
    const staffed = exact(staffedHours(given.value('shifts').rows, departments))
    const said = given
      .value('decisions')
      .rows.filter((row) => row.artifact.trim().toLowerCase() === 'rollout')
      .toSorted((a, b) => a.made_at.at - b.made_at.at)
      .at(-1)
    const chosen = said && ways.find(({ way }) => plain(said.choice) === plain(way))
    const usual = departments.reduce((sum, each) => sum + (each.visitsPerWeek * each.minutesPerVisit) / 60, 0)
    const extra = exact(chosen?.worstWeekPercent95 ?? 0)
    const hours = exact(usual * (1 + extra / 100))
    const [percent, needed, there] = [beside(extra, most, 0), beside(hours, staffed, 0), beside(staffed, hours, 0)]
    const here = given.value('roster').rows.filter((row) => isHere(row, asOf))
    const lacking = chosen ? [...unsaid(chosen.way, rows), ...unlisted(rows, here)] : []
    const cells: readonly Cell[] = !said
      ? [fileCell('decisions', 'no decision about “rollout”'), ...sentences.map((words) => fileCell('rollout', words))]
      : !chosen
        ? [lineCell('decisions', said.line, `${said.id}: the choice is none of ${rolloutWays.join(', ')}, word for word`)]
        : [
            ...lacking,
            ...(extra <= most
              ? []
              : [fileCell('rollout', `${chosen.way}: ${percent} % more hours in the worst week, at most ${most} %`)]),
            ...(hours <= staffed
              ? []
              : [fileCell('shifts', `${chosen.way}: ${needed} hours in the worst week, the shifts have ${there}`)]),
          ]
    return held(chosen !== undefined && cells.length === 0, {
      value: chosen ? percent : null,
      of: null,
      threshold: most,
      words: chosen
        ? `${chosen.way} was decided on, ${needed} of ${there} staffed hours in its worst week; ${sentences.join('; ')}`
        : sentences.join('; '),
      cells,
    })
  },
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '')
}

/** What the chosen way needs to know of every department and was not told: without it, all would start together. */
function unsaid(way: RolloutWay, rows: EvidenceOf['rollout']['rows']): readonly Cell[] {
  if (way === 'phased')
    return rows
      .filter(({ start_week }) => start_week === null)
      .map(({ department, line }) => lineCell('rollout', line, `${department}: no week in which it starts`))
  return way === 'pilot' && !rows.some(({ pilot }) => pilot === true) ? [fileCell('rollout', 'no department is the pilot')] : []
}

/** Clinical departments of the roster that were not weighed, and departments that were of which it knows nobody. */
function unlisted(rows: EvidenceOf['rollout']['rows'], here: EvidenceOf['roster']['rows']): readonly Cell[] {
  const [weighed, known] = [rows, here].map((all) => new Set(all.map(({ department }) => departmentKey(department))))
  const clinical = here.filter(({ profession }) => profession === 'clinical' || profession === null)
  const left = new Map(clinical.map(({ department }) => [departmentKey(department), department]))
  return [
    ...[...left].flatMap(([key, name]) => (weighed?.has(key) ? [] : [fileCell('rollout', `${name}: not weighed`)])),
    ...rows.flatMap(({ department, line }) =>
      known?.has(departmentKey(department)) ? [] : [lineCell('rollout', line, `${department}: nobody in the roster works there`)],
    ),
  ]
}

/** Clinical hours of these departments in seven days that have shifts; fewer days count as a whole week. */
function staffedHours(shifts: readonly Shift[], departments: readonly RolloutDepartment[]): number {
  const names = new Set(departments.map(({ department }) => departmentKey(department)))
  const days = new Set<string>()
  let hours = 0
  for (const { department, function: task, start, end } of shifts) {
    if (task !== 'clinical' || !names.has(departmentKey(department))) continue
    days.add(start.text.slice(0, 10))
    hours += Math.max(0, end.at - start.at) / 3_600_000
  }
  return days.size === 0 ? 0 : hours / Math.max(1, days.size / 7)
}
