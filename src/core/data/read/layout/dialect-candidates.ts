/** Which dialects are tried on a text: delimiters, quotes and escapes that occur in it, and its line breaks. */

import type { Dialect } from '../../model/events.ts'
import type { ReadingChoices } from '../../model/source.ts'

const LF = 10
const CR = 13
const delimiters = [',', ';', '\t', '|', '^', '~', '\x01', '\x1e', '\x1f', '||', '~|~', '^|^', '::', ', ', ':', ' '] as const

export function dialectOf(delimiter: string, quote: string, escapeWith: string, newline: Dialect['newline']): Dialect {
  return { delimiter, quote, escape: quote === '' ? '' : escapeWith, newline }
}

/** Dialects to score, the likelier of equals first; what a person chose is not varied. */
export function candidateDialects(
  text: string,
  newline: Dialect['newline'],
  choices: ReadingChoices,
  chosen: string | undefined,
): Dialect[] {
  const present = chosen !== undefined ? [chosen] : delimitersIn(text)
  const quotes = choices.quote !== undefined ? [choices.quote] : quotesIn(text)
  const list: Dialect[] = []
  for (const delimiter of present.length > 0 ? present : [','])
    for (const quote of quotes) {
      const escapes = choices.escape !== undefined ? [choices.escape] : escapesIn(text, quote)
      for (const escapeWith of escapes) list.push(dialectOf(delimiter, quote, escapeWith, newline))
    }
  return list
}

/** What may stand around a cell, as the inside of a character class. */
const around = ',;\\t|^~:\\x01\\x1e\\x1f\\r\\n'
const singleQuoted = new RegExp(`(?:^|[${around}] ?)'(?:[^']|'')*'(?:[${around}]|$)`)

/** Doubled quotes are usual; a backslash comes first where it stands before quotes inside words more often than quotes are doubled there. */
function escapesIn(text: string, quote: string): readonly string[] {
  if (quote === '' || !text.includes(`\\${quote}`)) return [quote]
  const slashed = text.split(`\\${quote}`).length - 1
  const doubled =
    text.match(quote === '"' ? /[\p{L}\p{N} ]""|""[\p{L}\p{N} ]/gu : /[\p{L}\p{N} ]''|''[\p{L}\p{N} ]/gu)?.length ?? 0
  return slashed > doubled ? ['\\', quote] : [quote, '\\']
}

/** A double quote is assumed where none occurs: it costs nothing, and one may come later in the file. */
function quotesIn(text: string): string[] {
  const single = singleQuoted.test(text)
  if (text.includes('"')) return single ? ['"', "'", ''] : ['"', '']
  return single ? ["'", '"'] : ['"']
}

/** Delimiters that occur; one whose every occurrence is part of a longer one (`|` of `||`) is none. */
function delimitersIn(text: string): readonly string[] {
  const count = (part: string): number => text.split(part).length - 1
  const present = delimiters.filter((delimiter) => (delimiter === ', ' ? /, ["']/.test(text) : text.includes(delimiter)))
  const long = present
    .filter((delimiter) => delimiter.length > 1 && delimiter !== ', ')
    .map((delimiter) => ({ delimiter, n: count(delimiter) }))
  return present.filter(
    (short) =>
      short.length > 1 ||
      !long.some(({ delimiter, n }) => n >= 3 && n * (delimiter.split(short).length - 1) >= count(short) * 0.95),
  )
}

export function newlineOf(bytes: Uint8Array): Dialect['newline'] {
  let pairs = 0
  let feeds = 0
  let returns = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1))
    if (bytes[at - 1] === CR) pairs++
    else feeds++
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) returns++
  const kinds = [pairs, feeds, returns].filter((n) => n > 0).length
  if (kinds > 1) return 'mixed'
  return pairs > 0 ? '\r\n' : returns > 0 ? '\r' : '\n'
}
