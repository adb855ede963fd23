/** Acceptance of reading: encodings, public collections, structure, bad quotes and broken files, each with its count. */
import { tests } from '../measure.mjs'

const folder = 'tests/core/data/read'

export const lines = [
  {
    name: 'encodings',
    line: '0 corrupted characters: 17 encodings × every split in two of a small file, random chunks of a large one',
    measure: () => long([`${folder}/encodings.test.ts`]),
  },
  {
    name: 'csv-spectrum',
    line: 'every file of csv-spectrum as its JSON says',
    measure: () => tests([`${folder}/official.test.ts`], ['-t', 'csv-spectrum']),
  },
  {
    name: 'frictionless',
    line: 'each broken frictionless fixture has the finding its name promises, the sound ones have none',
    measure: () => tests([`${folder}/official.test.ts`], ['-t', 'frictionless']),
  },
  {
    name: 'csvw',
    line: 'every CSV of the CSV on the Web sample with exact cells',
    measure: () => tests([`${folder}/official.test.ts`], ['-t', 'CSV on the Web']),
  },
  {
    name: 'structure',
    line: '2,000 generated forms, 300 files of several tables, fixed width: exact names and cells in automatic reading',
    measure: () => long([`${folder}/structure.test.ts`]),
  },
  {
    name: 'containers',
    line: 'gzip, zip and workbooks: exact cells; torn, lying and hostile ones get a sentence',
    measure: () => tests([`${folder}/containers.test.ts`]),
  },
  {
    name: 'stray-quote',
    line: 'one quote at any byte costs at most one record',
    measure: () => long([`${folder}/broken-files.test.ts`], ['-t', 'one quote']),
  },
  {
    name: 'fuzz',
    line: '≥ 5,000 generated broken files: no crash, none read over and over, none accepted in silence',
    measure: () => tests([`${folder}/broken-files.test.ts`], ['-t', 'silence|automatic|random']),
  },
]

/** With the run counts of the long tests. */
function long(files, options) {
  process.env.LONG = '1'
  try {
    return tests(files, options)
  } finally {
    delete process.env.LONG
  }
}
