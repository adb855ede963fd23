/** Acceptance of comparing by meaning and of pairing, on a pair that nobody here wrote. */
import { printed } from '../measure.mjs'

export const lines = [
  {
    name: 'found',
    line: 'pair-12 by a map written by hand: 0 unaccounted, 0 errors, and each of its ten damages found with its exact count, 5 seeds each',
    measure: () => printed(['tests/foreign/pair-12/found.test.ts'], /exact|seed/, { SEEDS: '5' }),
  },
  {
    name: 'rewritings',
    line: 'the same verdicts after 500 rewritings of target times (zones, precisions) and numbers (roundings)',
    measure: () => printed(['tests/foreign/pair-12/rewritings.test.ts'], /rewritings with|seed/, { REWRITINGS: '500' }),
  },
]
