/** Names met as bytes, numbered from 0 in the order they are first met; no text is made of a name that was met before. */

export class ByteNames {
  size = 0
  private arena = new Uint8Array(1 << 12)
  private used = 0
  /** Where name i begins; one more at the end. */
  private starts = new Int32Array(64)
  private hashes = new Int32Array(64)
  /** Number + 1; 0 marks an empty slot. */
  private slots = new Int32Array(256)
  private texts: (string | undefined)[] = []

  /** The number of a name, given to it now where it is new. */
  code(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot] as number
      if (number === 0) break
      if (this.hashes[number - 1] === hash && this.equals(number - 1, bytes, from, to)) return number - 1
    }
    return this.add(bytes, from, to, hash)
  }

  /** The number of a name, or -1 where it was never met. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const mask = this.slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot] as number
      if (number === 0) return -1
      if (this.hashes[number - 1] === hash && this.equals(number - 1, bytes, from, to)) return number - 1
    }
  }

  codeOf(text: string): number {
    const bytes = encoder.encode(text)
    return this.code(bytes, 0, bytes.length)
  }

  text(code: number): string {
    const known = this.texts[code]
    if (known !== undefined) return known
    return utf8.decode(this.arena.subarray(this.starts[code] ?? 0, this.starts[code + 1] ?? 0))
  }

  /** All names as text, by number; kept from then on. */
  list(): readonly string[] {
    for (let code = 0; code < this.size; code++) this.texts[code] ??= this.text(code)
    return this.texts.map((text) => text ?? '')
  }

  /** Bytes that the names take. */
  get bytes(): number {
    return this.used + this.slots.length * 4 + this.starts.length * 8
  }

  private equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.starts[code] as number
    if ((this.starts[code + 1] as number) - start !== to - from) return false
    const { arena } = this
    for (let i = from, j = start; i < to; i++, j++) if (bytes[i] !== arena[j]) return false
    return true
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const code = this.size++
    if (this.size * 2 > this.slots.length) this.rehash()
    if (this.size + 1 > this.starts.length) {
      this.starts = grown(this.starts)
      this.hashes = grown(this.hashes)
    }
    if (this.used + to - from > this.arena.length) {
      const bigger = new Uint8Array(Math.max(this.arena.length * 2, this.used + to - from))
      bigger.set(this.arena.subarray(0, this.used))
      this.arena = bigger
    }
    this.arena.set(bytes.subarray(from, to), this.used)
    this.starts[code] = this.used
    this.used += to - from
    this.starts[code + 1] = this.used
    this.hashes[code] = hash
    this.put(code)
    return code
  }

  private put(code: number): void {
    const mask = this.slots.length - 1
    let slot = (this.hashes[code] as number) & mask
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask
    this.slots[slot] = code + 1
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2)
    for (let code = 0; code < this.size - 1; code++) this.put(code)
  }
}

const encoder = new TextEncoder()
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function grown(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2)
  to.set(from)
  return to
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5
  for (let i = from; i < to; i++) h = Math.imul(h ^ (bytes[i] as number), 0x01000193)
  return h ^ (h >>> 15)
}
