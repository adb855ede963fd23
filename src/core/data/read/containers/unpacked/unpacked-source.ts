/** Bytes that are made by unpacking, as a source that can be asked for any stretch: reading on costs nothing, going back starts anew. */
import type { ByteSource } from '../../../../operation.ts'
import { Damaged } from './damaged.ts'

interface Cursor {
  readonly iterator: AsyncIterator<Uint8Array>
  at: number
  left: Uint8Array
}

/** A source whose end may be missing: `damage` is known once that end was reached. */
export interface UnpackedSource extends ByteSource {
  damage(): string | null
}

/**
 * @param open starts unpacking at the first byte
 * @param size bytes that come out, as far as known
 */
export function unpackedSource(name: string, size: number, open: () => AsyncIterable<Uint8Array>): UnpackedSource {
  let waiting: Cursor | null = null
  let damage: string | null = null
  const next = async (cursor: Cursor): Promise<Uint8Array | null> => {
    if (cursor.left.length > 0) {
      const { left } = cursor
      cursor.left = nothing
      return left
    }
    try {
      const step = await cursor.iterator.next()
      return step.done ? null : step.value
    } catch (error) {
      if (!(error instanceof Damaged)) throw error
      damage = error.message
      const [rest, ...more] = error.rest
      if (!rest) return null
      cursor.left = join(more)
      return rest
    }
  }
  return {
    name,
    size,
    damage: () => damage,
    async *stream(from = 0, to = Number.POSITIVE_INFINITY) {
      const usable = waiting !== null && waiting.at <= from
      const cursor: Cursor = usable && waiting ? waiting : { iterator: open()[Symbol.asyncIterator](), at: 0, left: nothing }
      if (usable) waiting = null
      try {
        while (cursor.at < to) {
          const chunk = await next(cursor)
          if (chunk === null) return
          const skip = Math.min(chunk.length, Math.max(0, from - cursor.at))
          const end = Math.min(chunk.length, to - cursor.at)
          cursor.at += end
          cursor.left = chunk.subarray(end)
          if (end > skip) yield chunk.subarray(skip, end)
        }
      } finally {
        if (waiting) await waiting.iterator.return?.()
        waiting = cursor
      }
    },
  }
}

const nothing = new Uint8Array(0)

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
