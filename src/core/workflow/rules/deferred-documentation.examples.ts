/** Examples of `deferred-documentation.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const deferredDocumentationExamples: Examples<SketchCase> = {
  code: 'workflow/deferred-documentation',
  decides:
    'An entry flags if the time between act and entry is longer than the limit. It also flags if what is entered lies on paper in between. The time is stated on the step, or the sum of waits and work between both steps.',
  flags: [
    {
      name: 'typed after rounds',
      subject: {
        map: 'Nurse: Measure {do verbal 2m reads=none writes=none} -> Nurse: Type vitals {enter screen 2m documents=measure entryDelay=2h writes=bp}',
      },
    },
    {
      name: 'paper lies between',
      subject: {
        map: 'Nurse: Measure {paper 2m writes=bp} -> Nurse: Type vitals {enter screen 2m wait=1m documents=measure entryDelay=1m writes=bp}',
      },
    },
  ],
  passes: [
    {
      name: 'entered after ten minutes',
      subject: {
        map: 'Nurse: Measure {do verbal 2m reads=none writes=none} -> Nurse: Type vitals {enter screen 2m documents=measure entryDelay=10m writes=bp}',
      },
    },
    { name: 'the step documents itself', subject: { map: 'Nurse: Measure {enter screen 2m writes=bp}' } },
  ],
}
