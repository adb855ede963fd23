/** Examples of `facts.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import { soundMap } from './structure-rule.ts'

const passes = [{ name: 'a sound map', subject: soundMap }]

export const laneMissingExamples: Examples<string> = {
  code: 'workflow/structure-lane-missing',
  decides: 'A step flags if it lies in no lane, or in a lane that does not exist.',
  flags: [{ name: 'no role', subject: 'Take call {phone 3m}' }],
  passes,
}

export const mediumMissingExamples: Examples<string> = {
  code: 'workflow/structure-medium-missing',
  decides: 'A step flags if it has no medium.',
  flags: [{ name: 'no medium', subject: 'Desk: Take call {3m}' }],
  passes,
}

export const durationMissingExamples: Examples<string> = {
  code: 'workflow/structure-duration-missing',
  decides: 'A step flags if it has no working time; a wait flags if it has neither a waiting nor a working time.',
  flags: [{ name: 'no minutes', subject: 'Desk: Take call {phone}' }],
  passes,
}

export const labelMissingExamples: Examples<string> = {
  code: 'workflow/structure-label-missing',
  decides: 'A step flags if its name holds no letter and no digit.',
  flags: [{ name: 'only a dash', subject: 'Desk: - {paper 1m}' }],
  passes,
}

export const answerMissingExamples: Examples<string> = {
  code: 'workflow/structure-answer-missing',
  decides:
    'A decision with two or more ways out flags if one of them has neither words nor a condition. Refusals and exceptions speak for themselves.',
  flags: [{ name: 'two bare ways', subject: 'Desk: Ok?\nOk? -0.5-> Desk: A {paper 1m}\nOk? -0.5-> Desk: B {paper 1m}' }],
  passes: [{ name: 'yes and no', subject: 'Desk: Ok?\nOk? -"yes" 0.5-> Desk: A {paper 1m}\nOk? -"no" 0.5-> Desk: B {paper 1m}' }],
}

export const laneEmptyExamples: Examples<string> = {
  code: 'workflow/structure-lane-empty',
  decides: 'A lane flags if no step lies in it.',
  flags: [{ name: 'a role without work', subject: `lane MD staff=1\n${soundMap}` }],
  passes,
}
