/** Item 26: what is done in one place is entered in the same place, or people write by hand first. */
import { isStep } from '../../../workflow/map/workflow.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

const words = { fixed: 'at a fixed place', mobile: 'on the move', remote: 'from afar' } as const

export const placeOfEntry: Criterion<'workflows'> = {
  code: 'readiness/place-of-entry',
  items: [26],
  phase: 'configuration',
  severity: 'warning',
  title: 'Work is entered elsewhere than it is done',
  why: '"Will clinicians use desktops, tablets, or voice recognition?" Where the device is not, the paper is.',
  remedy: 'Bring a device to the place of the work, or let the step be entered by who stands at one.',
  needs: ['workflows'],
  thresholds: { elsewhere: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const judged = given.value('workflows').flatMap((workflow) =>
      [...workflow.future.nodes.values()].flatMap((node) => {
        const act = node.documents === null ? undefined : workflow.future.nodes.get(node.documents)
        return act && isStep(node) && act.place !== null && node.place !== null ? [{ workflow, node, act }] : []
      }),
    )
    if (judged.length === 0) return nothingToJudge('No entry of a future workflow says where it and its act take place')
    const cells = judged
      .filter(({ node, act }) => node.place !== act.place)
      .map(
        ({ workflow, node, act }): Cell => ({
          name: `${act.label}: ${words[act.place ?? 'fixed']}, entered ${words[node.place ?? 'fixed']} (${workflow.id})`,
          route: `/workflow/${workflow.id}/compare?step=${node.id}`,
        }),
      )
    return atMost(
      thresholds.elsewhere ?? 0,
      judged.length,
      `${cells.length} of ${judged.length} entries are made elsewhere than the work`,
      cells,
    )
  },
}
