/** Where keys go that do not fit into memory: a temporary place of the host, append-only, gone after the run. */

/** One temporary file. Reading and writing are synchronous, because keys are met inside the scanner. */
export interface Spill {
  /** Appends the bytes and gives the offset at which they stand; null where the storage refuses them. */
  append(bytes: Uint8Array): number | null
  /** Fills `into` with the bytes from `at` on; they were appended before. */
  read(at: number, into: Uint8Array): void
  /** Removes the file; may be called more than once. */
  close(): Promise<void>
}

/** The host's temporary storage: files of the system in Node, the private file system of the origin in a worker. */
export interface SpillStore {
  /** Bytes that can be expected to fit, asked before anything is written; null where the host does not say. */
  room(): Promise<number | null>
  /** A new file, or null where the host has none. What earlier runs left behind after a crash is removed first. */
  open(): Promise<Spill | null>
}

/** Spills to memory, up to `limit` bytes: for tests and for hosts without files. */
export function memorySpillStore(limit = Number.POSITIVE_INFINITY): SpillStore & { readonly openFiles: () => number } {
  let files = 0
  return {
    openFiles: () => files,
    room: async () => (limit === Number.POSITIVE_INFINITY ? null : limit),
    open: async () => {
      files++
      const pieces: { readonly at: number; readonly bytes: Uint8Array }[] = []
      let size = 0
      let closed = false
      return {
        append(bytes) {
          if (size + bytes.length > limit) return null
          const at = size
          pieces.push({ at, bytes: bytes.slice() })
          size += bytes.length
          return at
        },
        read(at, into) {
          let done = 0
          for (const piece of pieces) {
            const from = Math.max(at + done, piece.at)
            if (done === into.length || from >= piece.at + piece.bytes.length) continue
            const part = piece.bytes.subarray(from - piece.at, from - piece.at + into.length - done)
            into.set(part, done)
            done += part.length
          }
        },
        close: async () => {
          if (!closed) files--
          closed = true
          pieces.length = 0
        },
      }
    },
  }
}
