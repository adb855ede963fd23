/** Every suite with what passed and failed in the last `npm test`, read from the reports that it left. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from '../setup.mjs'

/** The three runs of `npm test`; a report of a single file says nothing of the whole. */
const runs = ['tests-tests_core-tests_samples-tests_guards.json', 'tests-tests_.json', 'tests-tests_journeys.json']

export function suites(cache = join(root, '.cache'), tree = root) {
  const missing = runs.filter((name) => !existsSync(join(cache, name)))
  if (missing.length > 0) {
    const found = existsSync(cache) ? readdirSync(cache).filter((name) => /^tests-.*\.json$/.test(name)).length : 0
    throw new Error(
      `${missing.length} of ${runs.length} reports of npm test are missing in ${cache} (${missing.join(', ')}; ${found} others lie there). Run npm test first.`,
    )
  }
  const rows = runs.flatMap((name) => {
    const { testResults } = JSON.parse(readFileSync(join(cache, name), 'utf8'))
    return testResults.map(({ name: file, status, assertionResults }) => {
      const count = (...wanted) => assertionResults.filter((test) => wanted.includes(test.status)).length
      // A file that fails to load has no test to count, and still is a failure.
      const failed = Math.max(count('failed'), status === 'failed' ? 1 : 0)
      return {
        suite: relative(tree, file).split(sep).join('/'),
        ...{ passed: count('passed'), failed, skipped: count('pending', 'skipped', 'todo') },
      }
    })
  })
  const sum = (member) => rows.reduce((all, row) => all + row[member], 0)
  const lines = rows
    .toSorted((a, b) => (a.suite < b.suite ? -1 : 1))
    .map(
      ({ suite, passed, failed, skipped }) =>
        `${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed${skipped > 0 ? ` ${String(skipped).padStart(3)} skipped` : ''}  ${suite}`,
    )
  const days = runs.map((name) => statSync(join(cache, name)).mtime.toISOString())
  return {
    ok: rows.length > 0 && sum('failed') === 0,
    figure: [
      `${rows.length} suites, ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped (reports of ${days.toSorted()[0]})`,
      ...lines,
    ].join('\n       '),
  }
}
