/** How long to wait before the next request, in milliseconds. */
import { seededRandom } from '../../core/random.ts'

/** Failed requests in a row after which an export gives up. */
export const mostTries = 8
const longestPoll = 60_000
const longestBackOff = 300_000

/** `Retry-After` as seconds or as an HTTP date (RFC 9110 §10.2.3); null where it says neither. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = /^[A-Z][a-z]{2},? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** Between questions whether the export is ready, where the server does not say: 1 s doubling to 60 s. */
export function pollWait(polls: number): number {
  return Math.min(longestPoll, 1000 * 2 ** Math.min(polls, 16))
}

/** After the `tries`-th failure in a row: exponential, half of it by lot so that clients do not return together; 5 minutes at most. */
export function backOff(tries: number, seed: string): number {
  const whole = Math.min(longestBackOff, 1000 * 2 ** Math.min(tries - 1, 16))
  return Math.round(whole * (0.5 + 0.5 * seededRandom(`${seed} ${tries}`).next()))
}
