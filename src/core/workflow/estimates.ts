/** Queueing formulas shown while editing, always labelled "estimate": Erlang-B and -C, Pollaczek–Khinchine, Allen–Cunneen. */

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
