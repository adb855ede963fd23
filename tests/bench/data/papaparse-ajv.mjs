/** PapaParse with header, each row judged by a compiled ajv schema: what a web page usually does. */
import { createReadStream } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import Papa from 'papaparse'
import { rulesOf } from './rules.mjs'

export async function run(path, extract = 'clean') {
  const { jsonSchema } = rulesOf[extract]
  const ajv = new Ajv({ allErrors: true, coerceTypes: true })
  formats(ajv)
  const test = ajv.compile(jsonSchema)
  let records = 0
  let badRecords = 0
  let badCells = 0
  // Text, not bytes: PapaParse tears characters at the edges of chunks of bytes.
  const text = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })
  await new Promise((resolve, reject) => {
    Papa.parse(text, {
      header: true,
      delimiter: ',',
      quoteChar: '"',
      escapeChar: '"',
      newline: '\n',
      skipEmptyLines: true,
      chunk: ({ data }) => {
        for (const row of data) {
          records++
          if (test(row)) continue
          badRecords++
          badCells += new Set(test.errors.map((error) => error.instancePath)).size
        }
      },
      complete: resolve,
      error: reject,
    })
  })
  return { records, badRecords, badCells }
}
