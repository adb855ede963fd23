/** Item 2, "This checklist is your failure point registry": what is known to be wrong is gone or accepted by name, until a day. */
import { isAssignment } from '../../../data/baseline/acceptance.ts'
import { atMost, type Criterion, nothingYet } from '../../model/criterion.ts'
import { counted, whyNotAccepted } from '../shared/open-findings.ts'

export const findingsAccepted: Criterion<'validation' | 'baseline'> = {
  code: 'readiness/findings-accepted',
  items: [2],
  phase: 'pre-launch',
  severity: 'error',
  title: 'An acceptance of a finding no longer counts',
  why: 'A risk that nobody owns any more is a risk that nobody took.',
  remedy: 'Open the finding: mend it, or accept it again with reason, name and expiry.',
  needs: ['validation', 'baseline'],
  thresholds: { void: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    // Who is to mend a finding accepted nothing: it stays open.
    const baseline = given.value('baseline').filter((each) => !isAssignment(each))
    if (baseline.length === 0) return nothingYet('No finding is accepted: there is nothing to prove')
    const cells = baseline.flatMap((each) => {
      const why = whyNotAccepted(each, asOf)
      return why === null
        ? []
        : [{ name: `${each.by === '' ? 'somebody' : each.by}: ${why}`, route: `/data/findings/${each.fingerprint}` }]
    })
    const words = `${counted(baseline.length - cells.length, 'accepted finding')} of ${baseline.length} with reason, name and expiry`
    return atMost(thresholds.void ?? 0, baseline.length, words, cells)
  },
}
