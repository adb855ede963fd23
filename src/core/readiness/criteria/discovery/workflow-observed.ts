/** Item 11: the current workflow was seen or logged, not remembered. */
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { stepCount, stepsWhere } from '../shared/steps.ts'

export const workflowObserved: Criterion<'workflows'> = {
  code: 'readiness/workflow-observed',
  items: [11],
  phase: 'discovery',
  severity: 'error',
  title: 'Too few current steps were observed',
  why: 'A workflow told in a meeting leaves out the detours; the new system is then built for work nobody does.',
  remedy: 'Watch the steps listed over several shifts, or import an event log, and note the evidence on each step.',
  needs: ['workflows'],
  thresholds: { leastPercent: 60 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const workflows = given.value('workflows')
    const of = stepCount(workflows, 'current')
    if (of === 0) return nothingToJudge('No current step is drawn yet')
    const unseen = stepsWhere(
      workflows,
      'current',
      (node) => node.evidence?.level !== 'log' && node.evidence?.level !== 'observed',
    )
    const value = of - unseen.length
    const least = thresholds.leastPercent ?? 60
    const words = `${value} of ${of} current steps observed or logged`
    return { state: value * 100 >= least * of ? 'proven' : 'failed', value, of, threshold: least, words, cells: unseen }
  },
}
