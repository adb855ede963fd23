/** Words of people's files where they are printed as plain text: nothing in them steers a terminal or turns the line around. */

const hidden = /[\p{Cc}\u200B-\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu

/** Control characters, marks of direction and invisible spaces become one space. */
export function plainWords(text: string): string {
  return text.replace(hidden, ' ')
}
