/** Which key records which verdict, and what each key of a chart does, as both lists of keys tell it. */
import type { Verdict } from '../../../../core/review/model/review-event.ts'

/** Keys 1–4 in this order. */
export const verdictKeys: readonly Verdict[] = ['harmful', 'wrong', 'acceptable', 'cannot-tell']

export const chartKeys: readonly (readonly [keys: string, what: string])[] = [
  ['Space', 'Scroll; confirm the section when all of it was on screen'],
  ['↑, ↓', 'Previous and next entry'],
  ['M', 'Mark this entry'],
  ['1, 2, 3, 4', 'Harmful, wrong, acceptable, cannot tell'],
  ['1 … 9', 'The reason, after harmful or wrong'],
  ['A', 'Judge the traces of one cause one by one'],
  ['C', 'Comment on this entry'],
  ['O', 'What stands in the files, for this section'],
  ['N, P', 'Next and previous record'],
  ['S', 'Leave this record for later'],
  ['Ctrl Z', 'Take back, until signed'],
]
