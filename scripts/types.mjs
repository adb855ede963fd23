/** `npm run types`: one compile per layer; each sees only the globals it may use. */
import { checkNode, install, runPackage } from './setup.mjs'

export const layers = ['src/core', 'src/io', 'workers', 'src/app', 'src/cli', 'tests']

export function checkTypes() {
  const failed = layers.filter((layer) => runPackage('typescript/bin/tsc', ['-p', layer]) !== 0)
  for (const layer of failed) console.error(`Types do not hold in ${layer}.`)
  return failed.length === 0
}

if (import.meta.filename === process.argv[1]) {
  checkNode()
  install()
  process.exit(checkTypes() ? 0 : 1)
}
