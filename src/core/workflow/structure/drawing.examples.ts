/** Examples of `drawing.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import { soundMap } from './structure-rule.ts'

const passes = [{ name: 'a sound map', subject: soundMap }]

export const labelFormExamples: Examples<string> = {
  code: 'workflow/structure-label-form',
  decides:
    'A step flags if its name is one word, or two words that end in a noun such as “completion” without a verb before it. Waits are left out.',
  flags: [
    { name: 'one word', subject: 'Desk: Refill {paper 1m}' },
    { name: 'a heading', subject: 'Desk: Referral completion {paper 1m}' },
  ],
  passes: [...passes, { name: 'verb and object', subject: 'Desk: Complete referral {paper 1m}' }],
}

export const questionMissingExamples: Examples<string> = {
  code: 'workflow/structure-question-missing',
  decides: 'A decision with two or more ways out flags if its name does not end with a question mark.',
  flags: [
    {
      name: 'a statement',
      subject:
        'Desk: Completeness {decision}\nCompleteness -"yes" 0.5-> Desk: File it {paper 1m}\nCompleteness -"no" 0.5-> Desk: Call back {phone 1m}',
    },
  ],
  passes: [
    {
      name: 'a question',
      subject:
        'Desk: Complete?\nComplete? -"yes" 0.5-> Desk: File it {paper 1m}\nComplete? -"no" 0.5-> Desk: Call back {phone 1m}',
    },
  ],
}

export const overlappingShapesExamples: Examples<string> = {
  code: 'workflow/structure-overlap',
  decides: 'Two shapes flag if their rectangles overlap. Maps that nobody has laid out yet are left out.',
  flags: [
    {
      name: 'one on the other',
      subject: 'Desk: Take call {phone 3m at=100,100} -> Desk: Check chart {check screen 2m at=110,110}',
    },
  ],
  passes: [
    ...passes,
    {
      name: 'side by side',
      subject: 'Desk: Take call {phone 3m at=100,100} -> Desk: Check chart {check screen 2m at=400,100}',
    },
  ],
}

export const duplicateIdExamples: Examples<string> = {
  code: 'workflow/structure-duplicate-id',
  decides: 'An id flags if both a step and a flow of the map have it.',
  flags: [
    {
      name: 'a flow called like a step',
      subject: 'start -> Desk: Start x {paper 1m} -> end\nDesk: start-start-x {paper 1m} -> end',
    },
  ],
  passes,
}
