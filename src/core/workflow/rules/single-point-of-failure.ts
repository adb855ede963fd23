/** DB24: one person holds up most cases, and nobody stands in. */
import { startsOf } from '../map/graph.ts'
import { needsStaff } from '../times/times.ts'
import { shareReaching } from './reaching.ts'
import { factOf, idsOf, stepsOf, thresholdFact, timeFact, touchesSafety, unknownShares } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const singlePointOfFailure: SurvivalRule = {
  code: 'workflow/single-point-of-failure',
  db: 'DB24',
  title: 'One person, no substitute',
  why: 'When this person is ill or on leave, the cases wait for the return; nobody else knows how.',
  remedy: 'Name and train somebody who stands in.',
  severity: 'warning',
  metric: { name: 'share of cases that pass one person', unit: 'of all cases' },
  question: true,
  both: false,
  reads: [],
  levers: [
    { practice: 'specialist-generalist', how: 'Train a second person for these steps.' },
    { practice: 'flexible-assignment', how: 'Let another role take these items.' },
  ],
  *find(side) {
    const { view } = side
    const starts = startsOf(view.nodes, view.into)
    const source = new Map(starts.map((at) => [at, 1 / starts.length]))
    const unknown = unknownShares(
      side,
      view.nodes.map((_, at) => at),
    )
    for (const lane of [...view.graph.lanes.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const own = stepsOf(side).filter(({ node }) => node.lane === lane.id && needsStaff(node))
      if (own.length === 0 || lane.substitutes.length > 0) continue
      const subject = idsOf(own.map(({ node }) => node))
      const staff = side.times.staff.get(lane.id) ?? null
      if (staff === null) {
        yield untold(subject, [`staff of ${lane.label || lane.id}`], lane.id)
        continue
      }
      if (staff !== 1) continue
      const safe = own.some(({ node }) => touchesSafety(side, node))
      const share = shareReaching(side, source, new Set(own.map(({ at }) => at)))
      const most = side.policy['single-point-of-failure.share'].value
      if (share !== null && share < most - 1e-9 && !safe && unknown.length === 0) continue
      if (share === null || (unknown.length > 0 && !safe)) {
        yield untold(subject, share === null ? ['a way out of a loop'] : unknown, lane.id)
        continue
      }
      const nodes = own.map(({ node }) => node)
      yield firing({
        subject,
        lane: lane.id,
        metric: share,
        missing: unknown,
        severity: safe ? 'critical' : 'warning',
        facts: [
          factOf('people on shift', staff, 'people', nodes),
          factOf('substitutes', 'none named', '', nodes),
          timeFact(side, 'cases that pass', share, 'share of cases'),
          factOf('safety', safe, '', nodes),
          thresholdFact(side, 'single-point-of-failure.share'),
        ],
      })
    }
  },
}
