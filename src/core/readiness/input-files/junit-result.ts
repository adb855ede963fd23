/**
 * What one test of JUnit XML says of its outcome. There is no standard for it: tools write a status, a result or an outcome, or a child. Only words
 * known for good count as passed, so that a word of a tool nobody has met turns nothing green.
 */

export type Outcome = 'pass' | 'skipped' | 'fail' | 'error'

const worse: readonly Outcome[] = ['pass', 'skipped', 'fail', 'error']

const words: ReadonlyMap<string, Outcome> = new Map([
  ...named('pass', ['pass', 'passed', 'success', 'successful', 'succeeded', 'ok', 'run', 'ran', 'executed', 'completed']),
  ...named('fail', ['fail', 'failed', 'fails', 'failure', 'failures', 'ko', 'rerunfailure']),
  ...named('skipped', ['notrun', 'notexecuted', 'disabled', 'skip', 'skipped', 'suppressed', 'ignored', 'pending', 'blocked']),
])

/** Children that say nothing of the outcome; a flaky test passed when it ran again. */
const silent: ReadonlySet<string> = new Set(['properties', 'systemout', 'systemerr', 'flakyfailure', 'flakyerror'])

const denials: ReadonlySet<string> = new Set(['false', 'no', '0', 'none'])

/** Attributes that stand for an outcome, with `true`, a number or a reason. */
const flags: readonly (readonly [string, Outcome])[] = [
  ...(['skipped', 'disabled', 'ignored', 'pending', 'notrun'] as const).map((name) => [name, 'skipped'] as const),
  ...(['failed', 'failure', 'failures'] as const).map((name) => [name, 'fail'] as const),
  ...(['error', 'errors', 'errored'] as const).map((name) => [name, 'error'] as const),
]

/** The outcome that is further from passed. */
export function worst(a: Outcome, b: Outcome): Outcome {
  return worse.indexOf(a) < worse.indexOf(b) ? b : a
}

/** What a test says of itself in its tag; a word that is not known for good or for skipped is an error. */
export function saidByTag(get: (attribute: string) => string): Outcome {
  const said = ['status', 'result', 'outcome', 'state'].map((name) => plain(get(name))).filter((word) => word !== '')
  const denied = ['executed', 'success', 'passed', 'run'].some((name) => denials.has(plain(get(name))))
  const owned = flags.flatMap(([name, outcome]) => (plain(get(name)) === '' || denials.has(plain(get(name))) ? [] : [outcome]))
  return [...owned, ...said.map((word) => words.get(word) ?? 'error')].reduce(worst, denied ? 'error' : 'pass')
}

/** What a child of a test says, by the name of its tag. */
export function saidByChild(tag: string): Outcome {
  const word = plain(tag)
  return silent.has(word) ? 'pass' : (words.get(word) ?? 'error')
}

function plain(said: string): string {
  return said.toLowerCase().replace(/[\s_-]+/g, '')
}

function named(outcome: Outcome, all: readonly string[]): readonly (readonly [string, Outcome])[] {
  return all.map((word) => [word, outcome])
}
