/** Examples of `gateways.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import { soundMap } from './structure-rule.ts'

const passes = [{ name: 'a sound map', subject: soundMap }]

const fork =
  'Both {parallel} -> Nurse: Weigh {check screen 2m} -> Joined {parallel}\nBoth -> Desk: Copy card {paper 1m} -> Joined'

export const deadlockExamples: Examples<string> = {
  code: 'workflow/structure-deadlock',
  decides:
    'All states of one case are tried. A join flags if the case can come to a state in which the join waits and no branch can reach it any more.',
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
  decides: 'All states of one case are tried. A step flags if one case can be there twice at the same time.',
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
  decides: 'The map flags if its branches can stand in more than 10,000 states, so that not every state was tried.',
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
  decides:
    'A step or event that is no gateway flags if more than one ordinary flow leaves it. Exceptions and timeouts do not count.',
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
  decides: 'A step flags if more than one ordinary flow leads into it without a gateway. Exceptions and timeouts do not count.',
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
  decides: 'A gateway flags if several flows lead into it and several lead out of it.',
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
  decides: 'A gateway flags if one flow leads into it and one flow leads out of it.',
  flags: [{ name: 'one way in, one way out', subject: 'Desk: Ask {phone 1m} -> Desk: Ready? -> Desk: File {paper 1m}' }],
  passes: [...passes, { name: 'two answers', subject: fork }],
}
