/** Examples of `flow.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import { soundMap } from './structure-rule.ts'

const passes = [{ name: 'a sound map', subject: soundMap }]

export const noStartExamples: Examples<string> = {
  code: 'workflow/structure-no-start',
  flags: [{ name: 'steps behind an end only', subject: 'bare\nDesk: A {1m} -> end' }],
  passes,
}

export const noEndExamples: Examples<string> = {
  code: 'workflow/structure-no-end',
  flags: [{ name: 'it just stops', subject: 'bare\nstart -> Desk: A {1m}' }],
  passes,
}

export const unreachableExamples: Examples<string> = {
  code: 'workflow/structure-unreachable',
  flags: [{ name: 'a step nothing leads to', subject: 'start -> Desk: A {1m} -> end\nDesk: B {1m} -> end' }],
  passes,
}

export const noWayOutExamples: Examples<string> = {
  code: 'workflow/structure-no-way-to-end',
  flags: [{ name: 'a dead end', subject: 'start -> Desk: A {1m} -0.5-> end\nDesk: A -0.5-> Desk: B {1m}' }],
  passes,
}

export const danglingFlowExamples: Examples<string> = {
  code: 'workflow/structure-dangling-flow',
  flags: [
    {
      name: 'a flow to a step that is gone',
      subject: 'start -> Desk: Take call {phone 1m} -> end\nDesk: Take call -0-> nowhere',
    },
  ],
  passes,
}

export const splitSharesExamples: Examples<string> = {
  code: 'workflow/structure-split-shares',
  flags: [{ name: '90 % in all', subject: 'Desk: Ok?\nOk? -0.5-> Desk: A {1m}\nOk? -0.4-> Desk: B {1m}' }],
  passes: [...passes, { name: 'one share left open', subject: 'Desk: Ok?\nOk? -0.5-> Desk: A {1m}\nOk? -> Desk: B {1m}' }],
}

export const loopWithoutExitExamples: Examples<string> = {
  code: 'workflow/structure-loop-without-exit',
  flags: [{ name: 'everything comes back', subject: 'Desk: A {1m} -> Desk: B?\nB? -1-> Desk: A\nB? -0-> end' }],
  passes: [...passes, { name: 'one in ten leaves', subject: 'Desk: A {1m} -> Desk: B?\nB? -0.9-> Desk: A\nB? -0.1-> end' }],
}
