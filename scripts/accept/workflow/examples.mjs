/** Acceptance of the twelve example pairs: exactly their planted survivals, whatever the seed. */
import { printed } from '../measure.mjs'

export const lines = [
  {
    name: 'examples',
    line: 'twelve demonstration pairs, each with exactly its planted survivals, for 20 seeds',
    measure: () => printed(['tests/samples/workflow-examples.test.ts'], /^never/, { LONG: '1' }),
  },
]
