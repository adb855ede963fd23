/** Files and terminals: what the command line writes, and what of its inputs passes through. */
import { build } from '../../setup.mjs'
import { printed } from '../measure.mjs'

/** The long tests of these files, on a fresh build. */
const long = (files, figure) => () => {
  build()
  return printed(files, figure, { LONG: '1' })
}

export const writerLines = [
  {
    name: 'small-spaces',
    line: 'planted record numbers, dates and post codes, every hash of the product tried on each of them with one file alone: 0 recovered from parts, exports, logs, work folders and a shared project',
    measure: long(['tests/cli/small-spaces.long.test.ts'], /^small-spaces:/),
  },
  {
    name: 'escapes',
    line: 'a name that rules a terminal in every place of a name, every verb, every flag, error paths: 0 controls on standard output and standard error of a terminal',
    measure: long(['tests/cli/escapes.long.test.ts'], /^escapes:/),
  },
  {
    name: 'kills',
    line: 'every writer of the command line, killed and without room at each of its steps: 0 files that are neither the old nor the whole new one; private files are 0600',
    measure: long(['tests/cli/whole-files.long.test.ts'], /^files:/),
  },
  {
    name: 'bombs',
    line: 'workbooks, archives, JSON, schemas, XML and FHIRPath that would grow: each refused by a sentence, at most 64 MiB over the baseline',
    measure: () => {
      build()
      return printed(
        ['tests/cli/bombs.test.ts', 'tests/core/data/fhir/fhirpath/hostile.test.ts', 'tests/io/seal.test.ts'],
        /^bombs:/,
      )
    },
  },
]
