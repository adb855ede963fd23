/** Item 17: "14 clicks to record a single set of vitals". */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'
import { stepsWhere } from '../shared/steps.ts'

export const clickBudget: Criterion<'workflows'> = {
  code: 'readiness/click-budget',
  items: [17],
  phase: 'discovery',
  severity: 'warning',
  title: 'A future step takes more clicks than agreed',
  why: 'Clicks are minutes at the bedside; a step over budget is written on paper first and typed later.',
  remedy:
    'Open the step and shorten it with presets, an order set or a device link, or agree another budget before the next test.',
  needs: ['workflows'],
  thresholds: { clicks: 13 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const workflows = given.value('workflows')
    const budget = thresholds.clicks ?? 13
    const timed = stepsWhere(workflows, 'future', (node) => node.clicks !== null)
    if (timed.length === 0) return nothingToJudge('No future step has its clicks counted')
    const over = stepsWhere(workflows, 'future', (node) => node.clicks !== null && node.clicks > budget)
    const words = `${counted(over.length, 'future step')} over ${budget} clicks, of ${timed.length} counted`
    return { ...atMost(0, timed.length, words, over), threshold: budget }
  },
}
