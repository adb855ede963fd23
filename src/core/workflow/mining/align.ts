/** Optimal alignments (Adriansyah 2014): the least number of events too many and steps left out that explain a trace by a net. */
import { type Bounds, boundsOf } from './bounds.ts'
import { Automaton, originOf, type Way } from './determined.ts'
import type { Net } from './net.ts'
import { StateSpace } from './state-space.ts'

/** `sync` both, `log` only the trace, `model` only the net, `silent` a way of the net that nobody sees. */
export type Move =
  | { readonly kind: 'sync'; readonly event: number; readonly transition: number }
  | { readonly kind: 'log'; readonly event: number }
  | { readonly kind: 'model' | 'silent'; readonly transition: number }

export type Alignment =
  | { readonly kind: 'optimal'; readonly cost: number; readonly moves: readonly Move[]; readonly states: number }
  /** The budget ran out; the true cost lies between the two. */
  | { readonly kind: 'undecided'; readonly least: number; readonly most: number; readonly states: number }

/** States that the search for one trace may open. */
const defaultBudget = 1_000_000
/** States of all searches together after which the bounds of the net are worked out. */
const withoutBounds = 100_000

export class Aligner {
  readonly net: Net
  private readonly space: StateSpace
  private readonly automaton: Automaton
  /** Worked out once the searches have become long enough to be worth it. */
  private bounds: Bounds | null = null
  private opened = 0
  private readonly silentMoves: Move[] = []
  private bounded = false
  private readonly budget: number
  private readonly labelOf: ReadonlyMap<string, number>
  /** Steps of the shortest way through the net; null where no way leads to its end. */
  readonly shortest: number | null

  constructor(net: Net, budget: number = defaultBudget) {
    this.net = net
    this.budget = budget
    this.space = new StateSpace(net)
    this.automaton = new Automaton(this.space)
    this.labelOf = new Map(net.labels.map((label, index) => [label, index]))
    const run = this.search([], 0, budget)
    this.shortest = run.kind === 'optimal' ? run.cost : null
  }

  /** `trace` holds labels; one that the net does not know can only be an event too many. */
  align(trace: readonly string[]): Alignment {
    const labels = trace.map((label) => this.labelOf.get(label) ?? -1)
    const fitting = this.replayed(labels)
    if (fitting !== null) return fitting
    const most = (this.shortest ?? 0) + trace.length
    const first = this.search(labels, most, this.bounded ? this.budget : Math.min(this.budget, withoutBounds))
    this.opened += first.states
    if (!this.bounded && this.opened > withoutBounds) {
      this.bounded = true
      this.bounds = boundsOf(this.space)
    }
    return first.kind === 'undecided' && first.states <= this.budget ? this.search(labels, most, this.budget) : first
  }

  /** A trace that the net allows as it is: its labels one after the other, then back along where each marking came from. */
  private replayed(trace: readonly number[]): Alignment | null {
    const { automaton, space } = this
    const ways: Way[] = [automaton.start]
    for (const label of trace) {
      const way = automaton.ways((ways[ways.length - 1] as Way).to).get(label)
      if (!way) return null
      ways.push(way)
    }
    if (!ways[ways.length - 1]?.to.markings.has(space.final)) return null
    const moves: Move[] = []
    let marking = space.final
    for (let event = trace.length; event >= 0; ) {
      const origin = ways[event]?.origins.get(marking)
      if (origin === undefined) break
      const { transition, from, silent } = originOf(origin)
      moves.push(silent ? this.silentMove(transition) : { kind: 'sync', event: event - 1, transition })
      if (!silent) event--
      marking = from
    }
    return { kind: 'optimal', cost: 0, moves: moves.reverse(), states: trace.length + 1 }
  }

  /** The same object for all traces: a large log has hundreds of thousands of silent moves. */
  private silentMove(transition: number): Move {
    const known = this.silentMoves[transition]
    if (known) return known
    const made: Move = { kind: 'silent', transition }
    this.silentMoves[transition] = made
    return made
  }

  /** A* over net × trace; costs are whole, so open states lie in one stack per cost. */
  private search(trace: readonly number[], most: number, budget: number): Alignment {
    const { space, bounds } = this
    const width = trace.length + 1
    const remaining = suffixes(trace, this.net.labels.length)
    const estimate = (marking: number, at: number): number => {
      if (bounds === null) return remaining.unknown[at] ?? 0
      if (!bounds.ends(marking)) return Number.POSITIVE_INFINITY
      let sum = remaining.unknown[at] ?? 0
      for (const label of remaining.labels) {
        const left = remaining.of(label, at)
        if (left > 0 && !bounds.can(marking, label)) sum += left
      }
      for (const label of bounds.must(marking)) if (remaining.of(label, at) === 0) sum++
      return sum
    }
    const states: State[] = []
    const known = new Map<number, number>()
    const open: number[][] = []
    let low = 0
    const reach = (marking: number, at: number, cost: number, parent: number, transition: number): void => {
      const key = marking * width + at
      const index = known.get(key)
      if (index !== undefined) {
        const state = states[index] as State
        if (state.cost <= cost) return
        state.cost = cost
        state.parent = parent
        state.transition = transition
        push(open, cost + state.estimate, index)
        low = Math.min(low, cost + state.estimate)
        return
      }
      const guess = estimate(marking, at)
      if (guess === Number.POSITIVE_INFINITY) return
      known.set(key, states.length)
      push(open, cost + guess, states.length)
      states.push({ marking, at, cost, estimate: guess, parent, transition, closed: Number.POSITIVE_INFINITY })
    }
    reach(0, 0, 0, -1, -1)
    for (; low < open.length; ) {
      const index = open[low]?.pop()
      if (index === undefined) {
        low++
        continue
      }
      const state = states[index] as State
      if (state.cost >= state.closed || state.cost + state.estimate !== low) continue
      state.closed = state.cost
      const { marking, at, cost } = state
      if (marking === space.final && at === trace.length)
        return { kind: 'optimal', cost, moves: movesOf(states, index, space), states: states.length }
      if (states.length > budget) return { kind: 'undecided', least: low, most: Math.max(low, most), states: states.length }
      const event = at < trace.length ? (trace[at] as number) : -2
      if (event !== -2) reach(marking, at + 1, cost + 1, index, -1)
      for (const { transition, marking: to } of space.next(marking)) {
        const label = space.labelOf(transition)
        if (label === event && label >= 0) reach(to, at + 1, cost, index, transition)
        reach(to, at, cost + (label < 0 ? 0 : 1), index, transition)
      }
    }
    return { kind: 'undecided', least: 0, most, states: states.length }
  }
}

interface State {
  readonly marking: number
  readonly at: number
  cost: number
  readonly estimate: number
  parent: number
  transition: number
  /** Cost at which it was last followed. */
  closed: number
}

function push(open: number[][], key: number, index: number): void {
  while (open.length <= key) open.push([])
  open[key]?.push(index)
}

function movesOf(states: readonly State[], last: number, space: StateSpace): readonly Move[] {
  const moves: Move[] = []
  for (let index = last; index >= 0; ) {
    const state = states[index] as State
    const before = states[state.parent]
    if (!before) break
    const advanced = state.at > before.at
    if (state.transition < 0) moves.push({ kind: 'log', event: before.at })
    else if (advanced) moves.push({ kind: 'sync', event: before.at, transition: state.transition })
    else moves.push({ kind: space.labelOf(state.transition) < 0 ? 'silent' : 'model', transition: state.transition })
    index = state.parent
  }
  return moves.reverse()
}

/** How often each label still comes from each place of the trace on, and how many events the net does not know. */
function suffixes(
  trace: readonly number[],
  labels: number,
): { readonly labels: readonly number[]; readonly unknown: Int32Array; of(label: number, at: number): number } {
  const n = trace.length
  const present = [...new Set(trace.filter((label) => label >= 0))]
  const rows = new Map(present.map((label) => [label, new Int32Array(n + 1)]))
  const unknown = new Int32Array(n + 1)
  for (let at = n - 1; at >= 0; at--) {
    const label = trace[at] as number
    unknown[at] = (unknown[at + 1] as number) + (label < 0 || label >= labels ? 1 : 0)
    for (const [other, row] of rows) row[at] = (row[at + 1] as number) + (other === label ? 1 : 0)
  }
  return { labels: present, unknown, of: (label, at) => rows.get(label)?.[at] ?? 0 }
}
