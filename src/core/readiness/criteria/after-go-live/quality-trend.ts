/** Item 52: every quality measure has an owner and a value for the last full month, not clearly lower than the month before. */

import { held, lineCell, monthNumber } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { differenceOfShares } from '../../statistics/share-shift.ts'

export const qualityTrend: Criterion<'quality'> = {
  code: 'readiness/quality-trend',
  items: [52],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'A quality measure stopped or fell',
  why: '"A dashboard showing documentation completeness" helps while somebody owns each number and it is of last month.',
  remedy: 'Name an owner, count the last month, and find what changed where the share fell.',
  needs: ['quality'],
  thresholds: { mostMonthsOld: 1, mostFallPoints: 10 },
  maxAgeDays: 62,
  claimable: false,
  compute(given, thresholds, asOf) {
    const rows = given.value('quality').rows.filter((row) => row.of > 0)
    const measures = [...new Set(rows.map((row) => row.measure))].sort()
    if (measures.length === 0) return nothingToJudge('No measure was counted')
    const unclear: string[] = []
    const points = thresholds.mostFallPoints ?? 10
    const cells = measures.flatMap((measure): readonly Cell[] => {
      const months = rows.filter((row) => row.measure === measure).toSorted((a, b) => (a.month < b.month ? -1 : 1))
      const [last, before] = [months.at(-1), months.at(-2)]
      if (!last) return []
      const parts: string[] = []
      if (last.owner === null) parts.push('no owner')
      if (last.met > last.of) parts.push(`${last.met} of ${last.of} can not be`)
      if (last.met === 0) parts.push('no chart meets it')
      if (!before) parts.push('no month before to compare with')
      const old = monthNumber(asOf) - monthNumber(last.month)
      if (old > (thresholds.mostMonthsOld ?? 1)) parts.push(`last counted ${old} months ago`)
      const change = before && differenceOfShares(last.met, last.of, before.met, before.of)
      if (change && change.high < 0) parts.push('fell against the month before')
      // What a fall of that size could look like, too, is no proof that there was none.
      else if (change && change.low * 100 < -points) unclear.push(`${measure} (${last.met} of ${last.of})`)
      return parts.length === 0 ? [] : [lineCell('quality', last.line, `${measure}: ${parts.join(', ')}`)]
    })
    if (cells.length === 0 && unclear.length > 0)
      return nothingToJudge(`Too few charts to rule out a fall of ${points} points: ${unclear.join(', ')}`)
    const value = measures.length - cells.length
    const words = `${value} of ${measures.length} measures have an owner, a recent month and did not fall`
    return held(cells.length === 0, { value, of: measures.length, threshold: measures.length, words, cells })
  },
}
