/** A rule that is worth testing on the data at hand, with what must be seen before it is proposed. */
import type { JsonObject } from '../model/record.ts'

/** Records that a rule was tested on, and how many of them break it. */
export interface Tested {
  readonly tested: number
  readonly broken: number
}

export interface Candidate {
  /** As `x-carryover.rules` of a schema spells it. */
  readonly rule: JsonObject & { readonly id: string }
  readonly isSupported: (seen: Tested) => boolean
  /** Of candidates of one family one is proposed: the first, or the one that fewest records break. */
  readonly family?: string
  readonly choose?: 'first' | 'fewest'
}

/** Names alone speak for the rule: it is proposed where the data do not speak against it. */
export function byName({ tested, broken }: Tested): boolean {
  return tested >= 3 && (broken <= tested * 0.02 || (broken <= 5 && broken * 5 <= tested))
}

/** Nothing but the data speaks for the rule. */
export function byData({ tested, broken }: Tested): boolean {
  return tested >= 50 && broken <= tested * 0.01
}

/** A rule that speaks only where something stands out: proposed unless much does. */
export function standsOut({ tested, broken }: Tested): boolean {
  return tested >= 20 && broken <= tested * 0.03
}

export function rule(
  check: string,
  fields: readonly string[],
  params: JsonObject = {},
  more: JsonObject = {},
): Candidate['rule'] {
  const name = check.replace('data/', '')
  const rest = Object.keys(params).length > 0 ? { params } : {}
  return { id: `${name}: ${fields.join(' + ')}`, check, fields: [...fields], ...rest, ...more }
}

/** Rare exchanges of two values of a record. */
export function mayBeExchanged({ tested, broken }: Tested): boolean {
  return tested >= 10 && broken <= Math.max(1, tested * 0.15)
}
