/** A list of texts as bytes, by length and then by hash: whether a cell is one of them without making it a text. */
import { ESCAPED, HIGH } from '../../read/text/record-view.ts'
import type { BytesTest, CellColumn } from '../contract/check.ts'
import { isOdd } from './suspect.ts'

const fewBytes = 8

type BytesAt = (bytes: Uint8Array, start: number) => boolean

const none: BytesAt = () => false

/** True only for cells that are, byte by byte, one of the ASCII texts of the list. */
export function byteList(texts: readonly string[]): BytesTest {
  const encoder = new TextEncoder()
  const buckets = new Map<number, Uint8Array[]>()
  for (const text of new Set(texts)) {
    const bytes = encoder.encode(text)
    if (bytes.some((byte) => byte >= 128)) continue
    const bucket = buckets.get(bytes.length)
    if (bucket) bucket.push(bytes)
    else buckets.set(bytes.length, [bytes])
  }
  const tests = Array.from({ length: Math.max(0, ...buckets.keys()) + 1 }, (_, length) => {
    const bucket = buckets.get(length)
    return bucket === undefined ? none : testOf(bucket)
  })
  const test: BytesTest = (bytes, start, end, flags) => {
    if ((flags & (HIGH | ESCAPED)) !== 0 || end - start >= tests.length) return false
    return (tests[end - start] as BytesAt)(bytes, start)
  }
  const single = new Uint8Array(256)
  for (const bytes of buckets.get(1) ?? []) single[bytes[0] ?? 0] = 1
  const all = ({ bytes, starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void => {
    for (let cell = at, row = 0; row < count; row++, cell += step) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      if (end - start === 1) {
        if (single[bytes[start] as number] === 0) marks[row] = 1
      } else if (start !== end && !test(bytes, start, end, flags[cell] as number)) marks[row] = 1
    }
  }
  // The shortest such date has eight characters.
  const listed = [...buckets.values()].flat()
  const excludesSuspects = listed.every((bytes) => !isOdd(bytes, 0, bytes.length))
  return Object.assign(test, {
    all,
    question: { kind: 'letters' as const, table: single },
    excludesOrder: tests.length <= 8,
    excludesSuspects,
  })
}

function testOf(bucket: readonly Uint8Array[]): BytesAt {
  const first = bucket[0]
  if (first?.length === 1) return oneByte(bucket)
  return bucket.length <= fewBytes ? oneOfFew(bucket) : hashed(bucket)
}

function oneByte(bucket: readonly Uint8Array[]): BytesAt {
  const known = new Uint8Array(256)
  for (const text of bucket) known[text[0] ?? 0] = 1
  return (bytes, start) => known[bytes[start] as number] === 1
}

function oneOfFew(bucket: readonly Uint8Array[]): BytesAt {
  return (bytes, start) => {
    for (let i = 0; i < bucket.length; i++) if (equal(bucket[i] as Uint8Array, bytes, start)) return true
    return false
  }
}

function hashed(bucket: readonly Uint8Array[]): BytesAt {
  const length = bucket[0]?.length ?? 0
  const mask = 2 ** Math.ceil(Math.log2(bucket.length * 2)) - 1
  const slots: (Uint8Array[] | undefined)[] = new Array(mask + 1).fill(undefined)
  for (const text of bucket) {
    const slot = hashOf(text, 0, length) & mask
    const there = slots[slot]
    if (there) there.push(text)
    else slots[slot] = [text]
  }
  return (bytes, start) => {
    const slot = slots[hashOf(bytes, start, length) & mask]
    return slot?.some((text) => equal(text, bytes, start)) === true
  }
}

function hashOf(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return hash ^ (hash >>> 15)
}

function equal(text: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false
  return true
}
