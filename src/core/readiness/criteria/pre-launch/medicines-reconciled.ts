/** Item 50: doses, units and the patient of medicines; all records. */
import { count } from '../../../review/result/result.ts'
import { atMost, type Criterion } from '../../model/criterion.ts'
import { medicineCodes } from '../../model/pairing-codes.ts'
import { comparedOf, isMedicine, nothingComparedOf, withheld } from '../shared/compared.ts'
import { findingCell, occurrences, openAmong } from '../shared/open-findings.ts'

export const medicinesReconciled: Criterion<'pairing' | 'baseline'> = {
  code: 'readiness/medicines-reconciled',
  items: [50],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'Doses, units or patients of medicines changed on the way',
  why: 'A dose ten times too high, or a medicine on the wrong chart, harms the first patient who meets it.',
  remedy: 'Open the records, correct the crosswalk, load again and run all checks.',
  needs: ['pairing', 'baseline'],
  counts: medicineCodes,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  sayable: {
    action: 'Say that it does not apply…',
    text: 'This line does not apply: neither system of this clinic holds medicines.',
  },
  compute(given, thresholds, asOf) {
    const { pairing, findings } = given.value('pairing')
    const open = openAmong(findings.filter(isMedicine), medicineCodes, given.value('baseline'), asOf)
    const value = occurrences(open)
    const entries = comparedOf(pairing, 'active-medication')
    if (value === 0 && !entries) {
      const held = findings.filter((finding) => isMedicine(finding) || finding.safety === 'active-medication')
      const none = nothingComparedOf('medicines', entries)
      // A side that holds medicines answers the question whether the line applies: nobody may say that it does not.
      return held.length === 0 ? none : { ...none, state: 'unknown', cells: held.map(findingCell) }
    }
    const among = entries === null ? 'the compared medicines' : `${count(entries)} compared medicines`
    const words = `${count(value)} doses, units or patients wrong in ${among}`
    return withheld(atMost(thresholds.open ?? 0, entries, words, open.map(findingCell), value), findings, ['active-medication'])
  },
}
