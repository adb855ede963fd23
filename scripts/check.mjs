/** `npm run check`: types, lint and format, unused code, unit tests. */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
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

const vitest = 'vitest/vitest.mjs'

/** Runs tests and gives the counts vitest reports. `folders` are path filters. */
export function runTests(folders, environment = {}, options = []) {
  const { args, report } = testRun(folders, options)
  return countsOf(report, runPackage(vitest, args, { env: { ...process.env, ...environment } }))
}

/** The same beside other tests: what it says is printed as a whole once it ended. */
export function startTests(folders, environment = {}, options = []) {
  const { args, report } = testRun(folders, options)
  const output = `${report}.txt`
  mkdirSync(join(root, '.cache'), { recursive: true })
  const file = openSync(output, 'w')
  const child = spawn(process.execPath, [join(root, 'node_modules', vitest), ...args], {
    cwd: root,
    stdio: ['ignore', file, file],
    env: { ...process.env, ...environment },
  })
  return new Promise((resolve) => {
    const end = (status) => {
      closeSync(file)
      process.stdout.write(readFileSync(output))
      resolve(countsOf(report, status))
    }
    child.once('error', () => end(1))
    child.once('exit', (status) => end(status ?? 1))
  })
}

function testRun(folders, options) {
  // File systems take names of 255 bytes; many paths together are longer.
  const name = folders.join('-').replaceAll('/', '_').slice(-200) || 'all'
  const report = join(root, '.cache', `tests-${name}.json`)
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...options, ...folders]
  return { args, report }
}

function countsOf(report, status) {
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
      files: testResults.map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 })),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0, skippedNames: [], files: [] }
  }
}

if (import.meta.filename === process.argv[1]) {
  checkNode()
  install()
  const checks = staticChecks()
  const tests = runTests(['tests/'], {}, ['--exclude=tests/journeys/**'])
  for (const { name, ok } of checks) console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`)
  process.exit(checks.every(({ ok }) => ok) && tests.failed === 0 ? 0 : 1)
}
