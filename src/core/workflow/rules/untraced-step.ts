/** DB15: a current step that goes nowhere. Silence is not a trace. */
import { factOf, stepsOf, timeFact } from './side.ts'
import { firing, type SurvivalRule } from './survival-rule.ts'

export const untracedStep: SurvivalRule = {
  code: 'workflow/untraced-step',
  db: 'DB15',
  title: 'A step of today goes nowhere',
  why: 'Nobody has said what becomes of it: steps that vanish by oversight are missed on the first day.',
  remedy: 'Trace it to a future step, or eliminate it with a reason and your name.',
  severity: 'warning',
  metric: { name: 'work of the step', unit: 'minutes per case' },
  both: true,
  reads: [],
  levers: [],
  *find(side) {
    if (side.name !== 'current') return
    const open = new Set(side.trace.untraced.current)
    for (const { at, node } of stepsOf(side)) {
      if (!open.has(node.id)) continue
      const times = side.times.steps[at]
      const minutes = ((times?.touch ?? 0) * (times?.visits ?? 1)) / 60
      yield firing({
        subject: [node.id],
        metric: minutes,
        minutes,
        severity: node.safety ? 'critical' : node.kind === 'check' || node.kind === 'notify' ? 'error' : 'warning',
        missing: [`what becomes of “${node.label}”`],
        facts: [factOf('kind', node.kind, '', [node]), timeFact(side, 'work of the step', minutes, 'minutes per case')],
      })
    }
  },
}
