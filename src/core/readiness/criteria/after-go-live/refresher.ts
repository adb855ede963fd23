/** Item 40: three months after go-live, everybody who was tested before it has been tested again. */

import { addDays, dayText } from '../../../values/day.ts'
import { goLiveOf } from '../../kept-files/go-live.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const refresher: Criterion<'competency' | 'milestones'> = {
  code: 'readiness/refresher',
  items: [40],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'The refresher is overdue',
  why: '"Refresher training after three months" comes when people know enough to ask, and before habits are fixed.',
  remedy: 'Invite those counted for each task listed to a refresher with a short test.',
  needs: ['competency', 'milestones'],
  thresholds: { afterDays: 91, leastPercent: 90 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds, asOf) {
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    const due = addDays(day, thresholds.afterDays ?? 91)
    const { rows } = given.value('competency')
    const key = (row: (typeof rows)[number]): string => `${row.task_id} ${row.person_id}`
    const before = rows.filter((row) => row.taken_at.text.slice(0, 10) <= day && row.result === 'pass')
    const people = new Map(before.map((row) => [key(row), row.task_id]))
    if (people.size === 0) return nothingToJudge('Nobody passed a test before go-live')
    const again = new Set(
      rows.filter((row) => row.taken_at.text.slice(0, 10) > addDays(day, 28) && row.result === 'pass').map(key),
    )
    const open = [...people].filter(([each]) => !again.has(each))
    const value = people.size - open.length
    const least = thresholds.leastPercent ?? 90
    const tasks = [...new Set(open.map(([, task]) => task))].sort()
    return held(asOf < due || value * 100 >= least * people.size, {
      value,
      of: people.size,
      threshold: least,
      words: `${value} of ${people.size} passed again since go-live; due on ${dayText(due)}`,
      cells: tasks.map((task) =>
        fileCell('competency', `${task}: ${open.filter(([, each]) => each === task).length} not tested again`),
      ),
    })
  },
}
