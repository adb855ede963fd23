/** `npm run types`: one compile per layer; each sees only the globals it may use. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, install, root, runPackage } from './setup.mjs'

export const layers = ['src/core', 'src/io', 'workers', 'src/app', 'src/library', 'src/scale', 'src/team', 'src/cli', 'tests']

/** What a compile found is kept beside the checkout: the next one reads only what changed. */
const kept = join(root, '.cache', 'types')

export function checkTypes() {
  mkdirSync(kept, { recursive: true })
  const failed = layers.filter((layer) => {
    const info = join(kept, `${layer.replaceAll('/', '-')}.tsbuildinfo`)
    return runPackage('typescript/bin/tsc', ['-p', layer, '--incremental', '--tsBuildInfoFile', info]) !== 0
  })
  for (const layer of failed) console.error(`Types do not hold in ${layer}.`)
  return failed.length === 0
}

if (import.meta.filename === process.argv[1]) {
  checkNode()
  install()
  process.exit(checkTypes() ? 0 : 1)
}
