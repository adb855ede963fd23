/** uDSV to rows of texts, nothing judged. */
import { createReadStream } from 'node:fs'
import { inferSchema, initParser } from 'udsv'

export async function run(path) {
  let records = 0
  let parser = null
  for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    parser ??= initParser(inferSchema(text))
    parser.chunk(text, parser.stringArrs, () => {
      records++
    })
  }
  parser?.end()
  return { records }
}
