/** PapaParse to rows of texts, nothing judged. */
import { createReadStream } from 'node:fs'
import Papa from 'papaparse'

export async function run(path) {
  let records = 0
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
        records += data.length
      },
      complete: resolve,
      error: reject,
    })
  })
  return { records }
}
