/** Examples of `flow.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import { soundMap } from './structure-rule.ts'

const passes = [{ name: 'a sound map', subject: soundMap }]

export const noStartExamples: Examples<string> = {
  code: 'workflow/structure-no-start',
  decides: 'The map flags if it holds steps and no start event, or if every step has a flow into it.',
  flags: [{ name: 'steps behind an end only', subject: 'bare\nDesk: A {1m} -> end' }],
  passes,
}

export const noEndExamples: Examples<string> = {
  code: 'workflow/structure-no-end',
  decides: 'The map flags if it holds steps and no end event.',
  flags: [{ name: 'it just stops', subject: 'bare\nstart -> Desk: A {1m}' }],
  passes,
}

export const unreachableExamples: Examples<string> = {
  code: 'workflow/structure-unreachable',
  decides: 'A step flags if no path of flows leads to it from a start.',
  flags: [{ name: 'a step nothing leads to', subject: 'start -> Desk: A {1m} -> end\nDesk: B {1m} -> end' }],
  passes,
}

export const noWayOutExamples: Examples<string> = {
  code: 'workflow/structure-no-way-to-end',
  decides: 'A step flags if no path of flows leads from it to an end.',
  flags: [{ name: 'a dead end', subject: 'start -> Desk: A {1m} -0.5-> end\nDesk: A -0.5-> Desk: B {1m}' }],
  passes,
}

export const danglingFlowExamples: Examples<string> = {
  code: 'workflow/structure-dangling-flow',
  decides: 'A flow flags if the step at its begin or its end does not exist.',
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
  decides:
    'A split with shares flags if the shares of its ways out do not add up to 100 %. One way without a share takes the rest. Parallel and inclusive gateways are left out.',
  flags: [{ name: '90 % in all', subject: 'Desk: Ok?\nOk? -0.5-> Desk: A {1m}\nOk? -0.4-> Desk: B {1m}' }],
  passes: [...passes, { name: 'one share left open', subject: 'Desk: Ok?\nOk? -0.5-> Desk: A {1m}\nOk? -> Desk: B {1m}' }],
}

export const loopWithoutExitExamples: Examples<string> = {
  code: 'workflow/structure-loop-without-exit',
  decides: 'A loop flags if no flow with a share above 0 leaves it.',
  flags: [{ name: 'everything comes back', subject: 'Desk: A {1m} -> Desk: B?\nB? -1-> Desk: A\nB? -0-> end' }],
  passes: [...passes, { name: 'one in ten leaves', subject: 'Desk: A {1m} -> Desk: B?\nB? -0.9-> Desk: A\nB? -0.1-> end' }],
}
