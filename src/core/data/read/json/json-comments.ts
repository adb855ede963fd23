/** Comments in JSON text, which RFC 8259 does not know and some tools write: blanked out, so that every byte keeps its place. */

const quote = 0x22
const back = 0x5c
const slash = 0x2f
const star = 0x2a
const space = 0x20

/** A copy with `// …` to the end of the line and `/* … *\/` turned into spaces; line breaks stay. What is no comment stays as it is. */
export function withoutComments(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice()
  const end = result.length
  for (let i = 0; i < end; i++) {
    if (result[i] === quote) {
      for (i++; i < end && result[i] !== quote; i++) if (result[i] === back) i++
    } else if (result[i] === slash && (result[i + 1] === slash || result[i + 1] === star)) {
      const isBlock = result[i + 1] === star
      let to = i + 2
      if (isBlock) {
        while (to < end && !(result[to] === star && result[to + 1] === slash)) to++
        // A comment that never ends is left for the reader to tell.
        if (to >= end) return result
        to += 2
      } else while (to < end && result[to] !== 10 && result[to] !== 13) to++
      for (; i < to; i++) if (result[i] !== 10 && result[i] !== 13) result[i] = space
      i--
    }
  }
  return result
}
