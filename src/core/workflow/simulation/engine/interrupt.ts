/** Preemption: who may stop whose work, and what is left of it. */

import type { ModelLane } from '../model/model-lane.ts'
import { classIn, stopRunning } from './desk-parts.ts'
import { append } from './queue.ts'
import type { State } from './state.ts'
import { place } from './tokens.ts'

/** Work of a lower class stops for a higher one and goes on later where it stopped; of several the one begun last. True: somebody is free now. */
export function interrupt(s: State, token: number, lane: number): boolean {
  const { tokens, now } = s
  const { shifts } = s.model.lanes[lane] as ModelLane
  if ((s.free[lane] as number) > 0 || (!shifts.always && shifts.open(now) > now)) return false
  const wanted = classIn(s, token, lane)
  let worst = -1
  for (let each = s.running[lane] as number; each !== -1; each = tokens.next[each] as number)
    if (classIn(s, each, lane) > (worst === -1 ? wanted : classIn(s, worst, lane))) worst = each
  if (worst === -1) return false
  const due = tokens.due[worst] as number
  const left = shifts.policy === 'pause' ? shifts.openUntil(due) - shifts.openUntil(now) : due - now
  stopRunning(s, worst, lane)
  s.collector.busy(lane, -left)
  tokens.event[worst] = -1
  tokens.left[worst] = left
  tokens.since[worst] = now
  s.free[lane] = (s.free[lane] as number) + 1
  if (s.log) {
    s.log.add(tokens.case[worst] as number, tokens.node[worst] as number, now, true, tokens.server[worst] as number)
    s.idle[lane]?.push(tokens.server[worst] as number)
  }
  const at = classIn(s, worst, lane)
  append(s, worst, lane, at, true)
  tokens.place[worst] = place.queued
  s.collector.queueChanged(lane, now, 1)
  return true
}
