/** Item 23: open customizations do not become more, class by class. */

import { addDays } from '../../../values/day.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const customizationTrend: Criterion<'customizations'> = {
  code: 'readiness/customization-trend',
  items: [23],
  phase: 'configuration',
  severity: 'warning',
  title: 'Customizations become more',
  why: '"Excessive customization that makes upgrades difficult" grows by one reasonable wish after the other.',
  remedy: 'Close or drop entries of each class listed before new ones are taken.',
  needs: ['customizations'],
  thresholds: { days: 90, mostMore: 0 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds, asOf) {
    const rows = given.value('customizations').rows.filter((row) => row.opened !== null)
    if (rows.length === 0) return nothingToJudge('No customization says when it was asked for')
    const days = thresholds.days ?? 90
    const before = addDays(asOf, -days)
    const openOn = (day: string, kind: string): number =>
      rows.filter((row) => row.class === kind && (row.opened ?? '') <= day && (row.closed === null || row.closed > day)).length
    const classes = [...new Set(rows.map((row) => row.class))].sort()
    const grown = classes
      .map((kind) => ({ kind, was: openOn(before, kind), now: openOn(asOf, kind) }))
      .filter(({ was, now }) => now - was > (thresholds.mostMore ?? 0))
    const now = classes.reduce((sum, kind) => sum + openOn(asOf, kind), 0)
    const was = classes.reduce((sum, kind) => sum + openOn(before, kind), 0)
    return held(grown.length === 0, {
      value: now,
      of: rows.length,
      threshold: was,
      words: `${now} customizations are open, ${was} were ${days} days ago`,
      cells: grown.map(({ kind, was: then, now: present }) => fileCell('customizations', `${kind}: ${then} to ${present} open`)),
    })
  },
}
