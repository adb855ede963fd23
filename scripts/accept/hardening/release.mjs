/** A release: built once, alike wherever it is built, small, and runs where nothing else is installed. */
import { build } from '../../setup.mjs'
import { printed } from '../measure.mjs'

const built = (files, figure, environment) => () => {
  build()
  return printed(files, figure, environment)
}

export const releaseLines = [
  {
    name: 'tarball',
    line: 'installed in an empty folder without network, scripts and compilers it runs every verb and serves; ≤ 25 MB, ≤ 40 packages; licences by list, components named',
    measure: built(['tests/scripts/release.test.ts', 'tests/scripts/release.long.test.ts'], /^(?:tarball|verbs) /, { LONG: '1' }),
  },
  {
    name: 'builds',
    line: 'two builds in two folders are equal byte for byte',
    measure: built(['tests/scripts/two-builds.test.ts'], /^builds /),
  },
]
