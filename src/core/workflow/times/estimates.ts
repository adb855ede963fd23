/** Queueing formulas shown while editing, always labelled "estimate": Erlang-B and -C, Pollaczek–Khinchine, Allen–Cunneen. */
import { exp } from '../numerics/numbers.ts'

/** Share of arrivals that find all `c` servers busy and leave (recursion of Erlang-B). */
export function erlangB(offered: number, c: number): number {
  let blocked = 1
  for (let k = 1; k <= c; k++) blocked = (offered * blocked) / (k + offered * blocked)
  return blocked
}

/** Share of arrivals that have to wait in M/M/c; 1 when the role never catches up. */
export function erlangC(load: number, c: number): number {
  if (load >= 1) return 1
  const blocked = erlangB(load * c, c)
  return blocked / (1 - load * (1 - blocked))
}

/**
 * Mean wait in seconds (Allen–Cunneen for G/G/c); `variation` is half the sum of the squared variations of arrivals and service:
 * 1 gives M/M/c exactly, (1 + cv²)/2 with c = 1 gives Pollaczek–Khinchine exactly. Infinity when the role never catches up.
 */
export function queueWait(service: number, load: number, c: number, variation = 1): number {
  if (service === 0) return 0
  if (load >= 1) return Number.POSITIVE_INFINITY
  return (erlangC(load, c) * service * variation) / (c * (1 - load))
}

/** Share of arrivals that wait longer than `t` seconds in M/M/c. */
export function waitsLonger(service: number, load: number, c: number, t: number): number {
  if (load >= 1) return 1
  if (service === 0) return 0
  return erlangC(load, c) * exp((-c * (1 - load) * t) / service)
}

/**
 * Mean wait in seconds per class in M/M/c with priority and without interruption, all classes with the same mean service (Cobham 1954).
 * `loads` are the shares of all `c` people that each class asks for, the first class first; Infinity from the class on that is never served.
 */
export function priorityWaits(service: number, loads: readonly number[], c: number): readonly number[] {
  const all = loads.reduce((sum, load) => sum + load, 0)
  // Where the sum is 1 or more everybody is always busy, and the formula of the served classes takes its limit.
  const wait = ((all < 1 ? erlangC(all, c) : 1) * service) / c
  let before = 0
  return loads.map((load) => {
    const here = before + load
    const each = here >= 1 ? Number.POSITIVE_INFINITY : wait / ((1 - before) * (1 - here))
    before = here
    return each
  })
}

/** Mean lead time of a network whose steps are independent queues (Jackson 1963): Σ visits × (wait + work), in seconds. */
export function networkLead(steps: readonly { readonly visits: number; readonly wait: number; readonly work: number }[]): number {
  return steps.reduce((sum, { visits, wait, work }) => sum + visits * (wait + work), 0)
}
