/** Inductive miner (IM, and IMf where noise is left out): a block-structured process that can replay its log. */
import { findCut } from './cuts.ts'
import { bagOf, type Follows, followsOf, type Trace, withoutNoise } from './follows.ts'
import { type ProcessTree, silent, simplified } from './process-tree.ts'
import { projected, splitLog } from './split.ts'

/** `noise` 0 keeps everything: the process then replays every trace. 0.2 leaves out ways rarer than a fifth of the usual one. */
export function inductiveMiner(traces: readonly Trace[], noise = 0): ProcessTree {
  return simplified(mine(bagOf(traces), noise))
}

function mine(given: readonly Trace[], noise: number): ProcessTree {
  const traces = given.filter(({ activities }) => activities.length > 0)
  const total = sum(given)
  if (traces.length === 0) return silent
  if (total - sum(traces) > noise * total) return choice([silent, mine(traces, noise)])
  const follows = followsOf(traces)
  const [only] = follows.alphabet
  if (follows.alphabet.length === 1 && only !== undefined && traces.every(({ activities }) => activities.length === 1))
    return { kind: 'activity', activity: only }
  return (
    byCut(traces, follows, noise) ??
    (noise > 0 ? byCut(traces, withoutNoise(follows, noise), noise) : null) ??
    fallThrough(traces, follows, noise)
  )
}

function byCut(traces: readonly Trace[], follows: Follows, noise: number): ProcessTree | null {
  const cut = findCut(follows)
  if (cut === null) return null
  const parts = splitLog(traces, cut).map((part) => mine(part, noise))
  if (cut.kind !== 'loop') return { kind: cut.kind, children: parts }
  const [body = silent, ...redos] = parts
  return { kind: 'loop', body, redo: redos.length === 1 ? (redos[0] ?? silent) : choice(redos) }
}

/** Nothing falls apart: take one activity out, cut repetitions apart, or allow everything. */
function fallThrough(traces: readonly Trace[], follows: Follows, noise: number): ProcessTree {
  const { alphabet } = follows
  const without = (activity: number): readonly Trace[] =>
    bagOf(traces.map(({ activities, count }) => ({ activities: activities.filter((a) => a !== activity), count })))
  const beside = (activity: number): ProcessTree => {
    const alone = bagOf(
      traces.map(({ activities, count }) => ({ activities: projected(activities, new Set([activity])), count })),
    )
    return { kind: 'parallel', children: [mine(alone, noise), mine(without(activity), noise)] }
  }
  if (alphabet.length > 1) {
    const once = alphabet.find((activity) =>
      traces.every(({ activities }) => activities.filter((a) => a === activity).length === 1),
    )
    if (once !== undefined) return beside(once)
    const free = alphabet.find((activity) => findCut(followsOf(without(activity))) !== null)
    if (free !== undefined) return beside(free)
  }
  const isStart = new Set(alphabet.filter((_, index) => follows.starts[index] !== 0))
  const isEnd = new Set(alphabet.filter((_, index) => follows.ends[index] !== 0))
  const again =
    cutApart(traces, (last, next) => isEnd.has(last) && isStart.has(next)) ?? cutApart(traces, (_, next) => isStart.has(next))
  if (again !== null) return { kind: 'loop', body: mine(again, noise), redo: silent }
  return { kind: 'loop', body: silent, redo: choice(alphabet.map((activity) => ({ kind: 'activity', activity }))) }
}

/** Traces cut wherever `between` says so; null where that cuts nothing. */
function cutApart(traces: readonly Trace[], between: (last: number, next: number) => boolean): readonly Trace[] | null {
  let cuts = 0
  const pieces = traces.flatMap(({ activities, count }) => {
    const found: Trace[] = []
    let from = 0
    for (let i = 1; i < activities.length; i++) {
      if (!between(activities[i - 1] as number, activities[i] as number)) continue
      found.push({ activities: activities.slice(from, i), count })
      from = i
      cuts++
    }
    found.push({ activities: activities.slice(from), count })
    return found
  })
  return cuts === 0 ? null : bagOf(pieces)
}

function choice(children: readonly ProcessTree[]): ProcessTree {
  return { kind: 'choice', children }
}

function sum(traces: readonly Trace[]): number {
  return traces.reduce((total, { count }) => total + count, 0)
}
