/** What callers hand in as the bytes of a file, as the source that the core reads. */
import { utf8 } from '../core/canonical.ts'
import { type ByteSource, bytesSource } from '../core/operation.ts'
import { InvalidInput } from './invalid-input.ts'

/**
 * A `Blob`, a `File` of a page, or what `openAsBlob(path)` of `node:fs` gives.
 *
 * @public
 */
export interface BlobLike {
  /** In bytes. */
  readonly size: number
  /** The part from byte `start` (inclusive) to byte `end` (exclusive). */
  slice(start?: number, end?: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/**
 * The content of one file: text (taken as UTF-8), bytes, or a blob. A blob is read in pieces of one megabyte, so that
 * memory stays bounded whatever the size of the file.
 *
 * @public
 */
export type Data = string | Uint8Array | BlobLike

const piece = 1 << 20

export function sourceOf(name: string, data: Data, place: string): ByteSource {
  if (typeof data === 'string') return bytesSource(name, utf8(data))
  if (data instanceof Uint8Array) return bytesSource(name, data)
  if (typeof data !== 'object' || data === null || typeof data.size !== 'number' || typeof data.slice !== 'function')
    throw new InvalidInput(place, `${place} is no text, no bytes and no blob. Give a string, a Uint8Array or a Blob.`)
  return {
    name,
    size: data.size,
    async *stream(from = 0, to = data.size) {
      for (let at = from; at < to; at += piece) yield new Uint8Array(await data.slice(at, Math.min(to, at + piece)).arrayBuffer())
    },
  }
}
