/** `npm run test:long [-- path…]`: the tests that take minutes to hours, and the properties of all others with many more runs. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runTests } from './check.mjs'
import { build, checkNode, findBrowser, install, root } from './setup.mjs'

checkNode()
install()
build()
const browser = findBrowser()
const given = process.argv.slice(2)
// Every folder but the journeys, so that a new one is not left out in silence.
const wings = readdirSync(join(root, 'tests'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'journeys')
  .map(({ name }) => `tests/${name}`)
const folders = given.length > 0 ? given : [...wings, 'tests/journeys/killed', '.long.test.']
const { passed, failed, skipped, skippedNames } = runTests(folders, { LONG: '1', ...(browser ? { CHROMIUM: browser } : {}) }, [
  '--testTimeout=3600000',
  '--hookTimeout=3600000',
  '--maxWorkers=1',
])
for (const name of skippedNames) console.log(`skipped: ${name}`)
if (skipped > 0) console.log(`${skipped} skipped, named above`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
