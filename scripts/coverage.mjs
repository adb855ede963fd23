/** `npm run coverage`: which lines and branches of core its tests run, by wing. */
import { runTests } from './check.mjs'
import { checkNode, install } from './setup.mjs'
import { blockCoverage, coverageLines } from './test-report.mjs'

checkNode()
install()
const { passed, failed } = runTests(['tests/core', 'tests/samples', 'tests/guards'], {}, [
  '--no-isolate',
  '--maxWorkers=2',
  ...blockCoverage,
])
for (const line of coverageLines(['lines', 'branches'])) console.log(line)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
