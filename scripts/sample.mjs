/** `npm run sample -- …`: `carryover example …` of a checkout. */
import { join } from 'node:path'
import { build, checkNode, install, root, run } from './setup.mjs'

checkNode()
install()
build()
process.exit(
  run(process.execPath, [join(root, 'dist', 'cli', 'carryover.js'), 'example', ...process.argv.slice(2)], { cwd: process.cwd() }),
)
