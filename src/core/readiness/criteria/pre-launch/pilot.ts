/** Item 66: the pilot did not fall behind its baseline by more than was agreed before data came in. */

import { dayText } from '../../../values/day.ts'
import { held, lineCell } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { differenceOfShares } from '../../statistics/share-shift.ts'

export const pilot: Criterion<'pilot'> = {
  code: 'readiness/pilot',
  items: [66],
  phase: 'pre-launch',
  severity: 'warning',
  title: 'The pilot does not show that it holds',
  why: 'To "pilot the system in a small unit before a full rollout" decides nothing if the rule is written after the numbers.',
  remedy: 'Find the cause of what fell, or extend the pilot until the interval is narrow enough; do not change the rule.',
  needs: ['pilot'],
  thresholds: { open: 0 },
  maxAgeDays: 120,
  claimable: false,
  compute(given) {
    const rows = given.value('pilot').rows.filter((row) => row.baseline_of > 0 && row.pilot_of > 0)
    if (rows.length === 0) return nothingToJudge('No measure of the pilot has cases on both sides')
    const cells = rows.flatMap((row): readonly Cell[] => {
      const { low, high } = differenceOfShares(row.pilot_met, row.pilot_of, row.baseline_met, row.baseline_of)
      const points = (share: number): number => Math.round(share * 1000) / 10
      const parts: string[] = []
      if (row.pilot_met > row.pilot_of || row.baseline_met > row.baseline_of) parts.push('more cases met it than there were')
      if (row.rule_on >= row.data_from)
        parts.push(`the rule is of ${dayText(row.rule_on)}, the data begin on ${dayText(row.data_from)}`)
      if (low * 100 < -row.most_drop) parts.push(`${points(low)} to ${points(high)} points, at most ${row.most_drop} may be lost`)
      return parts.length === 0 ? [] : [lineCell('pilot', row.line, `${row.measure}: ${parts.join('; ')}`)]
    })
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} measures of the pilot hold the rule agreed before (95 % interval)`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
