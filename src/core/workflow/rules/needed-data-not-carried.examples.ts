/** Examples of `needed-data-not-carried.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const neededDataNotCarriedExamples: Examples<SketchCase> = {
  code: 'workflow/needed-data-not-carried',
  decides:
    'A data element that a future step reads flags if the crosswalk does not carry it, or carries it unvalidated. What an earlier step types, picks or scans needs no carrying. An element of safety makes it critical, and so does a step of safety that reads it.',
  flags: [
    {
      name: 'allergies were not carried',
      subject: {
        map: 'element allergies record safety\nMD: Prescribe {screen 1m reads=allergies writes=none}',
        evidence: { allergies: 'missing' },
      },
    },
    {
      name: 'mapped, but nobody validated it',
      subject: { map: 'element dose record\nMD: Prescribe {screen 1m reads=dose writes=none}', evidence: { dose: 'mapped' } },
    },
  ],
  passes: [
    {
      name: 'carried',
      subject: {
        map: 'element allergies record\nMD: Prescribe {screen 1m reads=allergies writes=none}',
        evidence: { allergies: 'carried' },
      },
    },
    {
      name: 'asked anew in the same workflow',
      subject: {
        map: 'element allergies record\nMA: Ask {enter screen 1m reads=none writes=allergies} -> MD: Prescribe {screen 1m reads=allergies writes=none}',
        evidence: { allergies: 'missing' },
      },
    },
  ],
}
