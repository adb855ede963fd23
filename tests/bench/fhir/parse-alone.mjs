/** What any reader of NDJSON has to do at least: bytes from the disk, lines, text, JSON.parse. */
import { createReadStream } from 'node:fs'

export async function parseAlone(paths) {
  let records = 0
  const decoder = new TextDecoder()
  const parse = (bytes) => {
    if (bytes.length === 0) return
    JSON.parse(decoder.decode(bytes))
    records++
  }
  for (const path of paths) {
    let rest = Buffer.alloc(0)
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      let from = 0
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
        parse(bytes.subarray(from, end))
        from = end + 1
      }
      rest = bytes.subarray(from)
    }
    parse(rest)
  }
  return { records }
}
