/** A net as a deterministic automaton over labels, built where traces lead: silent ways are followed once, whatever number of prefixes meets them. */
import type { StateSpace } from './state-space.ts'

/** Markings, in all states together, after which what was built is dropped and begun again: memory stays bounded, results the same. */
const mostMarkings = 4_000_000

/** All markings that the same labels can have led to, silent ways after them included. */
export interface Determined {
  readonly markings: ReadonlySet<number>
  /** By index of label; worked out when it is first asked for. */
  ways: ReadonlyMap<number, Way> | null
}

/** One label on from a state, with where each marking comes from. */
export interface Way {
  readonly to: Determined
  readonly origins: ReadonlyMap<number, Packed>
}

/** An origin as one number: a large log makes a million of them. */
export type Packed = number

/** The transition that gave a marking: a silent one from a marking of the same state, or the label's from one of the state before. */
export interface Origin {
  readonly transition: number
  readonly from: number
  readonly silent: boolean
}

/** Leaves 2^32 markings beside 2^20 transitions: far more than a drawn net has. */
const span = 2 ** 21

const packed = ({ transition, from, silent }: Origin): Packed => from * span + transition * 2 + (silent ? 1 : 0)

export function originOf(number: Packed): Origin {
  const low = number % span
  return { transition: low >> 1, from: (number - low) / span, silent: (low & 1) === 1 }
}

export class Automaton {
  readonly space: StateSpace
  private readonly states = new Map<string, Determined>()
  private held = 0
  /** Before the first label; its origins end at marking 0, which comes from nowhere. */
  readonly start: Way

  constructor(space: StateSpace) {
    this.space = space
    this.start = this.follow(new Map([[0, null]]))
  }

  ways(state: Determined): ReadonlyMap<number, Way> {
    state.ways ??= this.waysFrom(state)
    return state.ways
  }

  private waysFrom({ markings }: Determined): ReadonlyMap<number, Way> {
    const { space } = this
    const reached = new Map<number, Map<number, Packed>>()
    for (const from of markings)
      for (const { transition, marking } of space.next(from)) {
        const label = space.labelOf(transition)
        if (label < 0) continue
        const own = reached.get(label) ?? new Map<number, Packed>()
        if (!own.has(marking)) own.set(marking, packed({ transition, from, silent: false }))
        reached.set(label, own)
      }
    return new Map([...reached].map(([label, seeds]) => [label, this.follow(seeds)]))
  }

  /** Adds what silent transitions lead to. */
  private follow(seeds: ReadonlyMap<number, Packed | null>): Way {
    const { space } = this
    const origins = new Map<number, Packed>()
    const found = new Set(seeds.keys())
    for (const [marking, origin] of seeds) if (origin !== null) origins.set(marking, origin)
    // A set gives what is added to it while it is walked: breadth first, by the shortest silent way.
    for (const from of found)
      for (const { transition, marking } of space.next(from))
        if (space.labelOf(transition) < 0 && !found.has(marking)) {
          found.add(marking)
          origins.set(marking, packed({ transition, from, silent: true }))
        }
    return { to: this.state(found), origins }
  }

  private state(markings: ReadonlySet<number>): Determined {
    const key = [...markings].sort((a, b) => a - b).join()
    const known = this.states.get(key)
    if (known) return known
    if (this.held > mostMarkings) {
      for (const state of this.states.values()) state.ways = null
      this.states.clear()
      this.held = 0
    }
    const made: Determined = { markings, ways: null }
    this.states.set(key, made)
    this.held += markings.size
    return made
  }
}
