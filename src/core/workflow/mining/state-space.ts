/** The markings that a net can reach, numbered as they are met; what follows from each is worked out once and kept. */
import type { Net } from './net.ts'

/** Tokens that one place holds at most; more means that the net grows without end. */
const mostTokens = 250

export interface Step {
  readonly transition: number
  readonly marking: number
}

export class StateSpace {
  readonly net: Net
  /** 0 is the initial marking. */
  readonly final: number
  /** True once more markings were met than the budget allows: what is unknown is then not followed. */
  full = false
  private readonly markings: Uint8Array[] = []
  private readonly numbers = new Map<string, number>()
  private readonly steps: (readonly Step[] | undefined)[] = []
  private readonly takersOf: readonly (readonly number[])[]
  private readonly budget: number

  constructor(net: Net, budget = 200_000) {
    this.net = net
    this.budget = budget
    const takers: number[][] = Array.from({ length: net.places }, () => [])
    // Filed under the first place that each one takes from: it can only fire where that one is marked.
    for (const [index, { take }] of net.transitions.entries()) takers[take[0] ?? net.source]?.push(index)
    this.takersOf = takers
    this.number(marked(net, net.source))
    this.final = this.number(marked(net, net.sink))
  }

  get size(): number {
    return this.markings.length
  }

  next(marking: number): readonly Step[] {
    const known = this.steps[marking]
    if (known) return known
    const tokens = this.markings[marking] ?? new Uint8Array(0)
    const found: Step[] = []
    for (let place = 0; place < tokens.length; place++) {
      if (tokens[place] === 0) continue
      for (const index of this.takersOf[place] ?? []) {
        const after = this.fire(tokens, index)
        if (after === null) continue
        const number = this.number(after)
        if (number >= 0) found.push({ transition: index, marking: number })
      }
    }
    found.sort((a, b) => a.transition - b.transition)
    this.steps[marking] = found
    return found
  }

  labelOf(transition: number): number {
    return this.net.transitions[transition]?.label ?? -1
  }

  private fire(tokens: Uint8Array, index: number): Uint8Array | null {
    const { take = [], give = [] } = this.net.transitions[index] ?? {}
    for (const place of take) if (tokens[place] === 0) return null
    const after = tokens.slice()
    for (const place of take) {
      if (after[place] === 0) return null
      after[place] = (after[place] as number) - 1
    }
    for (const place of give) {
      // Several ends of one case are one end.
      if (place === this.net.sink && after[place] === 1) continue
      if ((after[place] as number) >= mostTokens) return null
      after[place] = (after[place] as number) + 1
    }
    return after
  }

  private number(tokens: Uint8Array): number {
    const key = keyOf(tokens)
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    if (this.markings.length >= this.budget) {
      this.full = true
      return -1
    }
    this.numbers.set(key, this.markings.length)
    this.markings.push(tokens)
    return this.markings.length - 1
  }
}

/** One character for each token, that of its place: most places hold none. */
function keyOf(tokens: Uint8Array): string {
  let key = ''
  for (let place = 0; place < tokens.length; place++)
    for (let token = tokens[place] as number; token > 0; token--) key += String.fromCharCode(place)
  return key
}

function marked(net: Net, place: number): Uint8Array {
  const tokens = new Uint8Array(net.places)
  tokens[place] = 1
  return tokens
}
