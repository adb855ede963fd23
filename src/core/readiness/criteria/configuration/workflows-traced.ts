/** Item 18: the audit of the current workflow is finished only when every step has gone somewhere. */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'
import { stepCount, stepsWhere } from '../shared/steps.ts'

export const workflowsTraced: Criterion<'workflows'> = {
  code: 'readiness/workflows-traced',
  items: [18],
  phase: 'configuration',
  severity: 'error',
  title: 'Current steps lead nowhere',
  why: 'A step that nobody traced is a task that somebody will still have on Monday, without a place for it.',
  remedy: 'Open the step and trace it to its future step, or eliminate it with a reason.',
  needs: ['workflows'],
  thresholds: { untraced: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const workflows = given.value('workflows')
    const of = stepCount(workflows, 'current')
    if (of === 0) return nothingToJudge('No current step is drawn yet')
    const untraced = stepsWhere(workflows, 'current', (node, workflow) => {
      const links = [...workflow.trace.values()].filter((link) => !link.suggested && link.from.includes(node.id))
      return !links.some((link) => link.to.length > 0 || (link.reason ?? '').trim() !== '')
    })
    return atMost(thresholds.untraced ?? 0, of, `${counted(untraced.length, 'step')} of ${of} not traced`, untraced)
  },
}
