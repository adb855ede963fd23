/** What the parts of a desk share: which queue a token stands in, how much work is left, and when a role looks again. */

import type { ModelLane } from '../model/model-lane.ts'
import { remove } from './queue.ts'
import { kind, type State } from './state.ts'

/** One person does it: such work may interrupt and be interrupted. */
export function isAlone(s: State, at: number): boolean {
  const { needs } = s.node(at)
  return needs.length === 1 && needs[0]?.count === 1
}

/** The queue of a role that a token stands in: one per class where priority counts. */
export function classIn(s: State, token: number, lane: number): number {
  const { discipline } = s.model.lanes[lane] as ModelLane
  return discipline === 'priority' || discipline === 'preempt' ? (s.class[s.tokens.case[token] as number] as number) : 0
}

/** Seconds of work left, longer in the weeks after go-live. */
export function workLeft(s: State, token: number): number {
  const left = s.tokens.left[token] as number
  if (left >= 0) return left
  const work = s.tokens.work[token] as number
  return s.goLive === null ? work : work * (s.goLive.slow[Math.floor(s.now / 86400)] ?? 1)
}

export function take(s: State, token: number, lane: number, count: number): void {
  remove(s, token, lane, classIn(s, token, lane))
  s.collector.queueChanged(lane, s.now, -1)
  s.free[lane] = (s.free[lane] as number) - count
}

export function wake(s: State, lane: number, at: number): void {
  if (s.waking[lane] === 1) return
  s.waking[lane] = 1
  s.heap.push(at, (lane << 3) | kind.open)
}

export function stopRunning(s: State, token: number, lane: number): void {
  const { next, prev } = s.tokens
  const before = prev[token] as number
  const after = next[token] as number
  if (before === -1) s.running[lane] = after
  else next[before] = after
  if (after !== -1) prev[after] = before
}
