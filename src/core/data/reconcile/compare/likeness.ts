/** How alike a legacy entry and a target record are: code, time and every further fact, each compared by meaning. */
import { instantIn, relationOf, type SideZones } from '../../meaning/compare-times.ts'
import type { Time } from '../../meaning/time.ts'
import { keyText, keyTexts, type LegacyItem, type TargetItem } from '../entries/items.ts'
import { compareItems } from './compare-items.ts'
import { bareOf, type Identity } from './identity.ts'

export interface Likeness {
  /** 0 where the two can not be one entry; above it the more alike the higher. */
  readonly score: number
  /** Seconds between the two; 0 where they agree or one has no time. */
  readonly apart: number
  /** Nothing that is compared differs. */
  readonly perfect: boolean
}

const none: Likeness = { score: 0, apart: 0, perfect: false }

/**
 * `alone`: the code stands once on each side, so that even a far date is more likely changed than another entry.
 * `linked`: how many links of the two lead to the same record, less those that do not.
 */
export function likenessOf(
  from: LegacyItem,
  was: Identity,
  to: TargetItem,
  is: Identity,
  alone: boolean,
  zones: SideZones,
  linked = 0,
): Likeness {
  if (otherKey(from, to)) return none
  const code = codeScore(was.tokens, is.tokens)
  const time = timeScore(was, is, zones)
  if (code === 0 && time.score < certain) return none
  const facts = factsOf(from, to, zones)
  const equal = facts.equal + Math.max(0, linked)
  const different = facts.different + Math.max(0, -linked)
  // Another code at the same time is the same entry only where something else speaks for it, or nothing else is known.
  if (code === 0 && was.tokens.length > 0 && is.tokens.length > 0 && equal === 0 && different > 0) return none
  // Without code and time only further facts can tell one record from another.
  if (was.tokens.length === 0 && was.when === '' && equal <= different) return none
  if (code > 0 && !alone && time.score === 0 && was.time !== null && is.time !== null) return none
  const score = code + time.score + Math.max(-20, Math.min(20, 3 * equal - 3 * different))
  return score < 20 ? none : { score, apart: time.apart, perfect: code === 60 && time.score === certain && different === 0 }
}

const certain = 40

/** Two different keys name two different entries, whatever else is alike. */
export function otherKey(from: LegacyItem, to: TargetItem): boolean {
  const key = keyText(from)
  if (key === '') return false
  const others = keyTexts(to)
  return others.length > 0 && !others.includes(key)
}

/** 60 for the same code, 50 where one side does not say its system, 0 for another; a table without codes is neutral. */
function codeScore(was: readonly string[], is: readonly string[]): number {
  if (was.length === 0 && is.length === 0) return 60
  if (was.some((token) => is.includes(token))) return 60
  const bare = is.map(bareOf)
  return was.some((token) => bare.includes(bareOf(token))) ? 50 : 0
}

const day = 86_400

function timeScore(was: Identity, is: Identity, zones: SideZones): { readonly score: number; readonly apart: number } {
  if (was.time === null || is.time === null)
    return { score: was.when === is.when && was.when !== '' ? certain : was.when === '' || is.when === '' ? 1 : 0, apart: 0 }
  const relation = relationOf(was.time, is.time, zones)
  if (relation.kind === 'equal') return { score: certain, apart: 0 }
  if (relation.kind === 'coarser') return { score: certain, apart: 0 }
  const apart = Math.abs(relation.seconds)
  if (isSwap(was.time, is.time, zones)) return { score: 20, apart }
  const score = apart <= 14 * 3600 ? 16 : apart <= 2 * day ? 14 : apart <= 31 * day ? 8 : isOtherYear(was.time, is.time) ? 4 : 0
  return { score, apart }
}

/** Both on the clock that legacy was written by: on another one day and month may be those of the day after. */
function isSwap(a: Time, b: Time, zones: SideZones): boolean {
  const instant = instantIn(b, zones.target)
  const offset = a.zone ?? (instant === null ? null : (zones.legacy?.offsetAt(instant) ?? null))
  const moved = instant === null || offset === null ? b.second : instant + offset * 60
  const [was, is] = [new Date(a.second * 1000), new Date(moved * 1000)]
  return (
    was.getUTCFullYear() === is.getUTCFullYear() &&
    was.getUTCMonth() + 1 === is.getUTCDate() &&
    was.getUTCDate() === is.getUTCMonth() + 1
  )
}

/** The same day of another year: a year that was typed wrong. */
function isOtherYear(a: Time, b: Time): boolean {
  const [was, is] = [new Date(a.second * 1000).toISOString(), new Date(b.second * 1000).toISOString()]
  return was.slice(4) === is.slice(4)
}

/** Fields beside code, time and key that agree, and those that do not. */
function factsOf(from: LegacyItem, to: TargetItem, zones: SideZones): { readonly equal: number; readonly different: number } {
  const { fields } = from.table
  let equal = 0
  let different = 0
  for (const [i, outcome] of compareItems(from, to, zones).entries()) {
    const role = fields[i]?.role
    if (role === 'code' || role === 'onset' || role === 'key' || role === 'id') continue
    if (outcome.cls === 'same' || outcome.cls === 'same-after-rule') equal++
    else if ('kind' in outcome && outcome.kind !== 'less-precise') different++
  }
  return { equal, different }
}
