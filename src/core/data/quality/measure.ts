/** A measure of quality: how many of how many, what that means, and how it splits by site, source system and year. */

import type { Wording } from '../../rule.ts'
import { wordingOf } from '../checks/index.ts'
import type { Measure, MeasureStatus } from '../model/measure.ts'

/** The words shown; accuracy needs a reference, and plausibility is never called accuracy. */
export type QualityWord = 'completeness' | 'consistency' | 'plausibility' | 'accuracy' | 'timeliness'

export function measureOf(
  n: number,
  of: number,
  rest: { readonly threshold?: number; readonly notApplicable?: number; readonly isPartial?: boolean } = {},
): Measure {
  const threshold = rest.threshold ?? 0
  return { n, of, notApplicable: rest.notApplicable ?? 0, threshold, status: statusOf(n, of, threshold, rest.isPartial === true) }
}

/** Measures that checks of cells make; the rest needs keys, dates or a reference. */
export type CellMeasure = 'consistency' | 'plausibility'

/** The measure that a check is part of, by its Kahn category. */
export function cellMeasureOf({ kahn }: Pick<Wording, 'kahn'>): CellMeasure | null {
  if (kahn?.category === 'conformance') return 'consistency'
  return kahn?.category === 'plausibility' ? 'plausibility' : null
}

/** The smallest share that one of these checks allows. */
export function strictest(codes: readonly string[]): number {
  return Math.min(...codes.map((code) => wordingOf(code)?.threshold ?? 0))
}

/** A measure that nobody asked for. */
export const notRun: Measure = { n: 0, of: 0, notApplicable: 0, threshold: 0, status: 'not-run' }

function statusOf(n: number, of: number, threshold: number, isPartial: boolean): MeasureStatus {
  if (of === 0) return 'not-applicable'
  if (isPartial) return 'partial'
  if (n === of) return 'pass'
  // Compared as whole numbers of cells, so that 1 in 1,000 is within a thousandth whatever the fraction is in binary.
  return of - n <= Math.floor(threshold * of + 1e-9) ? 'pass-with-exceptions' : 'fail'
}
