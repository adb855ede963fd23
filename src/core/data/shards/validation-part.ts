/** What one shard of a validation gives: which records have something to tell, and sums over all others. Offsets and counts, no cell. */
import type { JudgeSums } from '../validate/validate-input.ts'
import { isObject, partFormat } from './part.ts'
import type { ShardRange } from './plan.ts'
import type { ValidationPlan } from './validation-plan.ts'

export interface JudgedRange extends ShardRange {
  /** Records that begin in the stretch, ragged ones included. */
  readonly records: number
  /** SHA-256 of the bytes of the stretch as this shard read them. */
  readonly sha256: string
  /** Offsets of the records that have something to tell, each less the one before; the first less the beginning of the stretch. */
  readonly told: readonly number[]
  /** Of the records that have nothing to tell. */
  readonly sums: JudgeSums
}

/** Which records are wrong is itself worth guarding: a part is to be kept like the data. */
export interface ValidationPart {
  readonly kind: 'carryover-part'
  readonly format: typeof partFormat
  readonly verb: 'validate'
  /** Digest of the plan. */
  readonly plan: string
  /** The plan itself, so that parts can be merged wherever they are gathered. */
  readonly planned: ValidationPlan
  /** 1-based. */
  readonly shard: number
  readonly of: number
  readonly ranges: readonly JudgedRange[]
}

/** A parsed file as a part; null where it is none, or of a later format. */
export function validationPartOf(value: unknown): ValidationPart | null {
  return isObject(value) &&
    value.kind === 'carryover-part' &&
    value.verb === 'validate' &&
    value.format === partFormat &&
    Array.isArray(value.ranges)
    ? (value as object as ValidationPart)
    : null
}
