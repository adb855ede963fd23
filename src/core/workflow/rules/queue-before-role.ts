/** DB29: cases wait longer for a role than it works on them, overloaded or not. */
import { behindEndless, staffedBy } from './endless.ts'
import { arrivalFact, idsOf, roleName, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const queueBeforeRole: SurvivalRule = {
  code: 'workflow/queue-before-role',
  db: 'DB29',
  title: 'Cases queue for a role',
  why: 'Most of the time with the role is waiting: cases come when it is busy or away.',
  remedy: 'Spread the arrivals, let another role help at the peak, or bring the hours to where the cases come.',
  severity: 'warning',
  metric: { name: 'mean wait for the role', unit: 'minutes', queues: true },
  both: false,
  reads: [],
  levers: [
    { practice: 'flexible-assignment', how: 'Let another role help at the peak.' },
    { practice: 'triage', how: 'Sort out what does not need this role.' },
  ],
  *find(side) {
    for (const lane of side.view.graph.lanes.values()) {
      const role = side.times.roles.get(lane.id)
      if (role === undefined || !('load' in role)) continue
      const { load, wait, service } = role
      const subject = idsOf(staffedBy(side, lane.id))
      const behind = behindEndless(side, lane.id)
      if (behind !== null && Number.isFinite(wait)) {
        yield untold(subject, [behind], lane.id)
        continue
      }
      const least = side.policy['moved-queue.load'].value
      const finite = Number.isFinite(wait)
      yield firing({
        subject,
        lane: lane.id,
        faint: load < least || wait <= service,
        metric: wait / 60,
        series: role.series ? role.series.map((seconds) => seconds / 60) : null,
        load,
        minutes: finite ? wait / 60 : null,
        severity: 'warning',
        facts: [
          ...(finite ? [timeFact(side, 'mean wait', wait / 60, 'minutes')] : []),
          timeFact(side, 'mean working time', service / 60, 'minutes'),
          timeFact(side, `${roleName(side, lane.id)} is asked for`, load, 'share of hours'),
          ...arrivalFact(side),
          thresholdFact(side, 'moved-queue.load'),
        ],
      })
    }
  },
}
