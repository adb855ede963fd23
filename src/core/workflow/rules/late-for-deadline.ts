/** DB28: cases wait longer for a role than it promised. */
import { needsStaff } from '../times/times.ts'
import { arrivalFact, idsOf, roleName, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule } from './survival-rule.ts'

export const lateForDeadline: SurvivalRule = {
  code: 'workflow/late-for-deadline',
  db: 'DB28',
  title: 'Cases wait longer than was agreed',
  why: 'A deadline that is missed again and again is no deadline: people stop trusting it and ask by phone.',
  remedy: 'Serve the late ones first, add hours where they gather, or agree on a deadline that can be kept.',
  severity: 'warning',
  metric: { name: 'share of cases served too late', unit: 'of all cases' },
  both: false,
  reads: [],
  levers: [
    { practice: 'triage', how: 'Serve first what is due first.' },
    { practice: 'extra-resources', how: 'Add hours where late cases gather.' },
  ],
  *find(side) {
    for (const lane of side.view.graph.lanes.values()) {
      const role = side.times.roles.get(lane.id)
      if (role === undefined || !('load' in role) || role.late === null) continue
      if (role.late <= side.policy['late-for-deadline.share'].value + 1e-9) continue
      const nodes = stepsOf(side).flatMap(({ node }) => (node.lane === lane.id && needsStaff(node) ? [node] : []))
      const finite = Number.isFinite(role.wait)
      yield firing({
        subject: idsOf(nodes),
        lane: lane.id,
        metric: role.late,
        minutes: finite ? role.wait / 60 : null,
        severity: 'warning',
        facts: [
          timeFact(side, `served too late by ${roleName(side, lane.id)}`, role.late, 'share of cases'),
          timeFact(side, 'agreed', (lane.sla ?? 0) / 60, 'minutes'),
          ...(finite ? [timeFact(side, 'mean wait', role.wait / 60, 'minutes')] : []),
          ...arrivalFact(side),
          thresholdFact(side, 'late-for-deadline.share'),
        ],
      })
    }
  },
}
