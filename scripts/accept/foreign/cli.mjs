/** Acceptance of the command line by its contract, and of XML that nobody here wrote. */
import { printed, tests } from '../measure.mjs'

export const lines = [
  {
    name: 'cli',
    line: 'every verb by its contract: common flags, bad values, settings, patterns, pipes, closed pipes, Ctrl-C, completion',
    measure: () => tests(['program', 'shell'].map((name) => `tests/cli/${name}.test.ts`)),
  },
  {
    name: 'xml',
    line: 'event logs and drawings are read exactly where they are well-formed XML 1.0: its productions, and saxes over ≥ 2,000 damaged files',
    measure: () => printed(['tests/core/workflow/interop/well-formed.test.ts'], /differ from saxes/, { DAMAGED: '3000' }),
  },
]
