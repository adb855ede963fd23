/** The contract of long-running work: an async iterable of Updates that takes an AbortSignal. Leaving the loop stops the work. */

/** `Partial` is what can be shown while reading goes on; `Result` is the last word and comes exactly once, last. */
export type Update<Partial, Result> =
  | {
      readonly kind: 'progress'
      readonly done: number
      readonly total: number
      readonly unit: 'bytes' | 'records' | 'replications'
      /** What is being worked on, for a person; never a data value. */
      readonly label: string
    }
  | { readonly kind: 'partial'; readonly value: Partial }
  | { readonly kind: 'result'; readonly value: Result }

/** Progress is told after so many bytes, by each operation itself: whoever shows it has to be asked for the next step each time. */
export const progressBytes = 256 << 10

export type Operation<Input, Partial, Result> = (input: Input, signal: AbortSignal) => AsyncIterable<Update<Partial, Result>>

/** Bytes with a name, from a page's File, a path in Node or memory. `stream` may be called more than once. */
export interface ByteSource {
  readonly name: string
  readonly size: number
  /** Names the state of the bytes where whoever keeps them does, such as an ETag. */
  readonly version?: string
  /** Bytes `from` (inclusive) to `to` (exclusive); whole when left out. */
  stream(from?: number, to?: number): AsyncIterable<Uint8Array>
  /** As `stream` for readers that keep nothing: a chunk is written over once the next one is asked for, so that no memory is left behind. */
  passing?(from?: number, to?: number): AsyncIterable<Uint8Array>
  /** SHA-256 by the platform's own streaming code, where it has one. */
  hash?(): StreamHash
}

/** SHA-256 over bytes that come in pieces. */
export interface StreamHash {
  update(bytes: Uint8Array): void
  /** Lower-case hexadecimal; once, at the end. */
  digest(): Promise<string>
  /** SHA-256 over the SHA-256 of each 256 MiB, as `blocksDigest` says; left out where it is not made on the way. */
  blocks?(): Promise<string>
  /** Lets go of it where nobody waits for the digest any more. */
  close?(): void
}

/** Thrown by an operation that was asked to stop; the bridge and the CLI turn it into "cancelled". */
export class Cancelled extends Error {
  readonly code = 'cancelled'
  constructor() {
    super('Cancelled')
    this.name = 'Cancelled'
  }
}

/** A source that broke off or changed while it was read; the message says which, and what to do. Nothing that was read of it holds. */
export class UnreadableSource extends Error {
  readonly exitCode = 3
}

/** Every operation calls this between batches. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled()
}

/** Runs an operation to its end and gives the result; for callers that need no progress. */
export async function finish<P, R>(updates: AsyncIterable<Update<P, R>>): Promise<R> {
  let result: { value: R } | null = null
  for await (const update of updates) if (update.kind === 'result') result = { value: update.value }
  if (result === null) throw new Error('The operation ended without a result')
  return result.value
}

/** Bytes held in memory as a source: pasted text, small files, tests. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async *stream(from = 0, to = bytes.length) {
      for (let at = from; at < to; at += 1 << 20) yield bytes.subarray(at, Math.min(to, at + (1 << 20)))
    },
  }
}
