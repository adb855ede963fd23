/** Examples of `unsourced-step.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const unsourcedStepExamples: Examples<SketchCase> = {
  code: 'workflow/unsourced-step',
  decides:
    'A step of the future map flags if no trace link leads to it from today. A link marked “new” answers too if it names a purpose and whom the step serves. Above the limit of minutes per case it is a warning, otherwise a note.',
  flags: [
    {
      name: 'a new mandatory form',
      subject: { before: 'MA: Room patient {1m}', map: 'MA: Room patient {1m} -> MA: Fill survey {enter screen 3m}' },
    },
  ],
  passes: [{ name: 'every step has a source', subject: { before: 'MA: Room patient {1m}', map: 'MA: Room patient {1m}' } }],
}
