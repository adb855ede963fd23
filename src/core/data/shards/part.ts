/** What one shard gives: the states of its stretches, bound to its plan. It holds counts, offsets and fingerprints, no cell. */

import type { ShardPlan, ShardRange } from './plan.ts'
import type { ColumnJson } from './state-json.ts'

export interface GroupingJson {
  /** Offset and length of a record of the group, records, filled cells per column; null where there are too many groups. */
  readonly groups: readonly (readonly [byte: number, span: number, records: number, filled: readonly number[]])[] | null
}

export interface PartRange extends ShardRange {
  /** Records that begin in the stretch, ragged ones included. */
  readonly records: number
  readonly columns: readonly ColumnJson[]
  readonly groupings: readonly GroupingJson[]
}

/** Of parts of a profile and of a validation. Goes up with the fingerprints and states that they carry: parts of two formats never add up. */
export const partFormat = 2

export interface ShardPart {
  readonly kind: 'carryover-part'
  readonly format: typeof partFormat
  /** Digest of the plan. */
  readonly plan: string
  /** The plan itself, so that parts can be merged wherever they are gathered. */
  readonly planned: ShardPlan
  /** 1-based. */
  readonly shard: number
  readonly of: number
  readonly ranges: readonly PartRange[]
}

/** More shards than any run has: a larger number is a slip or a forgery, and would be counted through. */
export const mostShards = 65_536
/** So many missing shards are named. */
const namedShards = 20

/** The parts in the order of their shards, or the sentence that says what is wrong with them. */
export function orderedParts<P extends Pick<ShardPart, 'plan' | 'shard' | 'of'>>(
  parts: readonly P[],
  digest: string,
): readonly P[] | string {
  const [first] = parts
  if (!first) return 'No part was given.'
  if (!isCount(first.of) || first.of > mostShards) return `A part says it is of ${first.of} shards; there can be ${mostShards}.`
  const found = new Map<number, P>()
  for (const part of parts) {
    if (part.plan !== digest) return `Shard ${part.shard} of ${part.of} was run from another plan.`
    if (part.of !== first.of) return `Parts of runs with ${first.of} and with ${part.of} shards do not go together.`
    if (!isCount(part.shard) || part.shard > first.of) return `A part says it is shard ${part.shard} of ${first.of}.`
    // A shard that was delivered twice is the same shard.
    if (!found.has(part.shard)) found.set(part.shard, part)
  }
  const missing = Array.from({ length: first.of }, (_, i) => i + 1).filter((shard) => !found.has(shard))
  const rest = missing.length > namedShards ? ` and ${missing.length - namedShards} more` : ''
  if (missing.length > 0)
    return `${missing.length === 1 ? 'Shard' : 'Shards'} ${missing.slice(0, namedShards).join(', ')}${rest} of ${first.of} ${missing.length === 1 ? 'is' : 'are'} missing.`
  return [...found.values()].sort((a, b) => a.shard - b.shard)
}

/** A parsed file as a plan; null where it is none, or of a later format. */
export function planOf(value: unknown): ShardPlan | null {
  return isObject(value) &&
    value.kind === 'carryover-plan' &&
    value.verb === 'profile' &&
    value.format === 1 &&
    Array.isArray(value.inputs) &&
    value.inputs.every(isPlannedInput) &&
    isObject(value.groups)
    ? (value as object as ShardPlan)
    : null
}

/** What to say of a part of a profile or a validation in another format; null for anything else. */
export function otherFormat(value: unknown): string | null {
  if (!isObject(value) || value.kind !== 'carryover-part' || value.verb === 'reconcile' || value.format === partFormat)
    return null
  return `a part of format ${String(value.format)}, and this version adds up parts of format ${partFormat}. Run its shard again with this version.`
}

export function partOf(value: unknown): ShardPart | null {
  return isObject(value) &&
    value.kind === 'carryover-part' &&
    value.format === partFormat &&
    Array.isArray(value.ranges) &&
    value.ranges.every(isPartRange) &&
    value.verb === undefined
    ? (value as object as ShardPart)
    : null
}

function isPlannedInput(value: unknown): boolean {
  return (
    isPlannedBytes(value) &&
    isObject(value) &&
    [value.path, value.table].every((text) => typeof text === 'string') &&
    isObject(value.reading) &&
    typeof value.schema === 'object'
  )
}

/** What plans of every verb say about an input. */
export function isPlannedBytes(value: unknown): boolean {
  return (
    isObject(value) &&
    [value.name, value.sha256, value.status].every((text) => typeof text === 'string') &&
    [value.bytes, value.records].every((n) => isCount(n) || n === 0) &&
    Array.isArray(value.cuts) &&
    value.cuts.every((cut) => isCount(cut) || cut === 0)
  )
}

function isPartRange(value: unknown): boolean {
  return (
    isObject(value) &&
    [value.input, value.from, value.records].every((n) => isCount(n) || n === 0) &&
    (value.to === null || isCount(value.to)) &&
    [value.columns, value.groupings].every((list) => Array.isArray(list) && list.every(isObject))
  )
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
