/** Regular expressions of others: in linear time, and only as large as their answer takes no time that a person notices. */
import { RE2JS } from 're2js'

/** Characters of a pattern, each as often as all its counts together say: what the compiler may write out. */
export const mostWrittenOut = 200_000
/** Steps of a compiled pattern: each character of a text takes each of them once, about 7 ns in all. */
export const largestPattern = 5_000

/** The compiler writes a part out as often as its count says, before anybody can ask how long that is. */
export function writtenOut(pattern: string): number {
  let times = 1
  for (const [, least, most] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) times += Number(most || least)
  return pattern.length * times
}

/** The pattern, or the sentence that refuses it. */
export function linearPattern(source: string): RE2JS | string {
  if (writtenOut(source) > mostWrittenOut) return tooLarge(source)
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source))
    return compiled.programSize() > largestPattern ? tooLarge(source) : compiled
  } catch (error) {
    return faultOf(source, error instanceof Error ? error.message : '')
  }
}

function tooLarge(source: string): string {
  return `The pattern ${short(source)} is too large to be run in bounded time; ${largestPattern} steps are the most, and 1,000 repetitions.`
}

function faultOf(source: string, said: string): string {
  if (said.includes('invalid repeat count')) return tooLarge(source)
  if (/\(\?(?:<?[=!]|>)/.test(source) || /\\(?:[1-9]|k<)/.test(source))
    return `The pattern ${short(source)} uses look-around, back-references or other forms that can not be run in bounded time.`
  return `The pattern ${short(source)} can not be read as a regular expression (${short(said.replace('error parsing regexp: ', ''))}).`
}

/** As much of a pattern as a sentence can hold. */
function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
