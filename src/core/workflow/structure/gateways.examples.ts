/** Examples of `gateways.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import { soundMap } from './structure-rule.ts'

const passes = [{ name: 'a sound map', subject: soundMap }]

const fork =
  'Both {parallel} -> Nurse: Weigh {check screen 2m} -> Joined {parallel}\nBoth -> Desk: Copy card {paper 1m} -> Joined'

export const deadlockExamples: Examples<string> = {
  code: 'workflow/structure-deadlock',
  flags: [
    {
      name: 'a decision joined in parallel',
      subject:
        'Desk: Ready?\nReady? -"yes" 0.5-> Desk: Do it {paper 1m} -> Joined {parallel}\nReady? -"no" 0.5-> Desk: Call back {phone 1m} -> Joined',
    },
  ],
  passes: [...passes, { name: 'a parallel split joined in parallel', subject: fork }],
}

export const notSynchronisedExamples: Examples<string> = {
  code: 'workflow/structure-not-synchronised',
  flags: [
    {
      name: 'two branches meet in a step',
      subject:
        'Both {parallel} -> Nurse: Weigh {check screen 2m} -> MD: See {verbal 9m}\nBoth -> Desk: Copy card {paper 1m} -> MD: See',
    },
  ],
  passes: [...passes, { name: 'joined before', subject: fork }],
}

export const soundnessUnknownExamples: Examples<string> = {
  code: 'workflow/structure-soundness-unknown',
  flags: [
    {
      name: 'fifteen open choices at once',
      subject: Array.from(
        { length: 15 },
        (_, n) =>
          `Both {parallel} -> Desk: Ready ${n}?\nReady ${n}? -"yes" 0.5-> Joined {inclusive}\nReady ${n}? -"no" 0.5-> Desk: Prepare ${n} {paper 1m} -> Joined`,
      ).join('\n'),
    },
  ],
  passes,
}

export const implicitSplitExamples: Examples<string> = {
  code: 'workflow/structure-implicit-split',
  flags: [
    {
      name: 'two ways out of a step',
      subject: 'Desk: Ask {phone 1m} -0.5-> Desk: Note {paper 1m}\nDesk: Ask -0.5-> Desk: Call {phone 1m}',
    },
  ],
  passes,
}

export const fakeJoinExamples: Examples<string> = {
  code: 'workflow/structure-fake-join',
  flags: [
    {
      name: 'two ways into a step',
      subject: 'Desk: Ready?\nReady? -"yes" 0.5-> Desk: File {paper 1m}\nReady? -"no" 0.5-> Desk: Call {phone 1m} -> Desk: File',
    },
  ],
  passes,
}

export const joinAndForkExamples: Examples<string> = {
  code: 'workflow/structure-join-and-fork',
  flags: [
    {
      name: 'two in, two out',
      subject:
        'Desk: Ready?\nReady? -"yes" 0.5-> Desk: Sure?\nReady? -"no" 0.5-> Desk: Call {phone 1m} -> Desk: Sure?\nSure? -"yes" 0.5-> Desk: File {paper 1m} -> end\nSure? -"no" 0.5-> end',
    },
  ],
  passes: [...passes, { name: 'one joins, one splits', subject: fork }],
}

export const superfluousGatewayExamples: Examples<string> = {
  code: 'workflow/structure-superfluous-gateway',
  flags: [{ name: 'one way in, one way out', subject: 'Desk: Ask {phone 1m} -> Desk: Ready? -> Desk: File {paper 1m}' }],
  passes: [...passes, { name: 'two answers', subject: fork }],
}
