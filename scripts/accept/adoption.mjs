/** Acceptance of adoption: what people already have is taken as it is. */
import { printed } from './measure.mjs'

export const lines = [
  {
    name: 'library',
    line: 'A consumer in strict TypeScript and one in plain JavaScript, Node and Vite, at most 15 lines each, run against the packed release',
    measure: () => printed(['tests/scripts/release.test.ts'], /^library /),
  },
  {
    name: 'dumps',
    line: 'SQL dumps of three dialects give the findings of the CSV of the same tables; 0 crashes on 5,000 mutated ones',
    measure: () =>
      printed(
        ['tests/core/data/read/sql/dumps.test.ts', 'tests/core/data/read/sql/mutated-dumps.test.ts'],
        /^(sql|mutated) dumps/,
        {
          LONG: '1',
        },
      ),
  },
  {
    name: 'parquet',
    line: 'Parquet of eight packings and encodings gives the findings of the CSV of the same table; 0 crashes on 5,000 mutated files',
    measure: () =>
      printed(
        ['tests/core/data/read/parquet/parquet.test.ts', 'tests/core/data/read/parquet/mutated-parquet.test.ts'],
        /^(parquet|mutated Parquet)/,
        { LONG: '1' },
      ),
  },
  {
    name: 'leads',
    line: 'The plan is read back by another calendar program, registers run no formula, reports carry name and logo',
    measure: () => printed(['tests/core/readiness/leads.test.ts'], /^leads:/),
  },
  {
    name: 'local-words',
    line: 'Yes and no, decimal marks and days of six languages are read in every file of the board; what can be read in two ways is settled with a sentence or refused',
    measure: () => printed(['tests/core/readiness/local-words.test.ts'], /^local words:/),
  },
]
