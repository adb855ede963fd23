/** Item 50: "if medication lists are not reconciled, an allergy alert may be missed"; all records, both directions. */
import { count } from '../../../review/result/result.ts'
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { allergyCodes } from '../../model/pairing-codes.ts'
import { comparedOf, nothingComparedOf, withheld } from '../shared/compared.ts'
import { findingCell, occurrences, openAmong } from '../shared/open-findings.ts'

/** Patients of whose allergies neither side says anything. */
const silent: ReadonlySet<string> = new Set(['not-recorded → not-recorded', 'not-recorded → patient lost'])

export const allergiesReconciled: Criterion<'pairing' | 'baseline'> = {
  code: 'readiness/allergies-reconciled',
  items: [50],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'Allergies were lost, altered or brought back',
  why: 'The next prescription is checked against what arrived. An allergy that did not arrive raises no alert.',
  remedy: 'Open the patients, correct the crosswalk, load again and run all checks.',
  needs: ['pairing', 'baseline'],
  counts: allergyCodes,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { pairing, findings } = given.value('pairing')
    if (pairing.patients === 0) return nothingToJudge('No patient was compared')
    const open = openAmong(findings, allergyCodes, given.value('baseline'), asOf)
    const value = occurrences(open)
    const entries = comparedOf(pairing, 'allergy')
    // A statement that somebody has none is an answer, too.
    const isStated = Object.keys(pairing.allergyStates).some((change) => !silent.has(change))
    if (value === 0 && !isStated && !entries) return nothingComparedOf('allergies', entries)
    const words = `${count(value)} allergy ${value === 1 ? 'difference' : 'differences'} among ${count(pairing.patients)} patients, all records compared`
    return withheld(atMost(thresholds.open ?? 0, pairing.patients, words, open.map(findingCell), value), findings, ['allergy'])
  },
}
