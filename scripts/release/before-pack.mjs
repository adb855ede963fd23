/** `npm pack` and `npm publish`: whatever was built before, a release is built anew from the sources that lie here. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, checkNode, install, root } from '../setup.mjs'

checkNode()
install()
rmSync(join(root, 'dist'), { recursive: true, force: true })
build()
