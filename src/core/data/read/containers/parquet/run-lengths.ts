/** Run lengths inside a page, looked at before they are followed: a run of a few bytes can claim two thousand million values. */
import { Damaged } from '../unpacked/damaged.ts'

/** Padding behind the last run that writers may leave: bit-packed values come in groups of eight, up to 63 groups a run. */
const mostPadding = 504

/**
 * Throws `Damaged` where runs of the hybrid of run lengths and packed bits claim more values than there are.
 * @param width bits of a value
 * @param count values that the page holds
 */
export function checkRuns(bytes: Uint8Array, from: number, to: number, width: number, count: number): void {
  if (width > 32) throw new Damaged('a value of more than 32 bits stands where a number of its dictionary should')
  let seen = 0
  let at = from
  while (seen < count && at < to) {
    const [header, next] = variable(bytes, at, to)
    const values = (header >>> 1) * (header % 2 === 1 ? 8 : 1)
    if (values > count - seen + (header % 2 === 1 ? mostPadding : 0)) throw new Damaged('a run is longer than its page')
    seen += values
    at = next + (header % 2 === 1 ? (header >>> 1) * width : (width + 7) >> 3)
  }
}

/** Blocks of differences: their sizes stand at the start, as two numbers. */
export function checkDeltas(bytes: Uint8Array, from: number): void {
  const [block, next] = variable(bytes, from, bytes.length)
  const [parts] = variable(bytes, next, bytes.length)
  if (block === 0 || block > mostBlock || parts === 0 || block % parts !== 0)
    throw new Damaged('a block of differences has no size')
}

const mostBlock = 1 << 16

/** A number of seven bits a byte, and where the next byte stands. */
function variable(bytes: Uint8Array, from: number, to: number): readonly [number, number] {
  let value = 0
  let at = from
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++]
    if (byte === undefined || at > to) break
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return [value, at]
  }
  throw new Damaged('a page breaks off in a number')
}
