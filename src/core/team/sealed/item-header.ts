/** The head of a sealed item, which the server reads: whose project, which stream, which key. What is sealed follows behind the line end. */
import * as v from 'valibot'
import { fits, type Kept, object } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'

const itemHeader = object({
  format: v.literal('carryover-sealed-item/1'),
  project: v.string(),
  stream: v.string(),
  epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Commitment of the key of the epoch. */
  key: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** Hex; another item has another one, and so another key. */
  file: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
})
export type ItemHeader = Kept<typeof itemHeader>

/** Longest head that is read. */
const longest = 1024

/** Null where these bytes are no sealed item. `end` is where the line ends. */
export function readItemHeader(body: Uint8Array): { readonly header: ItemHeader; readonly end: number } | null {
  const end = body.subarray(0, longest).indexOf(0x0a)
  const read = end < 0 ? null : parseJson(new TextDecoder().decode(body.subarray(0, end)))
  return read?.ok && fits(read.value, itemHeader) ? { header: read.value, end } : null
}
