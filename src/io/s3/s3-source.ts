/** An object of a store as a byte source: read in ranges, some ahead of the reader, each in the state in which the object was listed. */
import { type ByteSource, UnreadableSource } from '../../core/operation.ts'
import { nodeHash } from '../files/files-node.ts'
import type { ListedObject } from './s3-answers.ts'
import { type ObjectStore, StoreError } from './s3-store.ts'

const rangeBytes = 8 << 20
/** Ranges that were asked for and not taken yet. */
const mostAhead = 4
/** What a reader is given at once, as from a disk. */
const chunkBytes = 1 << 20

/** Its streams throw `UnreadableSource` where the object changed, or where the store gives no answer. */
export function objectSource(store: ObjectStore, bucket: string, { key, bytes: size, etag }: ListedObject): ByteSource {
  const read = async (from: number, to: number, signal: AbortSignal): Promise<Uint8Array> =>
    await store.read(bucket, key, etag, from, to, signal).catch((error: unknown) => {
      throw error instanceof StoreError ? new UnreadableSource(error.message) : error
    })
  return {
    name: key.replace(/^.*\//, ''),
    size,
    version: etag,
    hash: () => nodeHash(size),
    stream: (from = 0, to = size) => inRanges(read, from, Math.min(to, size)),
  }
}

async function* inRanges(
  read: (from: number, to: number, signal: AbortSignal) => Promise<Uint8Array>,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const ending = new AbortController()
  const waiting: Promise<Uint8Array>[] = []
  // Who looks at the head of a file alone costs one range.
  let most = 1
  let next = from
  try {
    for (;;) {
      while (waiting.length < most && next < to) {
        const end = Math.min(to, next + rangeBytes)
        const range = read(next, end, ending.signal)
        // A failure is told when the range is taken.
        range.catch(() => undefined)
        waiting.push(range)
        next = end
      }
      const bytes = await waiting.shift()
      if (bytes === undefined) return
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
      most = mostAhead
    }
  } finally {
    ending.abort()
    await Promise.allSettled(waiting)
  }
}
