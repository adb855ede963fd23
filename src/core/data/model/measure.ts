/** A measure of quality: how many of how many, and what that means. */

/**
 * `pass` nothing wrong; `pass-with-exceptions` wrong in no more than the share its checks allow; `not-applicable` there was nothing to
 * measure; `not-run` nobody asked, or what is needed was not part of the run; `partial` the reading stopped early.
 */
export type MeasureStatus = 'pass' | 'pass-with-exceptions' | 'fail' | 'not-applicable' | 'not-run' | 'partial'

/** A census, hence without an interval. `of` 0 is never a pass: such a measure counts in no percentage. */
export interface Measure {
  /** Cells, keys or records in order. */
  readonly n: number
  readonly of: number
  /** Cells or records that were looked at and to which the measure does not apply. */
  readonly notApplicable: number
  readonly status: MeasureStatus
  /** Share that may be wrong, 0 to 1: of the strictest check that takes part. */
  readonly threshold: number
}
