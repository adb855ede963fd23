/** The shared texts of a workbook as bytes: millions of them take their own length and a few bytes each. */

const blockBits = 20
const blockBytes = 1 << blockBits
const lengthBytes = 4
/** Some programs write a text again for each cell that has it: a short one is known again until another takes its place. */
const knownTexts = 65_536
const shortText = 256
/** UTF-8 takes at most so many bytes for each unit of a text. */
const bytesOfUnit = 3

export class SharedTexts {
  count = 0
  /** Of all texts that were kept: one that was known again is not kept twice. */
  bytes = 0
  /** A text longer than a block has one of its own, and takes the numbers of those that it fills. */
  private readonly blocks: Uint8Array[] = []
  private block = new Uint8Array(0)
  private place = 0
  private used = 0
  private starts = new Uint32Array(1024)
  /** One more than where a short text begins, by a digest of its bytes. */
  private readonly known = new Uint32Array(knownTexts)
  private readonly decoded: string[] = []

  add(text: string): void {
    if (this.count === this.starts.length) {
      const grown = new Uint32Array(this.count * 2)
      grown.set(this.starts)
      this.starts = grown
    }
    this.starts[this.count++] = text.length <= shortText ? this.kept(text) : this.keptLong(encoder.encode(text))
  }

  /** The text of this number; empty where there is none. */
  at(index: number): string {
    const start = index < this.count ? this.starts[index] : undefined
    const block = start === undefined ? undefined : this.blocks[start >>> blockBits]
    if (start === undefined || block === undefined) return ''
    const before = index < knownTexts ? this.decoded[index] : undefined
    if (before !== undefined) return before
    const from = (start & (blockBytes - 1)) + lengthBytes
    const length = lengthAt(block, from - lengthBytes)
    const text = decoder.decode(block.subarray(from, from + length))
    if (index < knownTexts && length <= shortText) this.decoded[index] = text
    return text
  }

  /** Where a short text begins. */
  private kept(text: string): number {
    this.room(shortText * bytesOfUnit)
    const { block } = this
    const from = this.used + lengthBytes
    const length = writtenInto(block, from, text)
    let digest = 0
    for (let i = 0; i < length; i++) digest = Math.imul(digest ^ (block[from + i] as number), 0x01000193)
    const slot = (digest ^ (digest >>> 15)) & (knownTexts - 1)
    const before = (this.known[slot] ?? 0) - 1
    if (before >= 0 && this.holds(before, from, length)) return before
    const start = this.end(length)
    this.known[slot] = start + 1
    return start
  }

  private keptLong(bytes: Uint8Array): number {
    this.room(bytes.length)
    this.block.set(bytes, this.used + lengthBytes)
    return this.end(bytes.length)
  }

  /** Whether a text that was kept has the same bytes as the one that is written now. */
  private holds(start: number, from: number, length: number): boolean {
    const block = this.blocks[start >>> blockBits]
    const at = start & (blockBytes - 1)
    if (block === undefined || lengthAt(block, at) !== length) return false
    for (let i = 0; i < length; i++) if (block[at + lengthBytes + i] !== this.block[from + i]) return false
    return true
  }

  private room(bytes: number): void {
    const needed = bytes + lengthBytes
    if (this.used + needed <= this.block.length) return
    this.block = new Uint8Array(Math.max(blockBytes, needed))
    this.used = 0
    this.place = this.blocks.length
    for (let taken = 0; taken < this.block.length; taken += blockBytes) this.blocks.push(this.block)
  }

  /** Ends the text whose bytes were written behind what is used; returns where it begins. */
  private end(length: number): number {
    const at = this.used
    for (let i = 0; i < lengthBytes; i++) this.block[at + i] = length >>> (8 * i)
    this.used += lengthBytes + length
    this.bytes += length
    return this.place * blockBytes + at
  }
}

/** Writes a text as UTF-8 and gives its bytes; most texts are ASCII, and for those a loop is faster than the encoder. */
function writtenInto(block: Uint8Array, from: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return encoder.encodeInto(text, block.subarray(from)).written
    block[from + i] = code
  }
  return text.length
}

function lengthAt(block: Uint8Array, at: number): number {
  let length = 0
  for (let i = 0; i < lengthBytes; i++) length |= (block[at + i] ?? 0) << (8 * i)
  return length
}

const encoder = new TextEncoder()
// A text may begin with the mark of an encoding, which is a character of it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
