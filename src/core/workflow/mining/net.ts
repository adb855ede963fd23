/** Workflow nets: what a process allows, as places and transitions, for replay and alignment. */
import { childrenOf, type ProcessTree } from './process-tree.ts'

export interface Transition {
  /** Index in `labels`; -1 for a silent one. */
  readonly label: number
  /** The step of the map that it stands for; null where it is only a way. */
  readonly step: string | null
  readonly take: readonly number[]
  readonly give: readonly number[]
  /** Transitions before silent ones were joined, by number: each fires when this one does. */
  readonly parts: readonly number[]
}

/** A transition of its own, before any are joined. */
export function transitionOf(
  number: number,
  label: number,
  step: string | null,
  take: readonly number[],
  give: readonly number[],
): Transition {
  return { label, step, take, give, parts: [number] }
}

export interface Net {
  readonly places: number
  readonly transitions: readonly Transition[]
  readonly labels: readonly string[]
  readonly source: number
  readonly sink: number
  /** Parts that were drawn in a way that a net can not say, in words. */
  readonly notes: readonly string[]
}

/** The net of a tree; `labelOf` names activities by number. Series of silent transitions are joined, which changes no behaviour. */
export function netOfTree(tree: ProcessTree, labelOf: (activity: number) => string): Net {
  let places = 2
  const transitions: Transition[] = []
  const labels = new Map<string, number>()
  const place = (): number => places++
  const silently = (take: readonly number[], give: readonly number[]): void => {
    transitions.push(transitionOf(transitions.length, -1, null, take, give))
  }
  const build = (node: ProcessTree, from: number, to: number): void => {
    switch (node.kind) {
      case 'silent':
        silently([from], [to])
        break
      case 'activity': {
        const name = labelOf(node.activity)
        const label = labels.get(name) ?? labels.size
        labels.set(name, label)
        transitions.push(transitionOf(transitions.length, label, name, [from], [to]))
        break
      }
      case 'choice':
        for (const child of node.children) build(child, from, to)
        break
      case 'sequence': {
        let at = from
        for (const [index, child] of node.children.entries()) {
          const next = index === node.children.length - 1 ? to : place()
          build(child, at, next)
          at = next
        }
        break
      }
      case 'parallel': {
        const begins = node.children.map(place)
        const ends = node.children.map(place)
        silently([from], begins)
        for (const [index, child] of node.children.entries()) build(child, begins[index] ?? from, ends[index] ?? to)
        silently(ends, [to])
        break
      }
      case 'loop': {
        const [begin, end] = [place(), place()]
        silently([from], [begin])
        const [body, redo] = childrenOf(node)
        if (body) build(body, begin, end)
        if (redo) build(redo, end, begin)
        silently([end], [to])
        break
      }
    }
  }
  build(tree, 0, 1)
  return joinedSilent({ places, transitions, labels: [...labels.keys()], source: 0, sink: 1, notes: [] })
}

/** Fusion of series transitions (Murata 1989): a silent one that only passes on what one neighbour made, or what one neighbour waits for. */
export function joinedSilent(net: Net): Net {
  const transitions: (Transition | null)[] = [...net.transitions]
  const keeps = new Set([net.source, net.sink])
  for (let changed = true; changed; ) {
    changed = false
    for (let i = 0; i < transitions.length; i++) {
      const one = transitions[i]
      if (!one || one.label >= 0) continue
      const [only] = one.take
      const maker =
        one.take.length === 1 && only !== undefined && !keeps.has(only) ? soleNeighbour(transitions, only, i, 'give', 'take') : -1
      if (maker >= 0 && maker !== i) {
        const before = transitions[maker] as Transition
        transitions[maker] = {
          ...before,
          give: [...before.give.filter((p) => p !== only), ...one.give],
          parts: [...before.parts, ...one.parts],
        }
      } else {
        const [out] = one.give
        const taker =
          one.give.length === 1 && out !== undefined && !keeps.has(out) ? soleNeighbour(transitions, out, i, 'take', 'give') : -1
        if (taker < 0 || taker === i) continue
        const after = transitions[taker] as Transition
        transitions[taker] = {
          ...after,
          take: [...after.take.filter((p) => p !== out), ...one.take],
          parts: [...one.parts, ...after.parts],
        }
      }
      transitions[i] = null
      changed = true
    }
  }
  return { ...net, transitions: transitions.filter((one): one is Transition => one !== null) }
}

/** The only transition on the other side of a place whose near side only `self` touches; -1 where there are others. */
function soleNeighbour(
  transitions: readonly (Transition | null)[],
  place: number,
  self: number,
  far: 'take' | 'give',
  near: 'take' | 'give',
): number {
  let found = -1
  for (const [index, one] of transitions.entries()) {
    if (!one) continue
    if (one[near].includes(place) && index !== self) return -1
    if (!one[far].includes(place)) continue
    if (found >= 0 || one[far].filter((p) => p === place).length > 1) return -1
    found = index
  }
  return found
}
