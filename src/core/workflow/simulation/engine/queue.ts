/** Queues of a role as doubly linked lists through the tokens: one list per class of priority. */
import type { State } from './state.ts'

/** Who is next: of the first class that has anybody. −1: nobody waits. */
export function front(s: State, lane: number): number {
  const { classes } = s
  if (classes === 1) return s.head[lane] as number
  for (let at = lane * classes; at < (lane + 1) * classes; at++) {
    const token = s.head[at] as number
    if (token !== -1) return token
  }
  return -1
}

/** At the end of the queue, or at its head after an interruption. */
export function append(s: State, token: number, lane: number, rank: number, first = false): void {
  const at = lane * s.classes + rank
  if (first) putBetween(s, token, at, -1, s.head[at] as number)
  else putBetween(s, token, at, s.tail[at] as number, -1)
}

/** Before the first that takes longer. */
export function putShortest(s: State, token: number, lane: number): void {
  const { work, next } = s.tokens
  const at = lane * s.classes
  const own = work[token] as number
  let before = -1
  let after = s.head[at] as number
  while (after !== -1 && (work[after] as number) <= own) {
    before = after
    after = next[after] as number
  }
  putBetween(s, token, at, before, after)
}

export function remove(s: State, token: number, lane: number, rank: number): void {
  const { next, prev } = s.tokens
  const at = lane * s.classes + rank
  const before = prev[token] as number
  const after = next[token] as number
  if (before === -1) s.head[at] = after
  else next[before] = after
  if (after === -1) s.tail[at] = before
  else prev[after] = before
}

/** Among the work under way of a role, the last begun first. */
export function putFirst(s: State, token: number, lane: number): void {
  const { next, prev } = s.tokens
  const first = s.running[lane] as number
  next[token] = first
  prev[token] = -1
  if (first !== -1) prev[first] = token
  s.running[lane] = token
}

function putBetween(s: State, token: number, at: number, before: number, after: number): void {
  const { next, prev } = s.tokens
  next[token] = after
  prev[token] = before
  if (before === -1) s.head[at] = token
  else next[before] = token
  if (after === -1) s.tail[at] = token
  else prev[after] = token
}
