/** Keys of patients on both sides brought together: as written, else normalised, and never where two could be meant (data.md §12, §3.3). */
import { compareText } from '../../../finding.ts'

export interface KeyMatch {
  /** Target key → legacy key, for keys that are written differently; equal keys are not listed. */
  readonly alias: ReadonlyMap<string, string>
  readonly exact: number
  readonly normalised: number
  /** Keys of the target that fit several of legacy after normalising, or the other way round: for a person to decide. */
  readonly ambiguous: readonly string[]
  /** How many of the normalised ones only lack leading zeros, of how many that did not match as written. */
  readonly zerosLost: { readonly count: number; readonly of: number; readonly length: number } | null
}

/** Trim, one case, no punctuation, no leading zeros: what differs between two exports of the same number. */
export function normalisedKey(key: string): string {
  return key
    .trim()
    .toUpperCase()
    .replace(/[\s./_-]+/g, '')
    .replace(/^0+(?=.)/, '')
}

export function matchKeys(legacy: ReadonlySet<string>, target: Iterable<string>): KeyMatch {
  const all = new Set(target)
  const strangers = [...all].filter((key) => !legacy.has(key)).sort(compareText)
  const exact = all.size - strangers.length
  if (strangers.length === 0) return { alias: new Map(), exact, normalised: 0, ambiguous: [], zerosLost: null }
  const waiting = new Map<string, string | null>()
  for (const key of legacy) {
    if (all.has(key)) continue
    const plain = normalisedKey(key)
    waiting.set(plain, waiting.has(plain) ? null : key)
  }
  const claims = new Map<string, number>()
  for (const key of strangers) claims.set(normalisedKey(key), (claims.get(normalisedKey(key)) ?? 0) + 1)
  const alias = new Map<string, string>()
  const ambiguous: string[] = []
  let zeros = 0
  let length = 0
  for (const key of strangers) {
    const plain = normalisedKey(key)
    const found = waiting.get(plain)
    if (found === undefined) continue
    if (found === null || (claims.get(plain) ?? 0) > 1) {
      ambiguous.push(key)
      continue
    }
    alias.set(key, found)
    if (found.length > key.length && found.endsWith(key) && /^0+$/.test(found.slice(0, found.length - key.length))) {
      zeros++
      length = Math.max(length, found.length)
    }
  }
  const zerosLost = zeros > 0 ? { count: zeros, of: strangers.length, length } : null
  return { alias, exact, normalised: alias.size, ambiguous, zerosLost }
}
