/** What a line of the board does to its gate, in one word: every count and every word on pages, prints and the command line comes from here. */
import type { CriterionState, Gate, GateVote } from './phase.ts'

/**
 * `blocked` keeps its gate shut by itself; `at risk` leaves a doubt; `waiting` is without evidence in a phase that has none at all; `claimed` has
 * somebody's word and no proof; `not stated` is a line that moves no gate and that nobody has stated yet.
 */
export const standings = ['blocked', 'at risk', 'waiting', 'not stated', 'claimed', 'proven', 'not due'] as const
export type Standing = (typeof standings)[number]

/** @param gate that of its phase: where nothing is there yet, nothing blocks, everything waits */
export function standingOf({ state, severity }: { state: CriterionState; severity: GateVote['severity'] }, gate: Gate): Standing {
  if (state === 'proven' || state === 'claimed') return state
  if (state === 'not-due') return 'not due'
  if (severity === 'info') return 'not stated'
  if (gate === 'waiting') return 'waiting'
  return severity === 'warning' ? 'at risk' : 'blocked'
}

/** How many lines have each word; they sum to the lines of the list. */
export function tallyOf(list: readonly { readonly standing: Standing }[]): Readonly<Record<Standing, number>> {
  const count = (word: Standing): number => list.filter(({ standing }) => standing === word).length
  return {
    blocked: count('blocked'),
    'at risk': count('at risk'),
    waiting: count('waiting'),
    'not stated': count('not stated'),
    claimed: count('claimed'),
    proven: count('proven'),
    'not due': count('not due'),
  }
}

/** "Blocked": the word that stands beside a line wherever it is shown. */
export function standingWord(standing: Standing): string {
  return standing.slice(0, 1).toUpperCase() + standing.slice(1)
}

/** What each word means for the gate; the legend of the board. */
export const standingMeaning: Readonly<Record<Standing, string>> = {
  proven: 'opens a gate',
  claimed: 'never opens one alone',
  blocked: 'keeps its gate shut',
  'at risk': 'leaves a doubt',
  waiting: 'has no evidence yet',
  'not stated': 'moves no gate',
  'not due': 'counts from its day',
}
