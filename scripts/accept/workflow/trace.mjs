/** Acceptance of suggested traces: against hand-made ones on pairs that were not tuned on. */
import { printed } from '../measure.mjs'

export const lines = [
  {
    name: 'suggest-trace',
    line: '≥ 12 authored clinic pairs: top-1 F1 ≥ 0.80, top-3 recall ≥ 0.92 on those that were not tuned on',
    measure: () => printed(['tests/core/workflow/matching'], /^trace suggestion/),
  },
]
