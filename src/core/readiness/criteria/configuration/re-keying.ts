/** Item 25: "entering the same patient data multiple times". */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted, isAccepted, stepCell } from '../shared/open-findings.ts'
import { nothingCompared, nothingComparedWords, staysInFuture } from '../shared/outcomes.ts'

export const reKeying: Criterion<'comparison' | 'baseline'> = {
  code: 'readiness/re-keying',
  items: [25],
  phase: 'configuration',
  severity: 'warning',
  title: 'The same data are still typed twice',
  why: 'Every second entry is minutes of a nurse and, by published counts, about 4 wrong values in 100.',
  remedy: 'Open the step and fill the value from where it was first entered: interface, auto-fill or device.',
  needs: ['comparison', 'baseline'],
  counts: ['workflow/re-keying'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    if (nothingCompared(given.value('comparison'))) return nothingToJudge(nothingComparedWords)
    const all = given
      .value('comparison')
      .findings.filter((each) => each.code === 'workflow/re-keying' && staysInFuture(each.outcome))
    const open = all.filter((each) => !isAccepted(each, given.value('baseline'), asOf))
    return atMost(
      thresholds.open ?? 0,
      all.length,
      `${counted(open.length, 'double entry', 'double entries')} in the future workflows`,
      open.map(stepCell),
    )
  },
}
