/** People at work: queues by discipline, shifts, several roles at once, interruptions, patience and room. */

import type { ModelLane } from '../model/model-lane.ts'
import type { Need } from '../model/model-node.ts'
import { classIn, isAlone, stopRunning, take, wake, workLeft } from './desk-parts.ts'
import { interrupt } from './interrupt.ts'
import { purpose } from './purposes.ts'
import { append, front, putFirst, putShortest, remove } from './queue.ts'
import { kind, type State } from './state.ts'
import { place } from './tokens.ts'

/** A token wants work at its node: it starts, waits, or finds no room. */
export function ask(s: State, token: number): void {
  const { tokens, tables, now } = s
  const at = tokens.node[token] as number
  for (let rider = token; rider !== -1; rider = tokens.mate[rider] as number) tokens.asked[rider] = now
  tokens.work[token] = s.drawWork(token, at)
  tokens.left[token] = -1
  tokens.since[token] = now
  tokens.waited[token] = 0
  tokens.stage[token] = 0
  const lane = tables.lane[at] as number
  if (lane < 0) {
    tokens.began[token] = now
    tokens.place[token] = place.working
    if (s.log) s.log.add(tokens.case[token] as number, at, now, false, 0)
    tokens.event[token] = s.heap.push(now + (tokens.work[token] as number), (token << 3) | kind.done)
    return
  }
  if (tables.special[at] === 0) {
    enqueue(s, token, lane)
    serve(s, lane)
  } else {
    const node = s.node(at)
    if (node.room >= 0 && (s.waiting[at] as number) >= node.room && !startsAtOnce(s, at)) {
      s.collector.leftBy('balked', at, tokens.case[token] as number)
      s.leaveByException(token, at)
      return
    }
    const first = (node.needs[0] as Need).lane
    s.waiting[at] = (s.waiting[at] as number) + 1
    enqueue(s, token, first)
    serve(s, first)
    if (node.patience && tokens.place[token] === place.queued) {
      const patience = node.patience(s.key(token, purpose.patience), tokens.counter[token] as number)
      tokens.patience[token] = s.heap.push(now + patience, (token << 3) | kind.patience)
    }
  }
  if (tokens.place[token] === place.queued && s.model.lanes[lane]?.discipline === 'preempt' && isAlone(s, at))
    if (interrupt(s, token, lane)) serve(s, lane)
}

/** Plain work: it has only just come, and nothing but a free person of one role is needed. */
export function askSimply(s: State, token: number, at: number): void {
  const lane = s.tables.lane[at] as number
  const work = s.drawWork(token, at)
  s.tokens.work[token] = work
  if (lane < 0) {
    s.tokens.waited[token] = 0
    s.tokens.event[token] = s.heap.push(s.now + work, (token << 3) | kind.done)
  } else if ((s.free[lane] as number) > 0 && s.head[lane * s.classes] === -1) startSimply(s, token, lane, 0)
  else {
    // A person who has just become free takes who has waited longest, not who comes back at that moment.
    append(s, token, lane, 0)
    s.collector.queueChanged(lane, s.now, 1)
  }
}

function startSimply(s: State, token: number, lane: number, wait: number): void {
  const { tokens, collector } = s
  const work = tokens.work[token] as number
  s.free[lane] = (s.free[lane] as number) - 1
  collector.queued(lane, tokens.case[token] as number, wait)
  collector.busy(lane, work)
  tokens.waited[token] = wait
  tokens.event[token] = s.heap.push(s.now + work, (token << 3) | kind.done)
}

function serveSimply(s: State, lane: number): void {
  const { tokens } = s
  while ((s.free[lane] as number) > 0) {
    const token = s.head[lane * s.classes] as number
    if (token === -1) return
    remove(s, token, lane, 0)
    s.collector.queueChanged(lane, s.now, -1)
    startSimply(s, token, lane, s.now - (tokens.came[token] as number))
  }
}

/** Nobody waits, and all the people needed are free and open. */
function startsAtOnce(s: State, at: number): boolean {
  return s.node(at).needs.every(({ lane, count }) => {
    const { shifts } = s.model.lanes[lane] as ModelLane
    return front(s, lane) === -1 && (s.free[lane] as number) >= count && (shifts.always || shifts.open(s.now) === s.now)
  })
}

function enqueue(s: State, token: number, lane: number): void {
  const { discipline } = s.model.lanes[lane] as ModelLane
  s.tokens.place[token] = place.queued
  if (discipline === 'sjf') putShortest(s, token, lane)
  else append(s, token, lane, classIn(s, token, lane))
  s.collector.queueChanged(lane, s.now, 1)
}

/** Starts work as long as somebody is free and the role is open. */
export function serve(s: State, lane: number): void {
  if (s.simpleLane[lane] === 1) {
    serveSimply(s, lane)
    return
  }
  const { shifts } = s.model.lanes[lane] as ModelLane
  const { tokens } = s
  while ((s.free[lane] as number) > 0) {
    const token = front(s, lane)
    if (token === -1 || shifts.never) return
    const at = tokens.node[token] as number
    if (!shifts.always) {
      const opening = shifts.open(s.now)
      if (opening > s.now) {
        wake(s, lane, opening)
        return
      }
    }
    if (s.tables.special[at] === 0) {
      const length = workLeft(s, token)
      const done = shifts.always ? s.now + length : shifts.done(s.now, length)
      if (done === null) {
        wake(s, lane, shifts.open(shifts.close(s.now)))
        return
      }
      take(s, token, lane, 1)
      start(s, token, at, lane, length, done)
    } else if (!take2(s, token, at, lane)) return
  }
}

/** Work that needs several people: they are taken role by role, and who is there waits for the others. False: not now. */
function take2(s: State, token: number, at: number, lane: number): boolean {
  const { tokens, now } = s
  const { needs } = s.node(at)
  const stage = tokens.stage[token] as number
  const need = needs[stage] as Need
  if ((s.free[lane] as number) < need.count) return false
  const last = stage === needs.length - 1
  const { shifts } = s.model.lanes[lane] as ModelLane
  const length = workLeft(s, token)
  let done: number | null = now + length
  if (last && !shifts.always) {
    done = needs.length > 1 ? (shifts.policy === 'pause' ? shifts.done(now, length) : done) : shifts.done(now, length)
    if (done === null) {
      wake(s, lane, shifts.open(shifts.close(now)))
      return false
    }
  }
  take(s, token, lane, need.count)
  for (const held of needs.slice(0, stage)) {
    const hours = (s.model.lanes[held.lane] as ModelLane).shifts
    s.collector.busy(held.lane, held.count * (hours.openUntil(now) - hours.openUntil(tokens.since[token] as number)))
  }
  if (last) {
    s.waiting[at] = (s.waiting[at] as number) - 1
    tokens.patience[token] = -1
    for (const each of needs) if (each !== need) s.collector.busy(each.lane, each.count * length)
    if (need.count > 1) s.collector.busy(lane, (need.count - 1) * length)
    start(s, token, at, lane, length, done ?? now)
    return true
  }
  tokens.waited[token] = (tokens.waited[token] as number) + now - (tokens.since[token] as number)
  tokens.since[token] = now
  tokens.stage[token] = stage + 1
  const next = (needs[stage + 1] as Need).lane
  enqueue(s, token, next)
  serve(s, next)
  return true
}

function start(s: State, token: number, at: number, lane: number, length: number, done: number): void {
  const { tokens, now } = s
  const { shifts, discipline } = s.model.lanes[lane] as ModelLane
  const since = tokens.since[token] as number
  // Items released together wait for each other: that is the batch's doing, not the load of the role.
  if (s.tables.before[at] === 0 || s.node(at).batch === null) {
    const wait = shifts.always ? now - since : shifts.openUntil(now) - shifts.openUntil(since)
    if ((tokens.left[token] as number) < 0) s.collector.queued(lane, tokens.case[token] as number, wait)
    else s.collector.queuedAgain(lane, tokens.case[token] as number, wait)
  }
  s.collector.busy(lane, length)
  if ((tokens.left[token] as number) < 0) {
    tokens.began[token] = now
    tokens.work[token] = length
  }
  tokens.waited[token] = (tokens.waited[token] as number) + now - since
  tokens.due[token] = done
  tokens.place[token] = place.working
  if (s.log) {
    tokens.server[token] = s.idle[lane]?.pop() ?? 0
    for (let rider = token; rider !== -1; rider = tokens.mate[rider] as number)
      s.log.add(tokens.case[rider] as number, at, now, false, tokens.server[token] as number)
  }
  if (discipline === 'preempt' && isAlone(s, at)) putFirst(s, token, lane)
  tokens.event[token] = s.heap.push(done, (token << 3) | kind.done)
}

/** The people of a piece of work are free again; `release` lets them take the next one. */
export function letGo(s: State, token: number, at: number): void {
  const lane = s.tables.lane[at] as number
  if (lane < 0) return
  if (s.log) s.idle[lastLane(s, at)]?.push(s.tokens.server[token] as number)
  if (s.tables.special[at] === 0) s.free[lane] = (s.free[lane] as number) + 1
  else for (const need of s.node(at).needs) s.free[need.lane] = (s.free[need.lane] as number) + need.count
  if (s.model.lanes[lane]?.discipline === 'preempt' && isAlone(s, at)) stopRunning(s, token, lane)
}

export function release(s: State, at: number): void {
  const lane = s.tables.lane[at] as number
  if (lane < 0) return
  if (s.tables.special[at] === 1) for (const need of s.node(at).needs) serve(s, need.lane)
  else serve(s, lane)
}

function lastLane(s: State, at: number): number {
  return s.node(at).needs.at(-1)?.lane ?? 0
}

/** Takes a token out of its queue, with the people that already wait beside it. */
export function withdrawQueued(s: State, token: number): void {
  const { tokens, now } = s
  const at = tokens.node[token] as number
  const stage = tokens.stage[token] as number
  const { needs } = s.node(at)
  const lane = needs[stage]?.lane ?? (s.tables.lane[at] as number)
  remove(s, token, lane, classIn(s, token, lane))
  s.collector.queueChanged(lane, now, -1)
  const { shifts } = s.model.lanes[lane] as ModelLane
  const wait = shifts.openUntil(now) - shifts.openUntil(tokens.since[token] as number)
  s.collector.queued(lane, tokens.case[token] as number, wait)
  if (s.tables.special[at] === 1) s.waiting[at] = (s.waiting[at] as number) - 1
  for (const need of needs.slice(0, stage)) {
    s.free[need.lane] = (s.free[need.lane] as number) + need.count
    serve(s, need.lane)
  }
}
