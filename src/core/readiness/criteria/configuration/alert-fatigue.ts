/** Item 48: alerts are few enough, and are heeded often enough, to be read. */

import { shareText } from '../../../share-text.ts'
import { fileCell, held, openLines, percent } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const alertFatigue: Criterion<'alerts'> = {
  code: 'readiness/alert-fatigue',
  items: [48],
  phase: 'configuration',
  severity: 'warning',
  title: 'Alerts are clicked away',
  why: 'Mandatory fields and warnings must be "balanced against efficiency to avoid alert fatigue", or the one that matters is missed.',
  remedy: 'Switch off or sharpen the alerts listed; begin with those overridden most.',
  needs: ['alerts'],
  thresholds: { mostPer100: 30, mostOverriddenPercent: 90, leastShown: 50, leastRules: 2 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('alerts')
    const records = rows[0]?.records ?? 0
    if (records === 0) return nothingToJudge('No alert is listed with the records it was shown for')
    // One rule counted over more records than the others would thin all of them out.
    const other = rows.find((row) => row.records !== records)
    if (other)
      return nothingToJudge(
        `The alerts were not counted over the same records: line ${other.line} names ${other.records}, the first ${records}`,
      )
    const leastRules = thresholds.leastRules ?? 2
    if (rows.length < leastRules)
      return nothingToJudge(`Only ${counted(rows.length, 'alert')} of the system is listed; it has at least ${leastRules}`)
    const impossible = rows.filter((row) => row.overridden > row.shown)
    const shown = rows.reduce((sum, row) => sum + row.shown, 0)
    const least = thresholds.leastShown ?? 50
    if (shown < least && impossible.length === 0)
      return nothingToJudge(`${counted(shown, 'alert')} shown, fewer than ${least}: too few to say how often they are heeded`)
    const overridden = rows.reduce((sum, row) => sum + row.overridden, 0)
    const per100 = percent(shown, records)
    const most = thresholds.mostPer100 ?? 30
    const share = thresholds.mostOverriddenPercent ?? 90
    const often = rows.filter((row) => row.shown >= least)
    const cells: readonly Cell[] = [
      ...(per100 > most ? [fileCell('alerts', `${rounded(per100)} alerts per 100 records, at most ${most} are wanted`)] : []),
      ...(overridden * 100 > share * shown
        ? [fileCell('alerts', `${shareText(overridden / shown)} of all alerts overridden, at most ${share} % are wanted`)]
        : []),
      ...openLines('alerts', impossible, (row) => `${row.rule}: overridden more often than shown`),
      ...openLines('alerts', often, (row) =>
        row.overridden * 100 > share * row.shown ? `${row.rule}: ${shareText(row.overridden / row.shown)} overridden` : null,
      ),
    ]
    const words = `${rounded(per100)} alerts per 100 records, ${cells.length} points beyond the limits`
    return held(cells.length === 0, { value: rounded(per100), of: records, threshold: most, words, cells })
  },
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
