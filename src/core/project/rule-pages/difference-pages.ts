/** Pages of the differences between two systems, and of what clinicians call wrong. */
import { differenceDecides } from '../../data/reconcile/compare/difference-codes.examples.ts'
import { pairWordings } from '../../data/reconcile/compare/difference-codes.ts'
import { reviewWordings } from '../../review/result/worklist.ts'
import type { RulePage } from './rule-page.ts'

export function differencePages(): readonly RulePage[] {
  return [
    ...pairWordings.map(
      (wording): RulePage => ({
        wording,
        wing: 'data',
        group: 'Differences between two systems',
        decides: differenceDecides[wording.code],
        facts: [['Looks at', 'a record of legacy beside its record in the target, through the field map']],
        limits: [],
        flags: [],
        passes: [],
        unshown: 'A difference needs both systems and a field map. The sample project shows differences under Reconcile.',
      }),
    ),
    ...reviewWordings.map(
      (wording): RulePage => ({
        wording,
        wing: 'data',
        group: 'Verdicts of clinicians',
        decides: 'A clinician reads both sides of a drawn record, calls a difference harmful or wrong, and gives this reason.',
        facts: [['Looks at', 'a drawn record, read by a clinician']],
        limits: [],
        flags: [],
        passes: [],
        unshown: 'A person decides. The sample project shows verdicts under Review records.',
      }),
    ),
  ]
}
