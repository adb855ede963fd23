/** One replication: a discrete-event engine over a compiled model. One run is a pure function of its seed. */

import type { Model } from '../model/model.ts'
import { Arrivals } from './arrivals.ts'
import type { Collector } from './collector.ts'
import { letGo, release, serve } from './desk.ts'
import { drain, leave } from './flow.ts'
import { countUnfilled, delay, gather, releaseOverdue, withdraw } from './gather.ts'
import { failsNow } from './retry.ts'
import { kind, type Replication, State } from './state.ts'

export function run(model: Model, replication: Replication): Collector {
  const s = new State(model, replication)
  const arrivals = new Arrivals(s)
  const { heap, tokens, collector } = s
  arrivals.begin()
  let events = 0
  while (!heap.empty) {
    const event = heap.pop()
    s.now = heap.time
    events++
    const ref = event >>> 3
    switch (event & 7) {
      case kind.arrive:
        arrivals.arrive(ref)
        break
      case kind.done:
        // Work that was interrupted ends later, by another event.
        if (heap.order === tokens.event[ref])
          if (s.simple[tokens.node[ref] as number] === 1) finishSimply(s, ref)
          else finish(s, ref)
        break
      case kind.ready:
        if (heap.order === tokens.event[ref]) gather(s, ref)
        break
      case kind.open:
        s.waking[ref] = 0
        serve(s, ref)
        break
      case kind.release:
        releaseOverdue(s, ref)
        break
      case kind.timeout:
        if (heap.order === tokens.timeout[ref]) leaveByTimeout(s, ref)
        break
      case kind.patience:
        if (heap.order === tokens.patience[ref]) giveUp(s, ref)
        break
      case kind.rebooked:
        arrivals.arriveLater(ref)
        break
    }
    if (s.pending.length > 0 || s.touched.length > 0) drain(s)
  }
  collector.events = events
  countUnfilled(s)
  return collector
}

/** The short way of `finish`: one case, one person, nothing before the queue. */
function finishSimply(s: State, token: number): void {
  const { tokens } = s
  const at = tokens.node[token] as number
  const lane = s.tables.lane[at] as number
  if (lane >= 0) s.free[lane] = (s.free[lane] as number) + 1
  s.collector.visitPlain(at, tokens.case[token] as number, tokens.waited[token] as number, tokens.work[token] as number)
  leave(s, token, at)
  if (s.pending.length > 0 || s.touched.length > 0) drain(s)
  if (lane >= 0) serve(s, lane)
}

/** A piece of work is done: everything that rode along goes on, then the people take the next. */
function finish(s: State, token: number): void {
  const { tokens, tables, collector } = s
  const at = tokens.node[token] as number
  const lane = tables.lane[at] as number
  const work = tokens.work[token] as number
  const waited = lane < 0 ? 0 : (tokens.waited[token] as number)
  const server = lane < 0 ? 0 : (tokens.server[token] as number)
  letGo(s, token, at)
  for (let rider = token; rider !== -1; ) {
    const next = tokens.mate[rider] as number
    const number = tokens.case[rider] as number
    tokens.mate[rider] = -1
    const ready = tokens.ready[rider] as number
    const before = ready - (tokens.came[rider] as number)
    collector.visit(at, number, before, (tokens.asked[rider] as number) - ready, waited, work)
    if (s.log) s.log.add(number, at, s.now, true, server)
    if (tables.special[at] === 1 && failsNow(s, rider, at)) tryAgain(s, rider, at)
    else {
      tokens.timeout[rider] = -1
      tokens.attempt[rider] = 0
      leave(s, rider, at)
    }
    if (s.pending.length > 0 || s.touched.length > 0) drain(s)
    rider = next
  }
  release(s, at)
}

/** Failed work is done again some time later; after the last attempt the case leaves by the exception way. */
function tryAgain(s: State, token: number, at: number): void {
  const { tokens, collector } = s
  const { times, after } = s.node(at).retry ?? { times: 0, after: 0 }
  const attempt = tokens.attempt[token] as number
  if (attempt >= times) {
    collector.leftBy('failed', at, tokens.case[token] as number)
    tokens.attempt[token] = 0
    s.leaveByException(token, at)
    return
  }
  tokens.attempt[token] = attempt + 1
  tokens.came[token] = s.now
  delay(s, token, after)
}

function leaveByTimeout(s: State, token: number): void {
  const { tokens } = s
  const at = tokens.node[token] as number
  const { timeout } = s.node(at)
  const came = tokens.came[token] as number
  if (!timeout || !withdraw(s, token)) return
  s.collector.visit(at, tokens.case[token] as number, s.now - came, 0, 0, 0)
  s.log?.departures.push({ case: tokens.case[token] as number, node: at, arrived: came, time: s.now })
  s.push(token, timeout)
}

function giveUp(s: State, token: number): void {
  const { tokens } = s
  const at = tokens.node[token] as number
  const number = tokens.case[token] as number
  const wait = s.now - (tokens.since[token] as number)
  if (!withdraw(s, token)) return
  s.collector.leftBy('abandoned', at, number)
  s.collector.visit(at, number, 0, 0, wait, 0)
  s.log?.departures.push({ case: number, node: at, arrived: tokens.came[token] as number, time: s.now })
  s.leaveByException(token, at)
}
