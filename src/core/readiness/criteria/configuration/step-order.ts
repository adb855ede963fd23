/** Item 24: steps that were carried over come in the order in which people do them; turned pairs are listed. */
import { flowOrder } from '../../../workflow/map/graph.ts'
import type { Workflow } from '../../../workflow/map/workflow.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const stepOrder: Criterion<'workflows'> = {
  code: 'readiness/step-order',
  items: [24],
  phase: 'configuration',
  severity: 'warning',
  title: 'Screens ask in another order than people work',
  why: '"Asking for the chief complaint after the history" makes people write on paper first and type later.',
  remedy: 'Turn the steps listed around in the future workflow, or show with the people who do them why the new order is better.',
  needs: ['workflows'],
  thresholds: { turned: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const workflows = given.value('workflows')
    const pairs = workflows.map((workflow) => ({ workflow, kept: keptInOrder(workflow) }))
    const of = pairs.reduce((sum, { kept }) => sum + (kept.length * (kept.length - 1)) / 2, 0)
    if (of === 0) return nothingToJudge('No workflow carries two steps over')
    const cells = pairs.flatMap(({ workflow, kept }) => turnedOf(workflow, kept))
    return atMost(thresholds.turned ?? 0, of, `${cells.length} of ${of} pairs of steps come in turned order`, cells)
  },
}

interface Kept {
  readonly from: string
  readonly to: string
  /** Place of the future step in its flow. */
  readonly at: number
}

/** Steps with exactly one step behind their link, in the order of the current workflow. */
function keptInOrder({ current, future, trace }: Workflow): readonly Kept[] {
  const places = new Map(flowOrder(future).map((node, index) => [node.id, index]))
  const links = [...trace.values()].filter((link) => link.from.length === 1 && link.to.length === 1)
  const toOf = new Map(links.map((link) => [link.from[0], link.to[0]]))
  return flowOrder(current).flatMap((node) => {
    const to = toOf.get(node.id)
    const at = to === undefined ? undefined : places.get(to)
    return to === undefined || at === undefined ? [] : [{ from: node.id, to, at }]
  })
}

function turnedOf(workflow: Workflow, kept: readonly Kept[]): readonly Cell[] {
  const label = (id: string): string => workflow.future.nodes.get(id)?.label ?? id
  return kept.flatMap((first, index) =>
    kept
      .slice(index + 1)
      .filter((second) => second.at < first.at)
      .map((second) => ({
        name: `${label(second.to)} now comes before ${label(first.to)} (${workflow.id})`,
        route: `/workflow/${workflow.id}/compare?step=${second.to}`,
      })),
  )
}
