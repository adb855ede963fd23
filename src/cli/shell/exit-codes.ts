/** The exit codes of every verb, and what they mean: help and the pages of the verbs say the same. */

export const exitCode = {
  passed: 0,
  findings: 1,
  usage: 2,
  unreadable: 3,
  ownError: 4,
  verifiedInPart: 5,
  interrupted: 130,
} as const

interface ExitCode {
  readonly code: number
  readonly means: string
  /** The one verb that ends with it; every verb where it is left out. */
  readonly only?: string
}

export const exitCodes: readonly ExitCode[] = [
  { code: exitCode.passed, means: 'passed' },
  { code: exitCode.findings, means: 'findings from --fail-on on' },
  { code: exitCode.usage, means: 'wrong usage or settings' },
  { code: exitCode.unreadable, means: 'an input could not be read' },
  { code: exitCode.ownError, means: 'an error of Carryover itself' },
  { code: exitCode.verifiedInPart, means: 'verified in part', only: 'verify' },
  { code: exitCode.interrupted, means: 'interrupted' },
]

/** All of them as one sentence, without a full stop. */
export const exitCodeWords = exitCodes
  .map(({ code, means, only }) => `${code} ${means}${only === undefined ? '' : ` (${only} alone)`}`)
  .join(', ')
