/**
 * Records about which nothing is doubtful: only the places are walked that can end a cell. Whatever is not plain (a quote out of
 * place, a NUL, no line break yet) is left to the careful reader of `csv.ts`, which alone decides what it means; both give the same
 * cells for plain records.
 */

import { ESCAPED, HIGH, MULTILINE, QUOTED, type RecordView } from '../text/record-view.ts'
import { FoundPlaces, lowBytes } from './found-places.ts'
import type { RecordBlock } from './record-block.ts'

const LF = 10
const CR = 13
/** Answer of `read` for a record that is left to the careful reader. */
export const DOUBTFUL = -2
/** The places of the block at hand end before the record does. */
const CUT = -3

/** What must not happen inside the quotes of a plain record, because the careful reader would doubt it. */
export interface PlainLimits {
  readonly lines: number
  readonly bytes: number
}

export class PlainReader {
  /** Line breaks inside the quotes of the record that was read last. */
  inner = 0
  private readonly found: FoundPlaces
  private next = 0
  private readonly delimiter: number
  private readonly quote: number
  private readonly limits: PlainLimits

  /** `quote` is -1 for none; a quote inside quotes is doubled. */
  constructor(delimiter: number, quote: number, limits: PlainLimits) {
    this.delimiter = delimiter
    this.quote = quote
    this.found = new FoundPlaces(delimiter, quote)
    this.limits = limits
  }

  /** The bytes have changed or moved. */
  forget(): void {
    this.found.until = 0
  }

  /** Fills the view with the record at `at`; gives the index after its line break, or DOUBTFUL. `words` are the same bytes. */
  read(view: RecordView, data: Uint8Array, words: Int32Array, at: number): number {
    const { found } = this
    if (found.covers(at)) {
      this.next = found.after(this.next, at)
      const after = this.walk(view, data, at)
      if (after !== CUT) return after
      if (found.from === at || found.until >= data.length) return DOUBTFUL
    }
    this.search(data, words, at)
    const after = this.walk(view, data, at)
    return after === CUT ? DOUBTFUL : after
  }

  /**
   * Fills the block with the plain records from `at` on that have exactly its cells, up to the first that is otherwise, cut, longer
   * than `most` bytes, or one of which `isDoubtful` says so. Gives the index after the last of them.
   */
  readBlock(
    block: RecordBlock,
    data: Uint8Array,
    words: Int32Array,
    at: number,
    most: number,
    isDoubtful: (start: number, end: number, before: number) => boolean,
  ): number {
    block.count = 0
    const { found } = this
    if (found.covers(at)) this.next = found.after(this.next, at)
    else this.search(data, words, at)
    let after = this.walkBlock(block, data, at, most, isDoubtful)
    // What was searched ended in the middle of a record that goes on: the rest is short.
    if (block.count === 0 && found.from < at && found.until < data.length) {
      this.search(data, words, at)
      after = this.walkBlock(block, data, at, most, isDoubtful)
    }
    return after
  }

  private search(data: Uint8Array, words: Int32Array, at: number): void {
    this.found.search(data, words, at)
    this.next = this.found.after(0, at)
  }

  private walkBlock(
    block: RecordBlock,
    data: Uint8Array,
    at: number,
    most: number,
    isDoubtful: (start: number, end: number, before: number) => boolean,
  ): number {
    const { quote, delimiter } = this
    const { places, until } = this.found
    const { starts, ends, flags, from, to, breaks, seen, width, room } = block
    const lastPlace = until << 1
    let { next } = this
    let count = 0
    let lines = 0
    let recordAt = at
    let cell = 0
    let lastCell = width - 1
    let start = at
    let high = 0
    let all = 0
    breaks[0] = 0
    for (;;) {
      const place = places[next++] as number
      if (place >= lastPlace) break
      let i = place >> 1
      let byte = data[i] as number
      high |= place & 1
      let kind = 0
      let end = i
      if (byte === quote) {
        if (i !== start) break
        kind = QUOTED
        let isPlain = true
        let inner = 0
        for (;;) {
          const inside = places[next++] as number
          high |= inside & 1
          i = inside >> 1
          if (i + 1 >= until) {
            isPlain = false
            break
          }
          byte = data[i] as number
          if (byte === quote) {
            byte = data[i + 1] as number
            if (byte !== quote) break
            kind |= ESCAPED
            next++
          } else if (byte === LF || byte === CR) {
            if (byte === LF || data[i + 1] !== LF) inner++
            kind |= MULTILINE
          } else if (byte === 0) {
            isPlain = false
            break
          }
        }
        if (!isPlain || inner > this.limits.lines || i - start > this.limits.bytes) break
        lines += inner
        end = i++
        start++
        next++
      } else if (byte !== delimiter && byte < lowBytes && byte !== LF && byte !== CR) {
        if (byte === 0) break
        continue
      }
      if (high !== 0) kind |= HIGH
      high = 0
      starts[cell] = start
      ends[cell] = end
      flags[cell] = kind
      all |= kind
      if (byte === delimiter) {
        if (cell === lastCell) break
        cell++
        start = i + 1
        continue
      }
      if ((byte !== LF && byte !== CR) || cell !== lastCell) break
      let following = i + 1
      if (byte === CR) {
        if (following >= until) break
        if (data[following] === LF) {
          following++
          next++
        }
      }
      if (following - recordAt > most) break
      if ((all & MULTILINE) !== 0) {
        // Cells before the first quoted one hold no delimiter and no line break.
        const firstCell = lastCell - width + 1
        let before = firstCell
        while (((flags[before] as number) & QUOTED) === 0) before++
        if (isDoubtful(starts[before] as number, i, before - firstCell)) break
      }
      lines++
      from[count] = recordAt
      to[count] = i
      seen[count] = all
      breaks[++count] = lines
      this.next = next
      cell++
      lastCell = cell + width - 1
      start = following
      recordAt = following
      all = 0
      if (count === room) break
    }
    block.count = count
    return recordAt
  }

  private walk(view: RecordView, data: Uint8Array, at: number): number {
    const { quote, delimiter } = this
    const { places, until } = this.found
    let { starts, ends, flags } = view
    let next = this.next
    let count = 0
    let seen = 0
    let lines = 0
    let start = at
    for (;;) {
      if (count === starts.length) {
        view.count = count
        view.grow()
        ;({ starts, ends, flags } = view)
      }
      let place = places[next++] as number
      let high = place & 1
      let i = place >> 1
      if (i >= until) return CUT
      let byte = data[i] as number
      let kind = 0
      let end = i
      if (i === start && byte === quote) {
        kind = QUOTED
        for (;;) {
          place = places[next++] as number
          high |= place & 1
          i = place >> 1
          if (i + 1 >= until) return CUT
          byte = data[i] as number
          if (byte === quote) {
            byte = data[i + 1] as number
            if (byte !== quote) break
            kind |= ESCAPED
            next++
          } else if (byte === LF || byte === CR) {
            if (byte === LF || data[i + 1] !== LF) lines++
            kind |= MULTILINE
          } else if (byte === 0) return DOUBTFUL
        }
        if (lines > this.limits.lines || i - start > this.limits.bytes) return DOUBTFUL
        end = i++
        start++
        // What follows the quote is the next place, unless it is a character that belongs to no plain record.
        next++
      } else {
        while (byte < lowBytes && byte !== LF && byte !== CR && byte !== delimiter) {
          if (byte === 0) return DOUBTFUL
          place = places[next++] as number
          high |= place & 1
          i = place >> 1
          if (i >= until) return CUT
          byte = data[i] as number
        }
        end = i
      }
      if (high !== 0) kind |= HIGH
      starts[count] = start
      ends[count] = end
      flags[count] = kind
      seen |= kind
      count++
      if (byte === delimiter) {
        start = i + 1
        continue
      }
      if (byte !== LF && byte !== CR) return DOUBTFUL
      if (byte === CR && i + 1 >= until) return CUT
      view.count = count
      view.seen = seen
      view.start = at
      view.end = i
      this.inner = lines
      this.next = next
      return byte === CR && data[i + 1] === LF ? i + 2 : i + 1
    }
  }
}
