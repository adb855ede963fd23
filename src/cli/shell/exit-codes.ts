/** What the exit codes of every verb mean: help and the pages of the verbs say the same. */

interface ExitCode {
  readonly code: number
  readonly means: string
  /** The one verb that ends with it; every verb where it is left out. */
  readonly only?: string
}

export const exitCodes: readonly ExitCode[] = [
  { code: 0, means: 'passed' },
  { code: 1, means: 'findings from --fail-on on' },
  { code: 2, means: 'wrong usage or settings' },
  { code: 3, means: 'an input could not be read' },
  { code: 4, means: 'an error of Carryover itself' },
  { code: 5, means: 'verified in part', only: 'verify' },
  { code: 130, means: 'interrupted' },
]

/** All of them as one sentence, without a full stop. */
export const exitCodeWords = exitCodes
  .map(({ code, means, only }) => `${code} ${means}${only === undefined ? '' : ` (${only} alone)`}`)
  .join(', ')
