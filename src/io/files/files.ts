/** Files of a page or worker as byte sources. */
import type { ByteSource } from '../../core/operation.ts'

/** A dropped or chosen File (or any Blob with a name) as a source. Reading fails with a clear error when the file changed on disk meanwhile. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    async *stream(from = 0, to = blob.size) {
      const part = from === 0 && to === blob.size ? blob : blob.slice(from, to)
      const reader = part.stream().getReader()
      try {
        while (true) {
          const { done, value } = await reader.read()
          if (done) return
          yield value
        }
      } finally {
        // Leaving early must stop the disk read, too.
        await reader.cancel().catch(() => undefined)
      }
    },
    passing: (from = 0, to = blob.size) => passing(from === 0 && to === blob.size ? blob : blob.slice(from, to)),
  }
}

const passingBytes = 1 << 20

/**
 * Readers under way. Chromium lets a blob's stream go with its reader when nothing but a read that has not been answered leads to it,
 * and the answer then never comes: whoever waits for it would wait for ever.
 */
const underWay = new Set<BufferReader>()

/** Reads ahead into one buffer while the other is looked at. */
async function* passing(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = intoBuffers(blob)
  underWay.add(reader)
  let spare = new Uint8Array(passingBytes)
  let ahead = reader.read(new Uint8Array(passingBytes))
  try {
    for (;;) {
      const { done, value } = await ahead
      if (done || value === undefined) return
      ahead = reader.read(spare)
      // A failure is told when the chunk is asked for, not while the one before is looked at.
      ahead.catch(() => undefined)
      yield value
      spare = new Uint8Array(value.buffer)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
    underWay.delete(reader)
  }
}

interface BufferReader {
  read(into: Uint8Array<ArrayBuffer>): Promise<{ readonly done: boolean; readonly value?: Uint8Array<ArrayBuffer> | undefined }>
  cancel(): Promise<void>
}

/** Not every browser fills buffers that are given to it. */
function intoBuffers(blob: Blob): BufferReader {
  const stream = blob.stream()
  try {
    return stream.getReader({ mode: 'byob' })
  } catch {
    return stream.getReader()
  }
}

/** What crosses from page to worker: a File in place of the source it becomes there. */
export type Sent<One extends { readonly source: ByteSource }> = Omit<One, 'source'> & { readonly file: File }
