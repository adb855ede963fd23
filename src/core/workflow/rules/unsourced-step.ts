/** DB16: a future step that nothing of today explains. */
import { factOf, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule } from './survival-rule.ts'

export const unsourcedStep: SurvivalRule = {
  code: 'workflow/unsourced-step',
  db: 'DB16',
  title: 'A future step comes from nowhere',
  why: 'New work without a purpose that somebody can name is how forms multiply.',
  remedy: 'Trace it to the step it replaces, or record its purpose and whom it serves; otherwise drop it.',
  severity: 'info',
  metric: { name: 'work of the step', unit: 'minutes per case' },
  both: true,
  reads: [],
  levers: [{ practice: 'task-elimination', how: 'Drop it unless somebody names its purpose.' }],
  *find(side) {
    if (side.name !== 'future') return
    const open = new Set(side.trace.untraced.future)
    for (const { at, node } of stepsOf(side)) {
      if (!open.has(node.id)) continue
      const times = side.times.steps[at]
      const minutes = ((times?.touch ?? 0) * (times?.visits ?? 1)) / 60
      yield firing({
        subject: [node.id],
        metric: minutes,
        minutes,
        severity: minutes > side.policy['unsourced-step.touch'].value ? 'warning' : 'info',
        facts: [
          factOf('medium', node.medium, '', [node]),
          timeFact(side, 'work of the step', minutes, 'minutes per case'),
          thresholdFact(side, 'unsourced-step.touch'),
        ],
      })
    }
  },
}
