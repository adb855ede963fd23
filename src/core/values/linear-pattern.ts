/** Regular expressions of others: in linear time, and only as large as their answer takes no time that a person notices. */
import { RE2JS } from 're2js'

/** Characters of a pattern, each as often as all its counts together say: what the compiler may write out. */
export const mostWrittenOut = 200_000
/** Steps of a compiled pattern, each taken by each character of a text: on a thousand characters 30 ms. `.{0,1000}` has 2,003. */
export const largestPattern = 2_500
/** Where what was found is asked for, too, a step costs twice as much. */
export const largestCapture = 1_500

/** The compiler writes a part out as often as its count says, before anybody can ask how long that is. */
export function writtenOut(pattern: string): number {
  let times = 1
  for (const [, least, most] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) times += Number(most || least)
  return pattern.length * times
}

/** The pattern, or the sentence that refuses it. */
export function linearPattern(source: string, most = largestPattern): RE2JS | string {
  if (writtenOut(source) > mostWrittenOut) return tooLarge(source, most)
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source))
    return compiled.programSize() > most ? tooLarge(source, most) : compiled
  } catch (error) {
    return faultOf(source, error instanceof Error ? error.message : '', most)
  }
}

function tooLarge(source: string, most: number): string {
  return `The pattern ${short(source)} is too large to be run in bounded time; ${most} steps are the most, and 1,000 repetitions.`
}

function faultOf(source: string, said: string, most: number): string {
  if (said.includes('invalid repeat count')) return tooLarge(source, most)
  if (/\(\?(?:<?[=!]|>)/.test(source) || /\\(?:[1-9]|k<)/.test(source))
    return `The pattern ${short(source)} uses look-around, back-references or other forms that can not be run in bounded time.`
  return `The pattern ${short(source)} can not be read as a regular expression (${short(said.replace('error parsing regexp: ', ''))}).`
}

/** As much of a pattern as a sentence can hold. */
function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
