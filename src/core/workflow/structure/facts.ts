/** Structural rules about what a step or gateway should say. They do not stop a simulation. */
import { isStep, type Node } from '../map/workflow.ts'
import { flaw, type StructureRule } from './structure-rule.ts'

/** One finding per step that lacks something. */
function perNode(
  view: { readonly nodes: readonly Node[] },
  lacks: (node: Node) => boolean,
  say: (node: Node) => string,
): ReturnType<typeof flaw>[] {
  return view.nodes.filter(lacks).map((node) => flaw([node.id], say(node)))
}

export const laneMissing: StructureRule = {
  code: 'workflow/structure-lane-missing',
  title: 'Nobody does this step',
  why: 'A step without a role has no queue and no one to ask.',
  remedy: 'Put it into the lane of the role that does it.',
  severity: 'error',
  blocks: false,
  *find(view) {
    yield* perNode(
      view,
      (node) => node.type === 'step' && (node.lane === null || !view.graph.lanes.has(node.lane)),
      (node) => `“${node.label}” stands in no lane.`,
    )
  },
}

export const mediumMissing: StructureRule = {
  code: 'workflow/structure-medium-missing',
  title: 'Nobody said on what this step is done',
  why: 'Paper or screen: without it no rule can tell whether a problem moved or went.',
  remedy: 'Choose the medium of the step.',
  severity: 'error',
  blocks: false,
  *find(view) {
    yield* perNode(
      view,
      (node) => node.type === 'step' && node.medium === null,
      (node) =>
        // A list of media is kept as it was read, but one step has one medium.
        Array.isArray(node.extra.medium) && node.extra.medium.length > 1
          ? `“${node.label}” has ${node.extra.medium.length} media: make one step of each.`
          : `“${node.label}” has no medium.`,
    )
  },
}

export const durationMissing: StructureRule = {
  code: 'workflow/structure-duration-missing',
  title: 'A step has no duration',
  why: 'It counts as taking no time, which flatters the lead time.',
  remedy: 'Give a working time, even a guess marked “assumed”.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    yield* perNode(
      view,
      (node) =>
        (node.type === 'step' && node.service === null) || (node.type === 'wait' && node.wait === null && node.service === null),
      (node) => `“${node.label}” has no duration.`,
    )
  },
}

export const labelMissing: StructureRule = {
  code: 'workflow/structure-label-missing',
  title: 'A step has no name',
  why: 'Nobody can check a step that is not named.',
  remedy: 'Name it with a verb and an object, such as “Sign refill form”.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    yield* perNode(
      view,
      (node) => isStep(node) && !/[\p{L}\p{N}]/u.test(node.label),
      (node) => `The step ${node.id} has no name.`,
    )
  },
}

export const answerMissing: StructureRule = {
  code: 'workflow/structure-answer-missing',
  title: 'A decision has an answer without words',
  why: 'Readers can not tell which way is which.',
  remedy: 'Write the answer on each way out of the decision.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    for (const [at, node] of view.nodes.entries()) {
      const flows = view.out[at] ?? []
      if (node.type !== 'decision' || flows.length < 2) continue
      const bare = flows.filter(({ edge }) => edge.label === '' && edge.condition === null && !edge.reject && !edge.exception)
      if (bare.length > 0)
        yield flaw(
          [node.id],
          `${bare.length} of ${flows.length} answers of “${node.label}” have no words.`,
          bare.map(({ edge }) => edge.id),
        )
    }
  },
}

export const laneEmpty: StructureRule = {
  code: 'workflow/structure-lane-empty',
  title: 'A lane holds no step',
  why: 'Either a step is missing or the role takes no part.',
  remedy: 'Draw what the role does, or remove the lane.',
  severity: 'warning',
  blocks: false,
  *find(view) {
    const used = new Set([...view.graph.nodes.values()].map((node) => node.lane))
    for (const lane of view.graph.lanes.values())
      if (!used.has(lane.id)) yield flaw([], `The lane “${lane.label}” holds no step.`)
  },
}
