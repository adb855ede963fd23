/** Structural errors of flow: a case could not begin, go on or end. */
import { isLoop, startsOf, type View } from '../map/graph.ts'
import { flaw, type StructureRule } from './structure-rule.ts'

export const noStart: StructureRule = {
  code: 'workflow/structure-no-start',
  title: 'The map has no start',
  why: 'Without a start nobody knows where cases arrive, and nothing can be simulated.',
  remedy: 'Add a start and connect it with the first step.',
  severity: 'error',
  blocks: true,
  *find(view) {
    if (view.nodes.length > 0 && startsOf(view.nodes, view.into).length === 0) yield flaw([], 'No step of this map is a start.')
    else if (view.nodes.length > 0 && !view.nodes.some((node) => node.type === 'start'))
      yield flaw([], 'This map has no start event.')
  },
}

export const noEnd: StructureRule = {
  code: 'workflow/structure-no-end',
  title: 'The map has no end',
  why: 'Without an end no lead time can be told.',
  remedy: 'Add an end and connect the last steps with it.',
  severity: 'error',
  blocks: true,
  *find(view) {
    if (view.nodes.length > 0 && !view.nodes.some((node) => node.type === 'end')) yield flaw([], 'This map has no end event.')
  },
}

export const unreachable: StructureRule = {
  code: 'workflow/structure-unreachable',
  title: 'A step can not be reached',
  why: 'No case ever gets there, so its time and its problems count for nothing.',
  remedy: 'Connect it with the step before it, or remove it.',
  severity: 'error',
  blocks: true,
  *find(view) {
    const starts = startsOf(view.nodes, view.into)
    for (const [at, node] of view.nodes.entries())
      if (!starts.includes(at) && !starts.some((start) => view.reaches(start, at)))
        yield flaw([node.id], `“${node.label}” can not be reached from a start.`)
  },
}

export const noWayOut: StructureRule = {
  code: 'workflow/structure-no-way-to-end',
  title: 'A step has no way to an end',
  why: 'Cases that get there never finish.',
  remedy: 'Connect it with the next step or with an end.',
  severity: 'error',
  blocks: true,
  *find(view) {
    const ends = view.nodes.flatMap((node, at) => (node.type === 'end' ? [at] : []))
    if (ends.length === 0) return
    for (const [at, node] of view.nodes.entries())
      if (node.type !== 'end' && !ends.some((end) => view.reaches(at, end)))
        yield flaw([node.id], `From “${node.label}” there is no way to an end.`)
  },
}

export const danglingFlow: StructureRule = {
  code: 'workflow/structure-dangling-flow',
  title: 'A flow begins or ends at nothing',
  why: 'Cases that take it are lost.',
  remedy: 'Connect both its ends, or remove it.',
  severity: 'error',
  blocks: true,
  *find(view) {
    const { nodes, edges } = view.graph
    for (const edge of edges.values())
      if (!nodes.has(edge.from) || !nodes.has(edge.to))
        yield flaw([], `The flow ${edge.id} begins at “${edge.from}” and ends at “${edge.to}”; one of them does not exist.`, [
          edge.id,
        ])
  },
}

export const splitShares: StructureRule = {
  code: 'workflow/structure-split-shares',
  title: 'The shares of a split do not add up',
  why: 'Cases would vanish or double: every estimate behind the split is wrong.',
  remedy: 'Give shares that add up to 100 %, or leave one open for the rest.',
  severity: 'error',
  blocks: true,
  *find(view) {
    for (const [at, node] of view.nodes.entries()) {
      const flows = view.out[at] ?? []
      if (node.type === 'parallel' || node.type === 'inclusive' || flows.length === 0) continue
      const sum = flows.reduce((all, flow) => all + flow.share, 0)
      if (Math.abs(sum - 1) > 1e-6)
        yield flaw(
          [node.id],
          `The ways out of “${node.label}” add up to ${Math.round(sum * 1000) / 10} % of the cases.`,
          flows.map((flow) => flow.edge.id),
        )
    }
  },
}

export const loopWithoutExit: StructureRule = {
  code: 'workflow/structure-loop-without-exit',
  title: 'A loop has no exit',
  why: 'All cases go round for ever.',
  remedy: 'Give the loop a way out that some cases take.',
  severity: 'error',
  blocks: true,
  *find(view) {
    for (const [index, group] of view.groups.entries())
      if (isLoop(view, group) && !leaves(view, group, index))
        yield flaw(
          group.flatMap((at) => view.nodes[at]?.id ?? []),
          `Nothing ever leaves the loop of ${group.map((at) => `“${view.nodes[at]?.label ?? ''}”`).join(', ')}.`,
        )
  },
}

function leaves(view: View, group: readonly number[], index: number): boolean {
  return group.some((at) => (view.out[at] ?? []).some((flow) => view.groupOf[flow.to] !== index && flow.share > 0))
}
