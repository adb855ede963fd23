/** Item 19: bottlenecks removed "rather than simply relocating them to another screen". */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted, isAccepted, stepCell } from '../shared/open-findings.ts'
import { nothingCompared, nothingComparedWords } from '../shared/outcomes.ts'

/** Outcomes of workflow.md §4 in which the hurt of today is still there tomorrow, elsewhere or on a screen. */
const moved: ReadonlySet<string> = new Set(['digitized', 'relocated'])

export const digitizedBottlenecks: Criterion<'comparison' | 'baseline'> = {
  code: 'readiness/digitized-bottlenecks',
  items: [19],
  phase: 'configuration',
  severity: 'error',
  title: 'A bottleneck moved to a screen and was not removed',
  why: 'The same wait in an inbox costs a licence more than the same wait in a tray, and patients wait as long.',
  remedy: 'Open the step: remove the approval, delegate it, or accept it with a reason, a name and an expiry.',
  needs: ['comparison', 'baseline'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    if (nothingCompared(given.value('comparison'))) return nothingToJudge(nothingComparedWords)
    const all = given.value('comparison').findings.filter((each) => each.outcome !== null && moved.has(each.outcome))
    const open = all.filter((each) => !isAccepted(each, given.value('baseline'), asOf))
    const words = `${counted(all.length, 'bottleneck')} moved, not removed (${open.length} open)`
    return atMost(thresholds.open ?? 0, all.length, words, open.map(stepCell))
  },
}
