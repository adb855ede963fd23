/** Acceptance of the command line by its contract, and of XML that nobody here wrote. */
import { printed } from '../measure.mjs'

export const lines = [
  {
    name: 'xml',
    line: 'event logs and drawings are read exactly where they are well-formed XML 1.0: its productions, and saxes over ≥ 2,000 damaged files',
    measure: () => printed(['tests/core/workflow/interop/well-formed.test.ts'], /differ from saxes/, { DAMAGED: '3000' }),
  },
]
