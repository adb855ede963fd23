/** Items 72 and 73: inbox, orders, chart review and documentation take no longer than before, and not out of hours; by role, never by person. */

import { shareText } from '../../../share-text.ts'
import { fileCell, held, lineCell, percent } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const measures = ['inbox', 'order-entry', 'chart-review', 'documentation'] as const

export const dailyBurden: Criterion<'burden'> = {
  code: 'readiness/daily-burden',
  items: [72, 73],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Daily work takes longer, or moved into the evening',
  why: '"Inbox management, order entry, chart review, and documentation load" are where a system costs or gives time.',
  remedy: 'Watch the work listed with two people of the role, and change the screens before the people.',
  needs: ['burden'],
  thresholds: { mostMorePercent: 10, mostAfterHoursPercent: 20, leastPeople: 5 },
  maxAgeDays: 62,
  claimable: false,
  compute(given, thresholds) {
    const shown = given.value('burden').rows.filter((row) => row.people >= (thresholds.leastPeople ?? 5))
    const roles = [...new Set(shown.map((row) => row.role))].sort()
    if (roles.length === 0) return nothingToJudge('No role with five people or more is listed; smaller groups are not shown')
    const [more, after] = [thresholds.mostMorePercent ?? 10, thresholds.mostAfterHoursPercent ?? 20]
    const cells = roles.flatMap((role) =>
      measures.flatMap((measure): readonly Cell[] => {
        const own = shown.filter((row) => row.role === role && row.measure === measure)
        const last = own.toSorted((a, b) => (a.month < b.month ? -1 : 1)).at(-1)
        if (!last) return [fileCell('burden', `${role}, ${measure}: not measured`)]
        const parts: string[] = []
        // Nobody reads, orders and writes in no time at all: what is 0 was not measured.
        if (last.minutes === 0) parts.push('no minutes now')
        if (last.baseline_minutes === 0) parts.push('no minutes before to compare with')
        if (last.after_hours_minutes === null) parts.push('after hours not counted')
        const change = percent(last.minutes - last.baseline_minutes, last.baseline_minutes)
        if (change > more) parts.push(`${last.minutes} minutes a day, ${last.baseline_minutes} before`)
        const late = percent(last.after_hours_minutes ?? 0, last.minutes)
        if (late > after) parts.push(`${shareText(late / 100)} of it after hours`)
        return parts.length === 0 ? [] : [lineCell('burden', last.line, `${role}, ${measure}: ${parts.join(', ')}`)]
      }),
    )
    const of = roles.length * measures.length
    const words = `${of - cells.length} of ${of} kinds of daily work (four for each role) take no more than ${more} % longer and stay in working hours`
    return held(cells.length === 0, { value: of - cells.length, of, threshold: of, words, cells })
  },
}
