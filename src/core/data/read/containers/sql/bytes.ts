/** Bytes of SQL text: all that means something to SQL is ASCII, and everything else is passed on as it stands. */

export const lf = 10
export const cr = 13
export const space = 32
export const doubleQuote = 34
export const hash = 35
export const dollar = 36
export const quote = 39
export const open = 40
export const close = 41
export const star = 42
export const comma = 44
export const dash = 45
export const dot = 46
export const slash = 47
export const colon = 58
export const semicolon = 59
export const openSquare = 91
export const backslash = 92
export const closeSquare = 93
export const backtick = 96

/** The text ends before what was looked for does. */
export const unfinished = -1

export function isBlank(byte: number | undefined): boolean {
  return byte === space || (byte !== undefined && byte >= 9 && byte <= cr)
}

/** Letters, digits, `_`, `$`, `@`, and every byte beyond ASCII. */
export function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 48 && byte <= 57) ||
    byte === 95 ||
    byte === dollar ||
    byte === 64 ||
    byte > 127
  )
}

/** ASCII text of a stretch; other bytes become one character each. */
export function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 4096) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 4096)))
  return text
}

/** Behind the word at `at`. */
export function wordEnd(bytes: Uint8Array, at: number): number {
  let end = at
  while (isWordByte(bytes[end])) end++
  return end
}

/** Whether these lower-case letters stand at `at`, in any case, and no word goes on behind them. */
export function isWord(bytes: Uint8Array, at: number, letters: string): boolean {
  for (let i = 0; i < letters.length; i++) if (((bytes[at + i] ?? 0) | 32) !== letters.charCodeAt(i)) return false
  return !isWordByte(bytes[at + letters.length])
}

/**
 * Behind the quoted text that begins at `at`: a doubled closing mark belongs to it.
 * @param escapes a backslash takes the next byte with it
 */
export function quotedEnd(bytes: Uint8Array, at: number, closing: number, escapes: boolean): number {
  if (!escapes) {
    for (let i = bytes.indexOf(closing, at + 1); i >= 0; i = bytes.indexOf(closing, i + 2)) {
      if (i + 1 >= bytes.length) return unfinished
      if (bytes[i + 1] !== closing) return i + 1
    }
    return unfinished
  }
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === backslash) i++
    else if (byte === closing) {
      if (i + 1 >= bytes.length) return unfinished
      if (bytes[i + 1] !== closing) return i + 1
      i++
    }
  }
  return unfinished
}

/** Behind the line that holds `at`, its break included. */
export function lineEnd(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(lf, at)
  return end < 0 ? unfinished : end + 1
}

/** Behind a comment that begins at `at`; `at` where none does. */
export function commentEnd(bytes: Uint8Array, at: number, hashes: boolean): number {
  const byte = bytes[at]
  if ((byte === dash && bytes[at + 1] === dash) || (hashes && byte === hash)) return lineEnd(bytes, at)
  if (byte !== slash || bytes[at + 1] !== star) return at
  for (let i = bytes.indexOf(star, at + 2); i >= 0; i = bytes.indexOf(star, i + 1)) if (bytes[i + 1] === slash) return i + 2
  return unfinished
}

/** Behind blanks and comments from `at` on. */
export function gapEnd(bytes: Uint8Array, at: number, hashes: boolean): number {
  let i = at
  for (;;) {
    while (isBlank(bytes[i])) i++
    const byte = bytes[i]
    if (byte !== dash && byte !== slash && byte !== hash) return i
    const end = commentEnd(bytes, i, hashes)
    if (end === i || end === unfinished) return end
    i = end
  }
}

/** Behind the text between two equal `$tag$` marks; `at` where none begins here. */
export function dollarQuotedEnd(bytes: Uint8Array, at: number): number {
  let tag = at + 1
  while (bytes[tag] !== dollar && isWordByte(bytes[tag])) tag++
  if (bytes[tag] !== dollar) return at
  const length = tag + 1 - at
  for (let i = bytes.indexOf(dollar, tag + 1); i >= 0; i = bytes.indexOf(dollar, i + 1)) {
    let same = 0
    while (same < length && bytes[i + same] === bytes[at + same]) same++
    if (same === length) return i + length
  }
  return unfinished
}
