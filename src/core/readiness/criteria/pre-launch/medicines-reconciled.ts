/** Item 50: doses, units and the patient they belong to; all records. */
import { count } from '../../../review/result/result.ts'
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { medicineCodes } from '../../model/pairing-codes.ts'
import { withheld } from '../shared/compared.ts'
import { findingCell, occurrences, openAmong } from '../shared/open-findings.ts'

export const medicinesReconciled: Criterion<'pairing' | 'baseline'> = {
  code: 'readiness/medicines-reconciled',
  items: [50],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'Doses, units or patients changed on the way',
  why: 'A dose ten times too high, or a result on the wrong chart, harms the first patient who meets it.',
  remedy: 'Open the records, correct the crosswalk, load again and run all checks.',
  needs: ['pairing', 'baseline'],
  counts: medicineCodes,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { pairing, findings } = given.value('pairing')
    if (pairing.items === 0) return nothingToJudge('No entry was compared')
    const open = openAmong(findings, medicineCodes, given.value('baseline'), asOf)
    const value = occurrences(open)
    const words = `${count(value)} doses, units or patients wrong in ${count(pairing.items)} compared entries`
    return withheld(atMost(thresholds.open ?? 0, pairing.items, words, open.map(findingCell), value), findings, [
      'active-medication',
      'result',
    ])
  },
}
