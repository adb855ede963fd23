/** One large table, and beside it the Table Schema that its known defects break. */
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bigExtract, bigSchema } from '../../../samples/extract/extract.ts'
import { realisticExtract, realisticSchema } from '../../../samples/extract/realistic.ts'
import { printOut } from '../shell/print.ts'

/** `bytes` is the size asked for; the table ends with the record that reaches it. */
export async function writeExtract(
  path: string,
  bytes: number,
  { realistic = false, crlf = false }: { readonly realistic?: boolean; readonly crlf?: boolean },
): Promise<void> {
  const extract = realistic ? realisticExtract(bytes, crlf) : bigExtract(bytes)
  mkdirSync(dirname(path), { recursive: true })
  await pipeline(Readable.from(extract.source.stream()), createWriteStream(path))
  const schema = `${path.replace(/\.csv$/i, '')}.schema.json`
  writeFileSync(schema, `${JSON.stringify(realistic ? realisticSchema : bigSchema, null, 2)}\n`)
  printOut(`${path}: ${extract.source.size} bytes, ${extract.records} records; its schema is ${schema}\n`)
}
