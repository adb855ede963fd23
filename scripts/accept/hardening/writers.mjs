/** Files and terminals: what the command line writes, and what of its inputs passes through. */
import { build } from '../../setup.mjs'
import { printed } from '../measure.mjs'

export const writerLines = [
  {
    name: 'kills',
    line: 'every writer of the command line, killed and without room at each of its steps: 0 files that are neither the old nor the whole new one; private files are 0600',
    measure: () => {
      build()
      return printed(['tests/cli/whole-files.long.test.ts'], /^files:/, { LONG: '1' })
    },
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
