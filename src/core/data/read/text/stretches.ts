/** Stretches of a file read into memory, for all that must be settled before its records are read. */
import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import type { Sample } from './encoding.ts'

/** What is looked at for dialect and layout. */
export const headBytes = 256 << 10
const stretchBytes = 64 << 10
/** Files up to this size are looked at whole before their encoding is settled. */
const wholeBytes = 4 << 20

/** The head, and four stretches elsewhere in a large file: what is absent from the head is a known failure of guessing. `from` is where a later table begins: its head alone is taken. */
export async function takeSamples(source: ByteSource, signal: AbortSignal, from = 0): Promise<Sample[]> {
  if (from > 0) return [{ at: from, bytes: await take(source, from, Math.min(source.size, from + headBytes), signal) }]
  if (source.size <= wholeBytes) return [{ at: 0, bytes: await take(source, 0, source.size, signal) }]
  const samples = [{ at: 0, bytes: await take(source, 0, headBytes, signal) }]
  for (let part = 1; part <= 4; part++) {
    const at = Math.min(source.size - stretchBytes, Math.floor((source.size / 5) * part) & ~3)
    samples.push({ at, bytes: await take(source, at, at + stretchBytes, signal) })
  }
  return samples
}

/** Reads a stretch of a file into memory. @param signal left out by what stops when nobody asks it for more */
export async function take(source: ByteSource, from: number, to: number, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(to, source.size) - from)
  let at = 0
  for await (const chunk of source.stream(from, from + bytes.length)) {
    if (signal) stopIfAborted(signal)
    const part = chunk.subarray(0, bytes.length - at)
    bytes.set(part, at)
    at += part.length
    if (at >= bytes.length) break
  }
  return bytes.subarray(0, at)
}
