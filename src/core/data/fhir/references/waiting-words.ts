/** Texts of references that wait for their target: packed bytes within a budget, so that every one that stays open is told by id and value. */

export interface WaitingWords {
  /** `Type/id` of the record that refers; null where it has no id. */
  readonly id: string | null
  readonly reference: string
}

const chunkBytes = 1 << 16
/** Bytes of the text 2, characters of the id and one 2. */
const headBytes = 4
/** One more than an excerpt shows, so that what is cut is known to be. */
const longestReference = 121

export class WordStore {
  private readonly chunks: Uint8Array[] = []
  private readonly most: number
  private used = 0
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder()

  /** `budget` in bytes; at least one chunk of 64 KiB is held. */
  constructor(budget: number) {
    this.most = Math.max(1, Math.floor(budget / chunkBytes))
  }

  hasRoom(words: WaitingWords): boolean {
    return this.placeFor(textOf(words)) !== null
  }

  /** The number to read it by; 0 where there is no room. */
  keep(words: WaitingWords): number {
    const text = textOf(words)
    const at = this.placeFor(text)
    if (at === null) return 0
    const number = Math.floor(at / chunkBytes)
    const chunk = this.chunks[number] ?? new Uint8Array(chunkBytes)
    this.chunks[number] = chunk
    const start = at % chunkBytes
    const { written } = this.encoder.encodeInto(text, chunk.subarray(start + headBytes))
    const characters = words.id === null ? 0 : words.id.length + 1
    chunk.set([written & 255, written >>> 8, characters & 255, characters >>> 8], start)
    this.used = at + headBytes + written
    return at + 1
  }

  read(number: number): WaitingWords | null {
    const chunk = number === 0 ? undefined : this.chunks[Math.floor((number - 1) / chunkBytes)]
    if (chunk === undefined) return null
    const start = (number - 1) % chunkBytes
    const [a = 0, b = 0, c = 0, d = 0] = chunk.subarray(start, start + headBytes)
    const text = this.decoder.decode(chunk.subarray(start + headBytes, start + headBytes + a + b * 256))
    const characters = c + d * 256
    return characters === 0
      ? { id: null, reference: text }
      : { id: text.slice(0, characters - 1), reference: text.slice(characters - 1) }
  }

  /** Forgets everything; what is kept again in the same order never overwrites what was not read yet. */
  restart(): void {
    this.used = 0
  }

  /** Where the text would stand, whole in one chunk. */
  private placeFor(text: string): number | null {
    const most = headBytes + text.length * 3
    if (most > chunkBytes) return null
    const free = chunkBytes - (this.used % chunkBytes)
    const at = most <= free ? this.used : this.used + free
    return at < this.most * chunkBytes ? at : null
  }
}

function textOf({ id, reference }: WaitingWords): string {
  return `${id ?? ''}${reference.slice(0, longestReference)}`
}
