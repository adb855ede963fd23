/** Item 66: the pilot did not fall behind its baseline by more than was agreed before data came in. */

import { dayText } from '../../../values/day.ts'
import { held, lineCell } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { differenceOfShares } from '../../statistics/share-shift.ts'
import { exampleFile } from '../examples/example-evidence.ts'

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
      if (points(low) < -row.most_drop)
        parts.push(`${points(low)} to ${points(high)} points, at most ${row.most_drop} may be lost`)
      return parts.length === 0 ? [] : [lineCell('pilot', row.line, `${row.measure}: ${parts.join('; ')}`)]
    })
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} measures of the pilot hold the rule agreed before (95 % interval)`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
  examples: {
    flags: [
      { name: 'eighty percent became sixty', value: 0, evidence: piloted('400,500,300,500,5,2026-08-01') },
      { name: 'the rule is younger than the data', value: 0, evidence: piloted('450,500,460,500,5,2026-09-02') },
      // 9 of 10 against 9 of 10 may hide a loss of 30 points: too few cases to say so.
      { name: 'ten cases can not show it', value: 0, evidence: piloted('9,10,9,10,5,2026-08-01') },
    ],
    passes: [
      { name: 'ninety percent became ninety-two, of five hundred', value: 1, evidence: piloted('450,500,460,500,5,2026-08-01') },
    ],
  },
}

function piloted(line: string) {
  return {
    pilot: exampleFile(
      'pilot',
      `measure,baseline_met,baseline_of,pilot_met,pilot_of,most_drop,rule_on,data_from\nseen,${line},2026-09-01\n`,
    ),
  }
}
