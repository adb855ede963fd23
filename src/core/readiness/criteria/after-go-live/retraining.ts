/** Item 39: tasks that bring many tickets are trained again: a module with that task was completed after the tickets began. */

import { fileCell, held } from '../../measures/lines.ts'
import { isDelivered } from '../../measures/role-tasks.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const retraining: Criterion<'tickets' | 'lms'> = {
  code: 'readiness/retraining',
  items: [39],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Tickets do not lead to training',
  why: 'To "track help desk tickets and common errors" is only worth it when the next course answers them.',
  remedy: 'Give the tasks listed, in their order, a short course at the place of work.',
  needs: ['tickets', 'lms'],
  thresholds: { manyTickets: 3 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const rows = given
      .value('tickets')
      .rows.filter((row) => row.task_id !== null && row.category !== 'defect' && row.category !== 'slow')
    if (rows.length === 0) return nothingToJudge('No ticket names the task it is about')
    const tasks = new Map<string, { count: number; first: number }>()
    for (const { task_id, opened_at } of rows) {
      const held = tasks.get(task_id ?? '') ?? { count: 0, first: opened_at.at }
      tasks.set(task_id ?? '', { count: held.count + 1, first: Math.min(held.first, opened_at.at) })
    }
    const many = [...tasks]
      .filter(([, { count }]) => count >= (thresholds.manyTickets ?? 3))
      .sort(([a, { count: n }], [b, { count: m }]) => m - n || (a < b ? -1 : 1))
    const courses = given.value('lms').rows.filter((row) => isDelivered(row, asOf))
    const open = many.filter(
      ([task, { first }]) => !courses.some((row) => row.start.at > first && (row.task_ids ?? []).includes(task)),
    )
    const value = many.length - open.length
    const words = `${value} of ${many.length} tasks with ${thresholds.manyTickets ?? 3} tickets or more were trained again`
    return held(open.length === 0, {
      value,
      of: many.length,
      threshold: many.length,
      words,
      cells: open.map(([task, { count }]) => fileCell('tickets', `${task}: ${count} tickets, no course since`)),
    })
  },
}
