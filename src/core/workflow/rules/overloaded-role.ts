/** DB06: a role is asked for more than its hours can carry. */
import { behindEndless, staffedBy } from './endless.ts'
import { arrivalFact, idsOf, roleName, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const overloadedRole: SurvivalRule = {
  code: 'workflow/overloaded-role',
  db: 'DB06',
  title: 'A role is overloaded',
  why: 'Near full load a small surge makes everybody wait for hours; above it the queue never ends.',
  remedy: 'Add staff at the peak, let another role stand in, or sort what does not need this role.',
  severity: 'warning',
  metric: { name: 'mean wait for the role', unit: 'minutes', queues: true },
  both: false,
  reads: [],
  levers: [
    { practice: 'extra-resources', how: 'Add staff at the peak.' },
    { practice: 'flexible-assignment', how: 'Let another role stand in.' },
    { practice: 'triage', how: 'Sort out what does not need this role.' },
  ],
  *find(side) {
    for (const lane of side.view.graph.lanes.values()) {
      const role = side.times.roles.get(lane.id)
      const subject = idsOf(staffedBy(side, lane.id))
      if (role === undefined) continue
      if (!('load' in role)) {
        yield untold(subject, role, lane.id)
        continue
      }
      const behind = behindEndless(side, lane.id)
      if (behind !== null && Number.isFinite(role.wait)) {
        yield untold(subject, [behind], lane.id)
        continue
      }
      const severe = side.policy['overloaded-role.severe'].value
      const calm = role.wait <= role.service / 2
      yield firing({
        subject,
        lane: lane.id,
        // A wait below this load has other causes: hours that do not meet, rounds, arrivals in groups.
        faint: !(role.load > side.policy['overloaded-role.busy'].value + 1e-9),
        metric: role.wait / 60,
        series: role.series ? role.series.map((seconds) => seconds / 60) : null,
        load: role.load,
        minutes: Number.isFinite(role.wait) ? role.wait / 60 : null,
        severity: role.load >= 1 ? 'critical' : role.load >= severe - 1e-9 ? 'error' : calm ? 'info' : 'warning',
        facts: [
          timeFact(side, `${roleName(side, lane.id)} is asked for`, role.load, 'share of hours'),
          ...(Number.isFinite(role.wait) ? [timeFact(side, 'mean wait', role.wait / 60, 'minutes')] : []),
          timeFact(side, 'mean working time', role.service / 60, 'minutes'),
          ...arrivalFact(side),
          thresholdFact(side, 'overloaded-role.busy'),
        ],
      })
    }
  },
}
