/** Bytes of files that only grow, as line files do: they share room with what they grew from, so that appending costs what is appended. */

type Bytes = Uint8Array<ArrayBuffer>

/** How much of a room is taken. What was written in it once is never written again. */
const taken = new WeakMap<ArrayBuffer, number>()

const leastRoom = 1 << 16

/** `before` followed by `added`; `before` keeps its content, whatever else is grown from it. */
export function grownBytes(before: Bytes, added: Bytes): Bytes {
  const length = before.length + added.length
  const fits = taken.get(before.buffer) === before.length && before.byteOffset === 0 && length <= before.buffer.byteLength
  const buffer = fits ? before.buffer : new ArrayBuffer(length + Math.max(leastRoom, length >> 2))
  const bytes = new Uint8Array(buffer, 0, length)
  if (!fits) bytes.set(before)
  bytes.set(added, before.length)
  taken.set(buffer, length)
  return bytes
}

/** True where `bytes` begin with all of `before`; known without looking where they share their room. */
export function startsWithBytes(bytes: Bytes, before: Bytes): boolean {
  if (bytes.length < before.length) return false
  if (bytes.buffer === before.buffer && bytes.byteOffset === before.byteOffset) return true
  for (let i = 0; i < before.length; i++) if (bytes[i] !== before[i]) return false
  return true
}
