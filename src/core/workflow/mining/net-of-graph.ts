/** The net of a drawn map: flows are places, nodes are transitions. Several flows out of a step are a choice, as everywhere in a map. */
import { compareText } from '../../finding.ts'
import { type Flow, viewOf } from '../map/graph.ts'
import { type Graph, isStep, type Node } from '../map/workflow.ts'
import type { Alignment } from './align.ts'
import { joinedSilent, type Net, type Transition, transitionOf } from './net.ts'

/** More ways out of an inclusive gateway than this would make more combinations than anybody drew. */
const mostInclusive = 8

export interface GraphNet extends Net {
  /** Flows that each transition, before silent ones were joined, goes out by. */
  readonly flows: readonly (readonly string[])[]
}

/** `labelOf` gives the name under which a step appears in the log; null where no log can show it. */
export function netOfGraph(graph: Graph, labelOf: (node: Node) => string | null): GraphNet {
  const view = viewOf(graph)
  const notes: string[] = []
  const labels = new Map<string, number>()
  const transitions: Transition[] = []
  let places = 2
  const placeOf = new Map<string, number>()
  for (const flow of view.out.flat()) placeOf.set(flow.edge.id, places++)
  const [source, sink] = [0, 1]
  const at = (flow: Flow): number => placeOf.get(flow.edge.id) ?? sink
  const silent = (take: readonly number[], give: readonly number[]): void => {
    transitions.push(transitionOf(transitions.length, -1, null, take, give))
  }
  for (const [index, node] of view.nodes.entries()) {
    const into = (view.into[index] ?? []).map(at)
    const out = (view.out[index] ?? []).map(at)
    if (node.type === 'start') {
      const begin = places++
      silent([source], [begin])
      for (const place of into) silent([place], [begin])
      if (out.length === 0) silent([begin], [sink])
      for (const place of out) silent([begin], [place])
    } else if (node.type === 'end') for (const place of into) silent([place], [sink])
    else if (isStep(node)) {
      const name = labelOf(node)
      const label = name === null ? -1 : (labels.get(name) ?? labels.size)
      if (name !== null) labels.set(name, label)
      const [before, after] = [places++, places++]
      transitions.push(transitionOf(transitions.length, label, name === null ? null : node.id, [before], [after]))
      // A step nothing leads to begins cases; one that leads nowhere ends them.
      for (const place of into.length > 0 ? into : [source]) silent([place], [before])
      for (const place of out.length > 0 ? out : [sink]) silent([after], [place])
    } else if (node.type === 'parallel') {
      if (into.length > 0) silent(into, out.length > 0 ? out : [sink])
    } else if (node.type === 'inclusive' && out.length > 1) inclusive(node, into, out, silent, notes)
    else if (node.type === 'inclusive' && into.length > 1) {
      const join = places++
      for (const subset of subsetsOf(into, mostInclusive, notes, node)) silent(subset, [join])
      for (const place of out.length > 0 ? out : [sink]) silent([join], [place])
    } else {
      const middle = places++
      for (const place of into.length > 0 ? into : [source]) silent([place], [middle])
      for (const place of out.length > 0 ? out : [sink]) silent([middle], [place])
    }
  }
  const edgeOf = new Map([...placeOf].map(([edge, place]) => [place, edge]))
  const flows = transitions.map(({ give }) => give.flatMap((place) => edgeOf.get(place) ?? []))
  const net = joinedSilent({
    places,
    transitions,
    labels: [...labels.keys()],
    source,
    sink,
    notes: [...new Set(notes)].sort(compareText),
  })
  return { ...net, flows }
}

/** How often each flow was taken by these cases, by the id of the flow. `counts` stand beside `alignments`. */
export function flowCounts(
  net: GraphNet,
  alignments: readonly Alignment[],
  counts: readonly number[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [index, alignment] of alignments.entries()) {
    if (alignment.kind !== 'optimal') continue
    for (const move of alignment.moves) {
      if (move.kind === 'log') continue
      for (const part of net.transitions[move.transition]?.parts ?? [])
        for (const edge of net.flows[part] ?? []) found.set(edge, (found.get(edge) ?? 0) + (counts[index] ?? 0))
    }
  }
  return found
}

function inclusive(
  node: Node,
  into: readonly number[],
  out: readonly number[],
  silent: (take: readonly number[], give: readonly number[]) => void,
  notes: string[],
): void {
  for (const place of into) for (const subset of subsetsOf(out, mostInclusive, notes, node)) silent([place], subset)
}

/** Every choice of at least one. */
function subsetsOf(list: readonly number[], most: number, notes: string[], node: Node): readonly (readonly number[])[] {
  notes.push(
    `The inclusive gateway “${node.label || node.id}” may go any of its ways together and may join any of them; cases that join too early are not noticed.`,
  )
  const taken = list.slice(0, most)
  return Array.from({ length: 2 ** taken.length - 1 }, (_, bits) => taken.filter((_, index) => ((bits + 1) >> index) & 1))
}
