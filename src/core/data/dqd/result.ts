/** One check of the dashboard at one place, with the columns that the DataQualityDashboard exports. */
import type { NotEvaluated } from '../../finding.ts'
import type { CheckType } from './definitions.ts'

export interface DqdPlace {
  readonly table: string
  readonly field: string | null
  readonly concept: string | null
}

export interface DqdResult extends DqdPlace {
  readonly check: CheckType
  /** Null where the check could not be computed. */
  readonly violated: number | null
  readonly of: number | null
  /** What the denominator counts, in words: it differs between checks and between releases of the dashboard. */
  readonly denominator: string
  /** Percent of violating rows above which the check fails. */
  readonly threshold: number | null
  readonly state: 'passed' | 'failed' | 'notApplicable' | 'error'
  /** Why it is not applicable or in error; empty otherwise. */
  readonly why: string
}

/** All checks of the definitions at all their places, in a fixed order. */
export interface DqdReport {
  readonly asOf: string
  readonly results: readonly DqdResult[]
  readonly notEvaluated: readonly NotEvaluated[]
}

export function judged(
  check: CheckType,
  place: DqdPlace,
  counts: { readonly violated: number; readonly of: number; readonly denominator: string; readonly threshold: number | null },
): DqdResult {
  const { violated, of, threshold } = counts
  const state = of === 0 ? 'notApplicable' : violated * 100 > (threshold ?? 0) * of ? 'failed' : 'passed'
  const why = of === 0 ? `There is nothing to test: no ${counts.denominator}.` : ''
  return { check, ...place, ...counts, state, why }
}

export function notApplicable(check: CheckType, place: DqdPlace, why: string): DqdResult {
  return { check, ...place, violated: null, of: null, denominator: '', threshold: null, state: 'notApplicable', why }
}

export function inError(check: CheckType, place: DqdPlace, why: string): DqdResult {
  return { check, ...place, violated: null, of: null, denominator: '', threshold: null, state: 'error', why }
}
