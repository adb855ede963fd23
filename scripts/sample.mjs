/** `npm run sample -- --out DIR [--patients N] [--seed S]`: writes the sample project into a folder. */
import { join } from 'node:path'
import { build, checkNode, install, root, run } from './setup.mjs'

checkNode()
install()
build()
process.exit(run(process.execPath, [join(root, 'dist', 'cli', 'sample.js'), ...process.argv.slice(2)], { cwd: process.cwd() }))
