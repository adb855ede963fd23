/** What is still to come from each marking: a lower bound for alignments that never says too much (admissible and consistent). */
import type { StateSpace } from './state-space.ts'

export interface Bounds {
  /** Labels that can still be done, and labels without which no way leads to the end, by marking. Null where the net is too large to know. */
  readonly can: (marking: number, label: number) => boolean
  readonly must: (marking: number) => readonly number[]
  /** False for markings from which the end can not be reached. */
  readonly ends: (marking: number) => boolean
}

const mostMarkings = 20_000
/** Markings times labels. */
const mostWork = 4_000_000

/** Null where the net has too many markings: alignments then run without a bound. */
export function boundsOf(space: StateSpace): Bounds | null {
  const labels = space.net.labels.length
  for (let marking = 0; marking < space.size; marking++) {
    space.next(marking)
    if (space.size > mostMarkings || space.size * labels > mostWork || space.full) return null
  }
  const n = space.size
  const back: { from: number; label: number }[][] = Array.from({ length: n }, () => [])
  for (let marking = 0; marking < n; marking++)
    for (const { transition, marking: to } of space.next(marking))
      back[to]?.push({ from: marking, label: space.labelOf(transition) })
  /** Markings that lead to the goal without doing one label; -2 forbids none. */
  const leads = (goals: readonly number[], without: number): Uint8Array => {
    const found = new Uint8Array(n)
    const open = [...goals]
    for (const goal of goals) found[goal] = 1
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const { from, label } of back[at] ?? [])
        if (found[from] === 0 && label !== without) {
          found[from] = 1
          open.push(from)
        }
    return found
  }
  const ends = leads([space.final], -2)
  const can: Uint8Array[] = []
  const must: number[][] = Array.from({ length: n }, () => [])
  for (let label = 0; label < labels; label++) {
    const doing: number[] = []
    for (let marking = 0; marking < n; marking++)
      if (space.next(marking).some(({ transition }) => space.labelOf(transition) === label)) doing.push(marking)
    can.push(leads(doing, -2))
    const avoiding = leads([space.final], label)
    for (let marking = 0; marking < n; marking++) if (avoiding[marking] === 0 && ends[marking] === 1) must[marking]?.push(label)
  }
  return {
    can: (marking, label) => can[label]?.[marking] === 1,
    must: (marking) => must[marking] ?? [],
    ends: (marking) => ends[marking] === 1,
  }
}
