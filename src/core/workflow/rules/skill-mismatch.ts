/** DB22: the most qualified role does what a protocol could decide. */
import type { Node } from '../map/workflow.ts'
import { factOf, idsOf, roleName, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const skillMismatch: SurvivalRule = {
  code: 'workflow/skill-mismatch',
  db: 'DB22',
  title: 'Too high a licence for the work',
  why: 'It waits for the scarcest people although a protocol fits nearly every case: refills by protocol took 79 instead of 383 minutes (PRiMER 2023;7:31).',
  remedy: 'Delegate it by protocol; only what does not fit goes to the top licence.',
  severity: 'warning',
  metric: { name: 'work of the top licence', unit: 'minutes per case' },
  both: false,
  reads: ['protocolShare', 'minLicence'],
  levers: [
    { practice: 'empower', how: 'Let a lower licence decide by protocol.' },
    { practice: 'triage', how: 'Send only what does not fit the protocol to the top licence.' },
  ],
  *find(side) {
    const licences = [...side.view.graph.lanes.values()].flatMap((lane) => (lane.licence === null ? [] : [lane.licence]))
    const top = licences.length === 0 ? null : Math.max(...licences)
    const silent: Node[] = []
    const missing: string[] = []
    for (const { at, node } of stepsOf(side)) {
      if (node.type === 'wait' || node.lane === null) continue
      const licence = side.view.graph.lanes.get(node.lane)?.licence ?? null
      const open = node.protocolShare === null || node.protocolShare >= side.policy['skill-mismatch.protocol'].value - 1e-9
      if (!open || (licence !== null && licence !== top)) continue
      if (licence !== null && node.minLicence !== null && node.minLicence >= licence) continue
      if (licence === null || node.protocolShare === null) {
        silent.push(node)
        if (licence === null) missing.push(`licence of ${roleName(side, node.lane)}`)
        else missing.push(`share of cases that fit a protocol at “${node.label}”`)
        continue
      }
      const times = side.times.steps[at]
      const minutes = times?.touch === null || times === undefined ? null : (times.touch * (times.visits ?? 0)) / 60
      yield firing({
        subject: [node.id],
        metric: minutes ?? 0,
        minutes,
        missing: minutes === null ? [`working time of “${node.label}”`] : [],
        severity: 'warning',
        facts: [
          factOf('licence of the role', licence, 'the highest on this map', [node]),
          factOf('licence needed', node.minLicence, '', [node]),
          factOf('fits a protocol', node.protocolShare, 'share of cases', [node]),
          ...(minutes === null ? [] : [timeFact(side, 'work of the top licence', minutes, 'minutes per case')]),
          thresholdFact(side, 'skill-mismatch.protocol'),
        ],
      })
    }
    if (silent.length > 0) yield untold(idsOf(silent), [...new Set(missing)])
  },
}
