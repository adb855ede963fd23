/** Token replay, a fast screen before alignments: what is missing and what is left over when a trace is forced through a net. */
import type { Net } from './net.ts'

export interface Replay {
  readonly produced: number
  readonly consumed: number
  readonly missing: number
  readonly remaining: number
}

/** ½ (1 − missing / consumed) + ½ (1 − remaining / produced). */
export function replayFitness({ produced, consumed, missing, remaining }: Replay): number {
  return (1 - missing / consumed) / 2 + (1 - remaining / produced) / 2
}

/** Silent transitions that may be fired in a row to enable the next step. */
const longestWay = 12
const mostStates = 2000

/** A label the net does not know is passed over: alignments count it, replay can not. */
export class Replayer {
  private readonly net: Net
  private readonly byLabel: readonly (readonly number[])[]
  private readonly labelOf: ReadonlyMap<string, number>
  private readonly silentTakers: readonly number[]

  constructor(net: Net) {
    this.net = net
    this.labelOf = new Map(net.labels.map((label, index) => [label, index]))
    this.byLabel = net.labels.map((_, label) => net.transitions.flatMap((one, index) => (one.label === label ? [index] : [])))
    this.silentTakers = net.transitions.flatMap((one, index) => (one.label < 0 ? [index] : []))
  }

  replay(trace: readonly string[]): Replay {
    const { net } = this
    let tokens = new Uint16Array(net.places)
    tokens[net.source] = 1
    const sums = { produced: 1, consumed: 0, missing: 0, remaining: 0 }
    const fire = (index: number): void => {
      const { take, give } = net.transitions[index] ?? { take: [], give: [] }
      for (const place of take) {
        if (tokens[place] === 0) sums.missing++
        else tokens[place] = (tokens[place] as number) - 1
      }
      for (const place of give) tokens[place] = (tokens[place] as number) + 1
      sums.consumed += take.length
      sums.produced += give.length
    }
    for (const name of trace) {
      const candidates = this.byLabel[this.labelOf.get(name) ?? -1] ?? []
      const [first] = candidates
      if (first === undefined) continue
      const found = this.way(tokens, (after) => candidates.find((index) => this.isEnabled(after, index)) ?? -1)
      for (const index of found?.path ?? []) fire(index)
      fire(found?.goal ?? first)
    }
    const end = this.way(tokens, (after) => ((after[net.sink] as number) > 0 ? 0 : -1))
    for (const index of end?.path ?? []) fire(index)
    sums.consumed++
    if (tokens[net.sink] === 0) sums.missing++
    else tokens[net.sink] = (tokens[net.sink] as number) - 1
    for (const left of tokens) sums.remaining += left
    tokens = new Uint16Array(0)
    return sums
  }

  private isEnabled(tokens: Uint16Array, index: number): boolean {
    return (this.net.transitions[index]?.take ?? []).every((place) => tokens[place] !== 0)
  }

  /** The shortest row of silent transitions after which `goal` gives an index; null where there is none near. */
  private way(
    from: Uint16Array,
    goal: (tokens: Uint16Array) => number,
  ): { readonly path: readonly number[]; readonly goal: number } | null {
    const seen = new Set([from.join()])
    let level: { readonly tokens: Uint16Array; readonly path: readonly number[] }[] = [{ tokens: from, path: [] }]
    for (let depth = 0; depth <= longestWay; depth++) {
      const next: typeof level = []
      for (const { tokens, path } of level) {
        const found = goal(tokens)
        if (found >= 0) return { path, goal: found }
        for (const index of this.silentTakers) {
          if (!this.isEnabled(tokens, index)) continue
          const { take, give } = this.net.transitions[index] ?? { take: [], give: [] }
          const after = tokens.slice()
          for (const place of take) after[place] = (after[place] as number) - 1
          for (const place of give) after[place] = (after[place] as number) + 1
          const key = after.join()
          if (seen.has(key) || seen.size > mostStates) continue
          seen.add(key)
          next.push({ tokens: after, path: [...path, index] })
        }
      }
      level = next
    }
    return null
  }
}
