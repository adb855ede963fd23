/** Pages of the differences between two systems, and of what clinicians call wrong. */
import { pairWordings } from '../../data/reconcile/compare/difference-codes.ts'
import { differenceExamples } from '../../data/reconcile/examples/every-example.ts'
import { reviewWordings } from '../../review/result/worklist.ts'
import { examplesBy, type RulePage, shownAs } from './rule-page.ts'

export function differencePages(): readonly RulePage[] {
  const known = examplesBy(differenceExamples)
  return [
    ...pairWordings.map((wording): RulePage => {
      const { decides = '', flags = [], passes = [] } = known.get(wording.code) ?? {}
      return {
        wording,
        wing: 'data',
        group: 'Differences between two systems',
        decides,
        facts: [['Looks at', 'a record of legacy beside its record in the target, through the field map']],
        limits: [],
        flags: shownAs('pair', flags),
        passes: shownAs('pair', passes),
        unshown: null,
      }
    }),
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
