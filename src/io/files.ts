/** Files of a page or worker as byte sources. */
import type { ByteSource } from '../core/operation.ts'

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
  }
}

/** What crosses from page to worker: a File in place of the source it becomes there. */
export type Sent<One extends { readonly source: ByteSource }> = Omit<One, 'source'> & { readonly file: File }
