/** Examples of `sequence-mismatch.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const sequenceMismatchExamples: Examples<SketchCase> = {
  code: 'workflow/sequence-mismatch',
  decides:
    'Two steps flag if their order is fixed in the current map and their successors have the opposite fixed order in the future map. The step in the opposite order to most others counts as the one that moved.',
  flags: [
    {
      name: 'the complaint is asked after the history',
      subject: {
        before: 'MD: Ask complaint {verbal 2m} -> MD: Ask history {verbal 5m} -> MD: Examine {verbal 5m}',
        map: 'MD: Ask history {screen 5m} -> MD: Ask complaint {screen 2m} -> MD: Examine {verbal 5m}',
      },
    },
  ],
  passes: [
    {
      name: 'the same order on another medium',
      subject: {
        before: 'MD: Ask complaint {verbal 2m} -> MD: Ask history {verbal 5m}',
        map: 'MD: Ask complaint {screen 2m} -> MD: Ask history {screen 5m}',
      },
    },
    {
      name: 'both at the same time',
      subject: {
        before: 'MD: Ask complaint {verbal 2m} -> MD: Ask history {verbal 5m}',
        map: 'Both {parallel} -> MD: Ask history {screen 5m} -> Joined {parallel}\nBoth -> MD: Ask complaint {screen 2m} -> Joined',
      },
    },
  ],
}
