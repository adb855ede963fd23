/** One stretch of a text that is marked on the screen, with the reason in words: the text itself stays as it was written. */

export type MarkKind =
  /** An abbreviation that was misread before: QD, U, MSO4. */
  | 'abbreviation'
  /** `3.0 mg` is read as 30 mg. */
  | 'trailing-zero'
  /** `.5 mg` is read as 5 mg. */
  | 'naked-decimal'
  /** `100000 units` is read as 10000. */
  | 'long-number'
  /** A number that means nothing without a unit, and has none. */
  | 'no-unit'
  /** A 0 where more likely nothing is known. */
  | 'bare-zero'
  /** A name that is taken for another; `reads` is how it is written in tall-man letters. */
  | 'tall-man'

export interface DisplayMark {
  /** UTF-16 offsets in the text; `to` is behind the last marked character. */
  readonly from: number
  readonly to: number
  readonly kind: MarkKind
  /** A few words for a reader who does not know the rule: “read as 30”. */
  readonly reason: string
  /** What it stands for or how it is written safely (`daily`, `metFORMIN`); null where nobody can know. */
  readonly reads: string | null
}
