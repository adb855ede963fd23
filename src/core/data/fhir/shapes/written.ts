/** Values as they stand in the bytes of a line: each function gives the offset behind a value that is surely as it should be, else -1. */

const quote = 0x22
const back = 0x5c
/** Longest text that is not measured by the tree judge. */
const longest = 1 << 16

/** A text of valid UTF-8 that is not empty, has no escapes, no tag, and does not begin like a reference to a contained resource. */
export function textEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) return -1
  let at = from + 1
  if (bytes[at] === quote || bytes[at] === 0x23) return -1
  const most = Math.min(bytes.length, at + longest)
  for (;;) {
    while (at < most && inText[bytes[at] as number] === 0) at++
    if (at >= most) return -1
    const byte = bytes[at] as number
    if (byte === quote) return at + 1
    if (byte < 0x80) return -1
    at = characterEnd(bytes, at)
    if (at < 0) return -1
  }
}

/** 0 for a character that says nothing but itself in a text: no quote, escape, control character, tag or lead of several bytes. */
const inText = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === quote || byte === back || byte === 0x3c || byte >= 0x80 ? 1 : 0,
)

/** 1 for what an id consists of. */
const inId = Uint8Array.from({ length: 256 }, (_, byte) => (/[A-Za-z0-9\-.]/.test(String.fromCharCode(byte)) ? 1 : 0))

/** Behind a character beyond ASCII; -1 where the bytes are none (RFC 3629 §4). */
function characterEnd(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  const second = bytes[at + 1] as number
  if (lead >= 0xc2 && lead <= 0xdf) return isFollowing(second) ? at + 2 : -1
  if (lead >= 0xe0 && lead <= 0xef) {
    const least = lead === 0xe0 ? 0xa0 : 0x80
    const most = lead === 0xed ? 0x9f : 0xbf
    return second >= least && second <= most && isFollowing(bytes[at + 2] as number) ? at + 3 : -1
  }
  if (lead < 0xf0 || lead > 0xf4) return -1
  const least = lead === 0xf0 ? 0x90 : 0x80
  const most = lead === 0xf4 ? 0x8f : 0xbf
  const follow = isFollowing(bytes[at + 2] as number) && isFollowing(bytes[at + 3] as number)
  return second >= least && second <= most && follow ? at + 4 : -1
}

function isFollowing(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}

/** 1 to 64 letters, digits, hyphens and dots. */
export function idEnd(bytes: Uint8Array, from: number): number {
  return bytes[from] === quote ? idTail(bytes, from + 1) : -1
}

/** The same behind what stands before it in its text. */
function idTail(bytes: Uint8Array, from: number): number {
  let at = from
  while (inId[bytes[at] as number] === 1) at++
  return bytes[at] === quote && at > from && at - from <= 64 ? at + 1 : -1
}

/** `Type/id`, or `#id` of a contained resource. */
export function targetEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) return -1
  let at = from + 1
  if (bytes[at] === 0x23) return idTail(bytes, at + 1)
  const first = bytes[at] as number
  if (first < 65 || first > 90) return -1
  do at++
  while (isLetter(bytes[at] as number))
  return bytes[at] === 0x2f && at - from > 2 ? idTail(bytes, at + 1) : -1
}

function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)
}

/** A number without a power of ten, of so few digits that programs keep all of them. */
export function decimalEnd(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from
  const whole = at
  while (isDigit(bytes[at] as number)) at++
  if (at === whole || (bytes[whole] === 48 && at > whole + 1)) return -1
  let digits = at - whole
  if (bytes[at] === 0x2e) {
    const fraction = ++at
    while (isDigit(bytes[at] as number)) at++
    if (at === fraction) return -1
    digits += at - fraction
  }
  return digits <= 15 ? at : -1
}

/** Digits alone, as few as any whole number of R4 may have. */
export function wholeEnd(bytes: Uint8Array, from: number, isPositive: boolean): number {
  let at = from
  while (isDigit(bytes[at] as number)) at++
  if (at === from || at - from > 9) return -1
  if (bytes[from] === 48 && (isPositive || at > from + 1)) return -1
  return at
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

export function truthEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from]
  if (first === 116) return bytes[from + 1] === 114 && bytes[from + 2] === 117 && bytes[from + 3] === 101 ? from + 4 : -1
  if (first !== 102 || bytes[from + 1] !== 97 || bytes[from + 2] !== 108) return -1
  return bytes[from + 3] === 115 && bytes[from + 4] === 101 ? from + 5 : -1
}

function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48
  const ones = (bytes[at + 1] as number) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** A day that surely exists. */
function isDay(bytes: Uint8Array, at: number): boolean {
  const month = pair(bytes, at + 5)
  const day = pair(bytes, at + 8)
  return (
    pair(bytes, at) > 0 &&
    pair(bytes, at + 2) >= 0 &&
    bytes[at + 4] === 45 &&
    month >= 1 &&
    month <= 12 &&
    bytes[at + 7] === 45 &&
    day >= 1 &&
    (day <= 28 || (day <= 30 && month !== 2))
  )
}

/** YYYY-MM-DD. */
export function dayEnd(bytes: Uint8Array, from: number): number {
  return bytes[from] === quote && bytes[from + 11] === quote && isDay(bytes, from + 1) ? from + 12 : -1
}

/** A day with a time to the second, any fraction and a zone. */
export function momentEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote || bytes[from + 11] !== 84 || bytes[from + 14] !== 58 || bytes[from + 17] !== 58) return -1
  const hour = pair(bytes, from + 12)
  const minute = pair(bytes, from + 15)
  const second = pair(bytes, from + 18)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || !isDay(bytes, from + 1)) return -1
  let at = from + 20
  if (bytes[at] === 0x2e) {
    const fraction = ++at
    while (isDigit(bytes[at] as number)) at++
    if (at === fraction) return -1
  }
  const sign = bytes[at]
  if (sign === 90) return bytes[at + 1] === quote ? at + 2 : -1
  if ((sign !== 43 && sign !== 45) || bytes[at + 3] !== 58 || bytes[at + 6] !== quote) return -1
  const hours = pair(bytes, at + 1)
  const minutes = pair(bytes, at + 4)
  return hours >= 0 && hours <= 13 && minutes >= 0 && minutes <= 59 ? at + 7 : -1
}

/**
 * True where two days, or two moments, surely follow each other, or are the same: texts of one form stand in the order of time, and
 * moments of different zones are counted in minutes.
 */
export function areInOrder(bytes: Uint8Array, start: number, startEnd: number, end: number, endEnd: number): boolean {
  const length = startEnd - start
  const isMoment = length > 12
  if (length === endEnd - end && (!isMoment || sameZone(bytes, startEnd, endEnd))) {
    for (let i = 0; i < length; i++) {
      const difference = (bytes[end + i] as number) - (bytes[start + i] as number)
      if (difference !== 0) return difference > 0
    }
    return true
  }
  return isMoment && endEnd - end > 12 && minutesAt(bytes, start, startEnd) < minutesAt(bytes, end, endEnd)
}

/** The last six characters before the quote: a zone, or the end of a time and Z. */
function sameZone(bytes: Uint8Array, one: number, other: number): boolean {
  const [zone, otherZone] = [bytes[one - 2] === 90, bytes[other - 2] === 90]
  if (zone || otherZone) return zone && otherZone
  for (let i = 2; i <= 7; i++) if (bytes[one - i] !== bytes[other - i]) return false
  return true
}

/** Minutes since a day that is the same for all; seconds are left out. */
function minutesAt(bytes: Uint8Array, from: number, to: number): number {
  const year = pair(bytes, from + 1) * 100 + pair(bytes, from + 3)
  const month = pair(bytes, from + 6)
  // Years begin in March, so that the day a leap year adds is the last.
  const shifted = month > 2 ? year : year - 1
  const days =
    365 * shifted +
    Math.floor(shifted / 4) -
    Math.floor(shifted / 100) +
    Math.floor(shifted / 400) +
    Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) +
    pair(bytes, from + 9)
  const minutes = days * 1440 + pair(bytes, from + 12) * 60 + pair(bytes, from + 15)
  if (bytes[to - 2] === 90) return minutes
  const zone = pair(bytes, to - 6) * 60 + pair(bytes, to - 3)
  return bytes[to - 7] === 45 ? minutes + zone : minutes - zone
}
