/** Item 50: values, units and the patient of whatever is no medicine, results first of all; all records. */
import { count } from '../../../review/result/result.ts'
import { atMost, type Criterion } from '../../model/criterion.ts'
import { medicineCodes } from '../../model/pairing-codes.ts'
import { comparedOf, isMedicine, nothingComparedOf, withheld } from '../shared/compared.ts'
import { findingCell, occurrences, openAmong } from '../shared/open-findings.ts'

export const entriesReconciled: Criterion<'pairing' | 'baseline'> = {
  code: 'readiness/entries-reconciled',
  items: [50],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'Values, units or patients of other entries changed on the way',
  why: 'A result in another unit, or on the wrong chart, is read as true by the first person who meets it.',
  remedy: 'Open the records, correct the crosswalk, load again and run all checks.',
  needs: ['pairing', 'baseline'],
  counts: medicineCodes,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { pairing, findings } = given.value('pairing')
    const others = findings.filter((finding) => !isMedicine(finding))
    const open = openAmong(others, medicineCodes, given.value('baseline'), asOf)
    const value = occurrences(open)
    const entries = pairing.items - (comparedOf(pairing, 'active-medication') ?? 0)
    if (value === 0 && entries === 0) return nothingComparedOf('entries', entries)
    const words = `${count(value)} values, units or patients wrong in ${count(entries)} compared entries`
    return withheld(atMost(thresholds.open ?? 0, entries, words, open.map(findingCell), value), findings, ['result'])
  },
}
