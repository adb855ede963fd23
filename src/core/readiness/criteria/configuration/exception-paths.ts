/** Item 27: "What will happen during exceptions or downtime?" */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const exceptionPaths: Criterion<'workflows'> = {
  code: 'readiness/exception-paths',
  items: [27],
  phase: 'configuration',
  severity: 'warning',
  title: 'A future workflow has no way for exceptions',
  why: 'When the system is down or the answer is no, people invent a way; the invented one is not in the chart.',
  remedy: 'Draw what happens when it fails: an exception flow, a time limit with escalation, or a step of kind exception.',
  needs: ['workflows'],
  thresholds: { without: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const drawn = given.value('workflows').filter((each) => each.future.nodes.size > 0)
    if (drawn.length === 0) return nothingToJudge('No future workflow is drawn yet')
    const without = drawn.filter(
      ({ future }) =>
        ![...future.edges.values()].some((edge) => edge.exception || edge.timeout !== null) &&
        ![...future.nodes.values()].some((node) => node.kind === 'exception'),
    )
    const cells = without.map(({ id }) => ({ name: id, route: `/workflow/${id}/compare` }))
    const words = `${counted(drawn.length - without.length, 'future workflow')} of ${drawn.length} with a way for exceptions`
    return atMost(thresholds.without ?? 0, drawn.length, words, cells)
  },
}
