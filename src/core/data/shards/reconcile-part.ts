/** What one shard of a reconciliation gives: which of its patients have something to tell, by their turn, and sums over the others. No cell, no key. */
import type { QuietSums } from '../reconcile/compare/quiet.ts'
import { isObject } from './part.ts'
import type { ReconcilePlan } from './reconcile-plan.ts'

export interface ReconcilePart {
  readonly kind: 'carryover-part'
  readonly format: 1
  readonly verb: 'reconcile'
  /** Digest of the plan. */
  readonly plan: string
  /** The plan itself, so that parts can be merged wherever they are gathered. */
  readonly planned: ReconcilePlan
  /** 1-based. */
  readonly shard: number
  readonly of: number
  /** Groups of entries that were judged: patients, and shares of tables that belong to no patient. */
  readonly groups: number
  /** Turns, from 0, of the groups that have something to tell, each less the one before. */
  readonly told: readonly number[]
  readonly sums: QuietSums
}

/** The shard, 1-based, that judges what stands at `place` of 2³². */
export function shardAtPlace(place: number, of: number): number {
  return Math.floor((place / 0x1_0000_0000) * of) + 1
}

/** A parsed file as a part; null where it is none, or of a later format. */
export function reconcilePartOf(value: unknown): ReconcilePart | null {
  return isObject(value) &&
    value.kind === 'carryover-part' &&
    value.verb === 'reconcile' &&
    value.format === 1 &&
    isCount(value.groups) &&
    isCounts(value.told) &&
    isObject(value.sums) &&
    isCount(value.sums.patients) &&
    isCounts(value.sums.fields) &&
    Array.isArray(value.sums.ledger) &&
    value.sums.ledger.every((line) => Array.isArray(line) && typeof line[0] === 'string' && isCounts(line[1]))
    ? (value as object as ReconcilePart)
    : null
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isCounts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isCount)
}
