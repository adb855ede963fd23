#!/usr/bin/env node
/** `carryover`: in a checkout it installs and builds what is missing first, then it is the built command line. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const setup = new URL('../scripts/setup.mjs', import.meta.url)
if (existsSync(fileURLToPath(setup))) {
  const { build, checkNode, install } = await import(setup.href)
  checkNode()
  install()
  build()
}
await import(new URL('../dist/cli/carryover.js', import.meta.url).href)
