/** Bad quotes: where a quoted cell closes, and which of two readings of a doubtful quote fits the records that follow. */

const LF = 10
const CR = 13

/** The bytes at hand and the dialect they are read in. */
export interface QuoteScan {
  readonly data: Uint8Array
  readonly delimiter: number
  /** Further bytes of a delimiter of several characters. */
  readonly rest: Uint8Array
  readonly quote: number
  readonly escape: number
}

export interface Close {
  /** Index of the closing quote, -1 where there is none. */
  readonly at: number
  /** Followed by a delimiter, a line break or the end of the bytes. */
  readonly clean: boolean
  readonly escaped: boolean
}

export const noClose: Close = { at: -1, clean: false, escaped: false }

/** The next closing quote from `from`; `lenient` passes over quotes that nothing proper follows. */
export function findClose(scan: QuoteScan, from: number, lenient: boolean, until = scan.data.length): Close {
  const { data, quote } = scan
  let escaped = false
  let i = from
  for (;;) {
    if (scan.escape === quote) {
      i = data.indexOf(quote, i)
      if (i < 0 || i >= until) return { at: -1, clean: false, escaped }
      if (data[i + 1] === quote) {
        escaped = true
        i += 2
        continue
      }
    } else {
      while (i < until && data[i] !== quote && data[i] !== scan.escape) i++
      if (i >= until) return { at: -1, clean: false, escaped }
      if (data[i] === scan.escape && scan.escape >= 0) {
        escaped = true
        i += 2
        continue
      }
    }
    const clean = closesCell(scan, i + 1)
    if (clean || !lenient) return { at: i, clean, escaped }
    i++
  }
}

export function isDelimiter(scan: QuoteScan, at: number): boolean {
  const { data, rest } = scan
  if (data[at] !== scan.delimiter) return false
  for (let i = 0; i < rest.length; i++) if (data[at + 1 + i] !== rest[i]) return false
  return true
}

function closesCell(scan: QuoteScan, at: number): boolean {
  const byte = scan.data[at]
  return byte === undefined || byte === LF || byte === CR || isDelimiter(scan, at)
}

const trialRecords = 8

/**
 * Reads on from `at`, where `cells` cells of the record are complete, and counts how many of the next records have the expected
 * number of cells. With `literalAt` the quote at that index is text.
 */
export function tryReading(
  scan: QuoteScan,
  at: number,
  cells: number,
  expected: number,
  until: number,
  literalAt = -1,
): { readonly good: number; readonly used: number } {
  const { data, quote } = scan
  // What lies beyond `until` must not matter, or the size of chunks would.
  const end = Math.min(data.length, until)
  const atEndOfFile = data.length <= until
  let i = at
  let count = cells
  let good = 0
  let starts = literalAt >= 0
  for (let records = 0; records < trialRecords; ) {
    if (starts) {
      const close = data[i] === quote && i !== literalAt ? findClose(scan, i + 1, true, end).at : -1
      i = close >= 0 ? close + 1 : plainEnd(scan, i, end)
      count++
    }
    starts = true
    if (i < end && isDelimiter(scan, i)) {
      i += 1 + scan.rest.length
      continue
    }
    if (i >= end && !atEndOfFile) break
    records++
    if (count === expected) good++
    count = 0
    i += data[i] === CR && data[i + 1] === LF ? 2 : 1
    if (i >= end) break
  }
  return { good, used: i - at }
}

function plainEnd(scan: QuoteScan, from: number, end: number): number {
  const { data } = scan
  let i = from
  while (i < end && data[i] !== LF && data[i] !== CR && !isDelimiter(scan, i)) i++
  return i
}

/**
 * True when every line of the bytes, quotes ignored, has exactly the expected number of cells: several records in one.
 * `before` cells of the first line stand before `start`.
 */
export function splitsIntoRecords(scan: QuoteScan, start: number, end: number, expected: number, before = 0): boolean {
  const { data, delimiter } = scan
  let cells = before + 1
  let lines = 0
  for (let i = start; i <= end; i++) {
    const byte = i === end ? LF : data[i]
    if (byte === LF || byte === CR) {
      if (byte === CR && data[i + 1] === LF) i++
      if (cells !== expected) return false
      lines++
      cells = 1
    } else if (byte === delimiter && isDelimiter(scan, i)) {
      if (++cells > expected) return false
      i += scan.rest.length
    }
  }
  return lines > 1
}

/** Line breaks in a stretch of bytes: LF, CR and CRLF count one each. */
export function countBreaks(data: Uint8Array, start: number, end: number): number {
  let count = 0
  if (end - start > 4096) {
    const stretch = data.subarray(start, end)
    for (let at = stretch.indexOf(LF); at >= 0; at = stretch.indexOf(LF, at + 1)) count++
    for (let at = stretch.indexOf(CR); at >= 0; at = stretch.indexOf(CR, at + 1)) if (data[start + at + 1] !== LF) count++
    return count
  }
  for (let i = start; i < end; i++) {
    const byte = data[i]
    if (byte === LF) count++
    else if (byte === CR && data[i + 1] !== LF) count++
  }
  return count
}
