/** Dates and times in the usual form, read four signs at a time: what `writtenDay` reads sign by sign. */
import { dayOf } from './day-number.ts'

const zeros = 0x30303030
const nibbles = 0xf0f0f0f0 | 0

/** True where each byte of the word, less the code of zero, is a digit; bytes that are 0 pass. */
function areDigits(word: number): boolean {
  return (((word + 0x06060606) | word) & nibbles) === 0
}

/** Number of two digits in the low bytes of a word, the first one lowest; -1 where they are none. */
function twoDigits(word: number): number {
  const digits = (word & 0xffff) ^ 0x3030
  return areDigits(digits) ? (digits & 0xff) * 10 + (digits >>> 8) : -1
}

export function areEightDigits(words: DataView, start: number): boolean {
  return areDigits(words.getInt32(start, true) ^ zeros) && areDigits(words.getInt32(start + 4, true) ^ zeros)
}

/** Number of the day that `YYYY-MM-DD` names; -1 where it names none. */
export function isoDay(words: DataView, start: number): number {
  const middle = words.getInt32(start + 4, true)
  const digits = words.getInt32(start, true) ^ zeros
  if ((middle & 0xff0000ff) !== 0x2d00002d || !areDigits(digits)) return -1
  const year = (digits & 0xff) * 1000 + ((digits >>> 8) & 0xff) * 100 + ((digits >>> 16) & 0xff) * 10 + (digits >>> 24)
  return dayOf(year, twoDigits(middle >>> 8), twoDigits(words.getInt16(start + 8, true)))
}

/** Seconds of the day in `YYYY-MM-DDTHH:MM:SS` with or without Z; -1 for everything else. */
export function isoSeconds(words: DataView, start: number, end: number): number {
  if (end - start === 20 && words.getUint8(end - 1) !== 90) return -1
  const hours = words.getInt32(start + 10, true)
  const minutes = words.getInt32(start + 14, true)
  if ((hours & 0xff0000ff) !== 0x3a000054 || (minutes & 0xff0000) !== 0x3a0000) return -1
  const hour = twoDigits(hours >>> 8)
  const minute = twoDigits(minutes)
  const second = twoDigits(words.getInt16(start + 17, true))
  return hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ? -1 : hour * 3600 + minute * 60 + second
}
