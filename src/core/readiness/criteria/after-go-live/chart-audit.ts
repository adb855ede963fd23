/** Item 51: charts are audited each month, and none of the last months lies below the limits that the months before set. */

import { compareText } from '../../../finding.ts'
import { shareText } from '../../../share-text.ts'
import { held, lineCell, monthNumber } from '../../measures/lines.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { auditChart } from '../../statistics/share-chart.ts'

export const chartAudit: Criterion<'quality'> = {
  code: 'readiness/chart-audit',
  items: [51],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'A month of the chart audit fell out of its limits',
  why: 'To "audit a sample of charts each month for completeness and accuracy" tells a bad month from a bad day.',
  remedy: 'Find what changed in the month listed: staff, template, interface; then audit again.',
  needs: ['quality'],
  thresholds: { baselineMonths: 3, judgedMonths: 3, mostMonthsOld: 1 },
  maxAgeDays: 62,
  claimable: false,
  compute(given, thresholds, asOf) {
    const rows = given.value('quality').rows.filter((row) => row.of > 0)
    const measures = [...new Set(rows.map((row) => row.measure))].sort()
    const least = thresholds.baselineMonths ?? 3
    const charts = measures.map((measure) => {
      const months = rows.filter((row) => row.measure === measure).toSorted((a, b) => compareText(a.month, b.month))
      const last = Math.min(thresholds.judgedMonths ?? 3, months.length - least)
      return { measure, months, earlier: months.slice(0, months.length - last), judged: months.slice(months.length - last) }
    })
    const known = charts.filter(({ months }) => months.length > least)
    if (known.length === 0)
      return nothingToJudge(`No measure has ${least} months to compare with and one more; ${measures.length} are counted`)
    const cells = charts.flatMap((chart): readonly Cell[] => {
      const newest = chart.months.at(-1)
      if (!newest) return []
      const old = monthNumber(asOf) - monthNumber(newest.month)
      const recent =
        old > (thresholds.mostMonthsOld ?? 1)
          ? [lineCell('quality', newest.line, `${chart.measure}: last audited ${old} months ago`)]
          : []
      return chart.months.length > least ? [...recent, ...fallen(chart)] : recent
    })
    const of = known.reduce((sum, { judged }) => sum + judged.length, 0)
    const out = known.reduce((sum, chart) => sum + fallen(chart).length, 0)
    const short = charts.length - known.length
    const words = `${of - out} of ${of} last months of ${known.length} measures lie within the limits of the months before${short === 0 ? '' : `; ${short} measures have too few months to say`}`
    return held(cells.length === 0, { value: of - out, of, threshold: of, words, cells })
  },
}

interface MeasureMonths {
  readonly measure: string
  readonly earlier: readonly QualityRow[]
  readonly judged: readonly QualityRow[]
}

type QualityRow = EvidenceOf['quality']['rows'][number]

/** Judged months below the limits of the earlier ones, or in a long run below their centre; earlier months that were out themselves set no limit. */
function fallen({ measure, earlier, judged }: MeasureMonths): readonly Cell[] {
  const first = auditChart(earlier, null)
  // Months are sorted and none is empty, so points stand where their months stand.
  const calm = earlier.filter((_, index) => !first?.points[index]?.signals.includes('limit'))
  const basis = calm.length === 0 ? earlier : calm
  const met = basis.reduce((sum, row) => sum + row.met, 0)
  const of = basis.reduce((sum, row) => sum + row.of, 0)
  const chart = auditChart([...earlier, ...judged], met / of)
  return judged.flatMap((row, index): readonly Cell[] => {
    const point = chart?.points[earlier.length + index]
    if (!point || point.signals.length === 0 || point.share >= (chart?.centre ?? 0)) return []
    const words = `${measure}, ${row.month.slice(0, 7)}: ${shareText(point.share)}, limit ${shareText(point.low)}`
    return [lineCell('quality', row.line, point.share < point.low ? words : `${words}, eighth month in a row below the centre`)]
  })
}
