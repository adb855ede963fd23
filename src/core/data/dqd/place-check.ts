/** A check at one place while its table is read. Most judge each row for itself; those that can not bring a `see` of their own. */
import { counted } from '../../counted.ts'
import type { CheckType } from './definitions.ts'
import type { Read } from './facts.ts'
import { type DqdPlace, type DqdResult, inError, judged } from './result.ts'

export interface Measure {
  /** Columns of the table without which nothing can be computed. */
  readonly needs: readonly string[]
  readonly check: CheckType
  readonly place: DqdPlace
  see(read: Read): void
  result(): DqdResult
}

export interface MeasurePlan {
  readonly check: CheckType
  readonly place: DqdPlace
  readonly threshold: number | null
  readonly needs: readonly string[]
}

/** A row is not tested, tested and right, or tested and wrong; a text says that its value can not be compared at all. */
export type RowVerdict = 'untested' | 'right' | 'wrong' | { readonly error: string }

/** Counts rows; `denominator` says in words which rows are counted. */
export function rowMeasure(plan: MeasurePlan, denominator: string, judge: (read: Read) => RowVerdict): Measure {
  let violated = 0
  let of = 0
  let errors = 0
  let error = ''
  return {
    ...plan,
    see(read) {
      const verdict = judge(read)
      if (typeof verdict === 'object') {
        errors++
        error = verdict.error
        return
      }
      if (verdict === 'untested') return
      of++
      if (verdict === 'wrong') violated++
    },
    result() {
      if (errors > 0) return inError(plan.check, plan.place, `${error} (${counted(errors, 'row')})`)
      return judged(plan.check, plan.place, { violated, of, denominator, threshold: plan.threshold })
    },
  }
}
