/** DB17: a step interrupts so often, or so rarely with reason, that its alerts are clicked away. */
import { classOf } from '../map/workflow.ts'
import { factOf, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const alertFatigue: SurvivalRule = {
  code: 'workflow/alert-fatigue',
  db: 'DB17',
  title: 'Alerts that are clicked away',
  why: 'Of the alerts in an emergency department 92.9 % were overridden and 7.3 % were appropriate (JMIR Med Inform 2022 e40511): the one that matters drowns.',
  remedy: 'Show only alerts that somebody acts on; tier the others, and tailor them by role.',
  severity: 'error',
  metric: { name: 'interrupting alerts', unit: 'per case' },
  both: false,
  reads: ['alerts'],
  levers: [
    { practice: 'triage', how: 'Tier alerts: interrupt only for what harms.' },
    { practice: 'task-elimination', how: 'Switch off alerts that nobody acts on.' },
  ],
  *find(side) {
    for (const { node } of stepsOf(side)) {
      if (node.type === 'wait' || node.medium === null || classOf(node.medium) !== 'screen') continue
      if (node.alerts === null) {
        yield untold([node.id], [`alerts at “${node.label}”`])
        continue
      }
      const { perCase, override, appropriate } = node.alerts
      if (perCase === 0) continue
      const reasons = reasonsOf(side, perCase, override, appropriate)
      if (reasons.length === 0) {
        const missing = [
          ...(override === null ? [`share of alerts overridden at “${node.label}”`] : []),
          ...(appropriate === null ? [`share of alerts that are appropriate at “${node.label}”`] : []),
        ]
        if (missing.length > 0) yield untold([node.id], missing)
        continue
      }
      yield firing({
        subject: [node.id],
        metric: perCase,
        severity: 'error',
        facts: [
          factOf('alerts', perCase, 'per case', [node]),
          factOf('overridden', override, 'share of alerts', [node]),
          factOf('appropriate', appropriate, 'share of alerts', [node]),
          ...reasons.map((reason) => factOf('reason', reason, '', [node])),
          timeFact(side, 'alerts per week', perCase * (side.times.casesPerWeek ?? 0), 'alerts'),
          thresholdFact(side, 'alert-fatigue.alerts'),
          thresholdFact(side, 'alert-fatigue.override'),
          thresholdFact(side, 'alert-fatigue.appropriate'),
        ],
      })
    }
  },
}

function reasonsOf(side: Side, perCase: number, override: number | null, appropriate: number | null): readonly string[] {
  const reasons: string[] = []
  if (perCase > side.policy['alert-fatigue.alerts'].value) reasons.push('more than one interruption per case')
  if (override !== null && override > side.policy['alert-fatigue.override'].value) reasons.push('nearly all are overridden')
  if (appropriate !== null && appropriate < side.policy['alert-fatigue.appropriate'].value)
    reasons.push('hardly any is appropriate')
  return reasons
}
