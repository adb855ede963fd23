/** Reads single values of a line, and knows those that were judged before. */
import type { JsonValue } from '../../model/record.ts'
import { Collected, type Judged, type Known, knownValue, nothing, type Shape, type Slot, type Told } from './shape.ts'

const quote = 0x22
const comma = 0x2c
const blank = 0x20

/** Values known in one place, and bytes of the longest. */
const mostKnown = 4096
const longestKnown = 4096
/** Bytes of the longest value that is judged apart. */
const longestApart = 16 << 10
/** Bytes that known values and shapes of an input take, about. */
export const mostBytes = 32 << 20

/** Texts of references that are at hand; a power of two. */
const mostMet = 1024
const longestMet = 80

export const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Judges a value apart from its record; null where it says something beyond itself. */
export type JudgeApart = (slot: Slot, value: JsonValue) => Judged | null

export class ValueReader {
  bytes: Uint8Array = new Uint8Array()
  protected view: DataView = new DataView(new ArrayBuffer(0))
  readonly known = new Collected<Known>()
  /** What tells lines apart, but for values that are new in each: shapes, lengths of lists, known values (null for one that is not kept). */
  readonly keys = new Collected<Shape | Known | number | null>()
  /** Profiles that known values ask for, and these values. */
  readonly profiles: string[] = []
  readonly naming: Known[] = []
  /** What is wrong with values that are known, where they stand in this line. */
  readonly told: Told[] = []
  /** The value that was read last of those that are known as a whole. */
  protected value: Known | null = null
  protected held = 0
  protected readonly path: (string | number)[] = []
  private readonly met: (string | undefined)[] = new Array(mostMet).fill(undefined)
  /** Their bytes. */
  private readonly metView = new DataView(new ArrayBuffer(mostMet * longestMet))
  private readonly judge: JudgeApart

  constructor(judge: JudgeApart) {
    this.judge = judge
  }

  protected begin(bytes: Uint8Array): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.known.count = 0
    this.keys.count = 0
    this.path.length = 0
    if (this.naming.length > 0) this.naming.length = 0
    if (this.profiles.length > 0) this.profiles.length = 0
    if (this.told.length > 0) this.told.length = 0
  }

  /** Records of one patient follow each other and refer to the same few. */
  protected targetText(from: number, to: number): string {
    const { bytes, met } = this
    const length = to - from
    if (length < 4 || length > longestMet) return ascii(bytes, from, to)
    let mark = length
    for (let at = Math.max(from, to - 11); at < to; at += 2) mark = Math.imul(mark, 31) ^ (bytes[at] as number)
    const number = (mark ^ (mark >>> 11)) & (mostMet - 1)
    const last = met[number]
    if (last?.length === length && this.isMet(number, from, length)) return last
    const text = ascii(bytes, from, to)
    met[number] = text
    this.keepMet(number, from, length)
    return text
  }

  private isMet(number: number, from: number, length: number): boolean {
    const { view, metView } = this
    const start = number * longestMet
    for (let at = length - 4; at > 0; at -= 4)
      if (view.getInt32(from + at, true) !== metView.getInt32(start + at, true)) return false
    return view.getInt32(from, true) === metView.getInt32(start, true)
  }

  private keepMet(number: number, from: number, length: number): void {
    const { view, metView } = this
    const start = number * longestMet
    for (let at = length - 4; at > 0; at -= 4) metView.setInt32(start + at, view.getInt32(from + at, true), true)
    metView.setInt32(start, view.getInt32(from, true), true)
  }

  /** A text with escapes, or with what looks like a tag: its check has to see it as a text. */
  protected spelled({ check }: Slot, from: number): number {
    const { bytes } = this
    if (check === null || bytes[from] !== quote) return -1
    let at = from + 1
    while (bytes[at] !== quote) {
      const byte = bytes[at]
      if (byte === undefined || byte < blank) return -1
      // A character by its number may be half of one, which only a whole line shows.
      if (byte === 0x5c && bytes[at + 1] === 0x75) return -1
      at += byte === 0x5c ? 2 : 1
    }
    const text = decoder.decode(bytes.subarray(from, at + 1))
    if (text.includes('\uFFFD')) return -1
    try {
      return check(JSON.parse(text) as JsonValue) ? at + 1 : -1
    } catch {
      return -1
    }
  }

  /** A text that its check passed once. */
  protected knownText(slot: Slot, from: number): number {
    const { bytes } = this
    const { known, check } = slot
    if (known === null || check === null || bytes[from] !== quote) return -1
    const again = known.again(this.view, from)
    if (again !== null) {
      this.keys.push(again)
      return from + again.pattern.length
    }
    let hash = 0
    let at = from + 1
    for (; ; at++) {
      const byte = bytes[at] as number
      if (byte === quote) break
      // Undefined behind the end, which no comparison passes.
      if (!(byte >= blank && byte < 0x80) || byte === 0x5c) return -1
      hash = (Math.imul(hash, 0x01000193) ^ byte) | 0
    }
    at++
    const found = known.find(this.view, from, at, hash)
    if (found !== null) {
      known.remember(found)
      this.keys.push(found)
      return at
    }
    if (!check(ascii(bytes, from + 1, at - 1))) return -1
    if (known.size < mostKnown && at - from <= longestKnown && this.held < mostBytes) {
      this.held += at - from + 100
      const made = known.add(bytes.slice(from, at), hash, nothing)
      known.remember(made)
      this.keys.push(made)
    } else this.keys.push(null)
    return at
  }

  /** Any value that stood here before, with all that is inside. */
  protected same(slot: Slot, from: number): number {
    const { bytes } = this
    const { known } = slot
    if (known === null) return -1
    const isClosed = bytes[from] === quote || bytes[from] === 0x7b || bytes[from] === 0x5b
    const again = isClosed ? known.again(this.view, from) : null
    if (again !== null) return this.meetKnown(again, slot) ? from + again.pattern.length : -1
    let hash = 0
    let depth = 0
    let blanks = 0
    let inText = false
    let at = from
    for (; ; at++) {
      const byte = bytes[at]
      if (byte === undefined || byte < blank || byte === 0x5c) return -1
      if (inText) {
        if (byte === quote) inText = false
      } else if (byte === quote) inText = true
      else if (byte === 0x7b || byte === 0x5b) depth++
      else if (byte === 0x7d || byte === 0x5d) {
        // Behind a number.
        if (depth === 0) break
        depth--
      } else if (byte === comma && depth === 0) break
      else if (byte === blank) blanks++
      hash = (Math.imul(hash, 0x01000193) ^ byte) | 0
      if (depth === 0 && !inText && (byte === quote || byte === 0x7d || byte === 0x5d)) {
        at++
        break
      }
    }
    const found = known.find(this.view, from, at, hash) ?? this.apart(slot, from, at, blanks, hash)
    if (found === null) return -1
    if (found.pattern.length > 0) known.remember(found)
    return this.meetKnown(found, slot) ? at : -1
  }

  /** False for one that only the tree can judge. */
  private meetKnown(known: Known, slot: Slot): boolean {
    if (!known.isSettled) return false
    this.value = known
    this.known.push(known)
    this.keys.push(known)
    if (known.profiles.length > 0) {
      this.naming.push(known)
      this.profiles.push(...known.profiles)
    }
    for (const one of known.told) this.told.push({ ...one, path: [...this.path, slot.name, ...one.path] })
    return true
  }

  /** What its tree judge says of a value; remembered as long as there is room. */
  private apart(slot: Slot, from: number, to: number, blanks: number, hash: number): Known | null {
    const { known } = slot
    if (known === null || to - from > longestApart) return null
    const text = decoder.decode(this.bytes.subarray(from, to))
    const value = parsed(text, blanks)
    const judged = value === undefined ? null : this.judge(slot, value)
    const profiles = value === undefined ? [] : (slot.profilesOf?.(value) ?? [])
    const isKept = known.size < mostKnown && to - from <= longestKnown && this.held < mostBytes
    if (!isKept)
      return slot.isPinned || slot.profilesOf !== null || judged === null
        ? null
        : knownValue(noBytes, hash, judged, profiles, null)
    this.held += to - from + 200
    return known.add(this.bytes.slice(from, to), hash, judged, profiles)
  }
}

const noBytes = new Uint8Array()

/** A value that is written in the shortest way, but for so many blanks between its parts; undefined for any other, which only a whole line shows. */
function parsed(text: string, blanks: number): JsonValue | undefined {
  if (text.includes('\uFFFD')) return undefined
  try {
    const value = JSON.parse(text) as JsonValue
    const compact = blanks === 0 ? text : text.replace(/("[^"]*")| /g, '$1')
    return JSON.stringify(value) === compact ? value : undefined
  } catch {
    return undefined
  }
}

/** Bytes that are known to be ASCII. */
export function ascii(bytes: Uint8Array, from: number, to: number): string {
  const length = to - from
  if (length > longestSpread) return decoder.decode(bytes.subarray(from, to))
  // A list of its own for each length, filled anew: one per text would be the most of what a line leaves to be collected.
  let units = unitsOf[length]
  if (units === undefined) {
    units = Array.from({ length }, () => 0)
    unitsOf[length] = units
  }
  for (let i = 0; i < length; i++) units[i] = bytes[from + i] as number
  return String.fromCharCode(...units)
}

const longestSpread = 256
const unitsOf: (number[] | undefined)[] = new Array(longestSpread + 1).fill(undefined)
