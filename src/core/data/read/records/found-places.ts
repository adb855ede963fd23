/** Where cells can end: four bytes at a time are searched for delimiters, quotes, line breaks and other low bytes. */

/** Bytes searched at a time. A longer record is left to the careful reader. */
const blockBytes = 3 << 15
/** Bytes below this end cells or are rare: line breaks and NUL are among them. */
export const lowBytes = 14
const ones = 0x01010101
const sevens = 0x7f7f7f7f
const lows = (0x80 - lowBytes) * ones
const tops = 0x80808080 | 0

export const isLittleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1

export class FoundPlaces {
  /** Twice the index of each byte that may end something, plus one where a byte above 0x7F stands between it and the one before. */
  readonly places = new Int32Array(blockBytes + 8)
  /** The stretch that the places are of; nothing when `until` is 0. */
  from = 0
  until = 0
  private isAscii = true
  /** Delimiter and quote four times each. */
  private readonly delimiters: number
  private readonly quotes: number

  /** `quote` is -1 for none. */
  constructor(delimiter: number, quote: number) {
    this.delimiters = Math.imul(delimiter, ones)
    this.quotes = Math.imul(Math.max(0, quote), ones)
  }

  covers(at: number): boolean {
    return at < this.until && at >= this.from
  }

  /** The first of the places from `next` on that does not lie before `at`. */
  after(next: number, at: number): number {
    const { places } = this
    let first = next
    while ((places[first] as number) >> 1 < at) first++
    return first
  }

  /** Finds the places from an index on; `words` are the same bytes. */
  search(data: Uint8Array, words: Int32Array, from: number): void {
    const until = Math.min(data.length, from + blockBytes)
    // Text beyond ASCII rarely stands alone: the next stretch is searched in the way that this one needed.
    let found = this.isAscii ? this.searchAscii(words, from, until) : -1
    if (found < 0) found = this.searchAny(words, from, until)
    const { places } = this
    while (found > 0 && (places[found - 1] as number) >> 1 >= until) found--
    places[found] = until << 1
    this.from = from
    this.until = until
  }

  // Below, `| 0` keeps sums in 32 bits, which makes the loops three times as fast. The top bit of a byte of `marks` is set where
  // the byte is low, the delimiter or the quote; no ASCII byte carries into the next.

  /** Places in a block without bytes above 0x7F; -1 where there is such a byte. */
  private searchAscii(words: Int32Array, from: number, until: number): number {
    const { places } = this
    // Repeated here as whole numbers: what stands outside the function is a number of any kind to the compiler.
    const delimiters = this.delimiters | 0
    const quotes = this.quotes | 0
    const low = lows | 0
    const seven = sevens | 0
    const top = tops | 0
    const last = (until - 1) >> 2
    let found = 0
    let any = 0
    for (let k = from >> 2; k <= last; k++) {
      const word = words[k] as number
      any |= word
      const marks = ~(((word + low) | 0) & (((word ^ delimiters) + seven) | 0) & (((word ^ quotes) + seven) | 0)) & top
      if (marks === 0) continue
      // Each is written, and counts only where its byte is marked: cheaper than asking four times.
      places[found] = k << 3
      found += (marks >>> 7) & 1
      places[found] = (k << 3) + 2
      found += (marks >>> 15) & 1
      places[found] = (k << 3) + 4
      found += (marks >>> 23) & 1
      places[found] = (k << 3) + 6
      found += (marks >>> 31) & 1
    }
    return (any & top) === 0 ? found : -1
  }

  /** The same for any bytes, with the mark of what stands between two places. */
  private searchAny(words: Int32Array, from: number, until: number): number {
    const { places } = this
    const delimiters = this.delimiters | 0
    const quotes = this.quotes | 0
    const low = lows | 0
    const seven = sevens | 0
    const top = tops | 0
    const last = (until - 1) >> 2
    let found = 0
    let since = 0
    let any = 0
    let skip = -1 << ((from & 3) << 3)
    for (let k = from >> 2; k <= last; k++) {
      const word = words[k] as number
      const a = word ^ delimiters
      const b = word ^ quotes
      const high = word & top & skip
      const marks =
        ~((((word & seven) + low) | 0 | word) & (((a & seven) + seven) | 0 | a) & (((b & seven) + seven) | 0 | b)) & top & skip
      skip = -1
      any |= high
      if (marks === 0) {
        since |= high
        continue
      }
      for (let byte = 0; byte < 4; byte++) {
        const bit = 0x80 << (byte << 3)
        if ((marks & bit) !== 0) {
          places[found++] = (k << 3) + (byte << 1) + (since === 0 ? 0 : 1)
          since = 0
        } else since |= high & bit
      }
    }
    this.isAscii = any === 0
    return found
  }
}
