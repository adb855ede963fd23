/** `npm test`: everything CI runs, with its own set-up. Its last line is `N passed, N failed`. */

import { runTests, startTests, staticChecks } from './check.mjs'
import { build, checkNode, findBrowser, install } from './setup.mjs'
import { coverageLines, durationLines, functionCoverage } from './test-report.mjs'

checkNode()
install()
build()
const browser = findBrowser()
// Two journeys at a time, which wait more than they compute, beside two files of other tests: no core is idle before the last of them.
// A journey that a busy machine broke is walked once more; the report then says "retry x1" beside its name.
const walking = startTests(['tests/journeys'], browser ? { CHROMIUM: browser } : {}, ['--maxWorkers=2', '--retry=1'])
const checks = staticChecks()
// Tests of pure code share their modules: nothing of them outlives a test, and importing is a third of their time.
const pure = ['tests/core', 'tests/samples', 'tests/guards']
const core = runTests(pure, {}, ['--no-isolate', '--maxWorkers=2', ...functionCoverage])
const others = runTests(
  // Every other folder but the journeys: a list of names would leave a new one out in silence.
  ['tests/'],
  {},
  // Three at a time: many of them wait for a server, a database or another process.
  [...['tests/journeys', ...pure].map((folder) => `--exclude=${folder}/**`), '--maxWorkers=3'],
)
const journeys = await walking

for (const { name, ok } of checks) console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`)
const runs = [core, others, journeys]
for (const { skippedNames } of runs) for (const name of skippedNames) console.log(`skipped: ${name}`)
for (const line of [...durationLines(runs.flatMap(({ files }) => files)), ...coverageLines()]) console.log(line)
if (!browser)
  console.log(
    'The browser tests were skipped: no Chromium or Chrome was found. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path, then run npm test again.',
  )
const missingBrowser = !browser && process.env.CI ? 1 : 0
const sumOf = (count) => runs.reduce((sum, run) => sum + run[count], 0)
const passed = checks.filter(({ ok }) => ok).length + sumOf('passed')
const failed = checks.filter(({ ok }) => !ok).length + sumOf('failed') + missingBrowser
const skipped = sumOf('skipped')
if (skipped > 0) console.log(`${skipped} skipped, named above`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
