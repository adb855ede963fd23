/** `npm run check`: types, lint and format, unused code, unit tests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, install, root, runPackage } from './setup.mjs'
import { checkTypes } from './types.mjs'

/** Names and outcomes of the checks that are not tests. */
export function staticChecks() {
  return [
    { name: 'types hold in every layer', ok: checkTypes() },
    {
      name: 'lint and format are clean',
      ok: runPackage('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) === 0,
    },
    { name: 'no unused files, exports or packages', ok: runPackage('knip/bin/knip.js', ['--no-progress']) === 0 },
  ]
}

/** Runs tests and gives the counts vitest reports. `folders` are path filters. */
export function runTests(folders, environment = {}, options = []) {
  const report = join(root, '.cache', `tests-${folders.join('-').replaceAll('/', '_') || 'all'}.json`)
  const status = runPackage(
    'vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...options, ...folders],
    {
      env: { ...process.env, ...environment },
    },
  )
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    const skipped = testResults
      .flatMap((file) => file.assertionResults)
      .filter((test) => test.status === 'pending' || test.status === 'skipped')
    // A file that fails to load has no test to count, and still is a failure.
    const broken = numFailedTests === 0 && status !== 0 ? Math.max(1, numFailedTestSuites) : 0
    return {
      passed: numPassedTests,
      failed: numFailedTests + broken,
      skipped: numPendingTests + numTodoTests,
      skippedNames: skipped.map((test) => test.fullName),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0, skippedNames: [] }
  }
}

if (import.meta.filename === process.argv[1]) {
  checkNode()
  install()
  const checks = staticChecks()
  const tests = runTests(['tests/core', 'tests/guards', 'tests/io', 'tests/cli', 'tests/samples', 'tests/app', 'tests/workers'])
  for (const { name, ok } of checks) console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`)
  process.exit(checks.every(({ ok }) => ok) && tests.failed === 0 ? 0 : 1)
}
