/** Readers under inputs that nobody wrote: mutants led by the blocks they reach. */
import { printed } from '../measure.mjs'

export const fuzzLines = [
  {
    name: 'fuzz',
    line: 'every reader fuzzed by coverage, from its corpus on (FUZZ_SECONDS each, 30): 0 defects; executions and blocks reached',
    measure: () =>
      printed(['tests/fuzz/fuzz.long.test.ts', 'tests/fuzz/corpora.test.ts'], /^fuzz:/, {
        LONG: '1',
        FUZZ_SECONDS: process.env.FUZZ_SECONDS ?? '30',
      }),
  },
]
