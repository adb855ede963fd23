/** Examples of `untraced-step.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const untracedStepExamples: Examples<SketchCase> = {
  code: 'workflow/untraced-step',
  decides:
    'A step of the current map flags if no trace link leads from it to a future step. An elimination answers too if it has a reason and a name, and an automation if it has a reason. Steps of safety are critical; checks and notices are errors.',
  flags: [
    {
      name: 'the call to the ward vanished',
      subject: { before: 'Lab: Run test {1m} -> Lab: Call ward {notify phone 1m}', map: 'Lab: Run test {1m}' },
    },
  ],
  passes: [{ name: 'every step is traced', subject: { before: 'Lab: Run test {1m}', map: 'Lab: Run test {1m}' } }],
}
