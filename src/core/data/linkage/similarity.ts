/** How alike two texts are: Jaro-Winkler, one edit or transposition, and what sounds alike in English spelling (Soundex). */

/** Jaro-Winkler similarity, 0 to 1, prefix weight 0.1 over at most 4 characters (Winkler 1990). Symmetric. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  // Whoever searches first decides which of several equal letters match: always the same one does.
  const jaro = a < b ? jaroOf(a, b) : jaroOf(b, a)
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

const taken = new Uint8Array(256)
const matched = new Uint16Array(256)

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0
  const lengthA = Math.min(a.length, 256)
  const lengthB = Math.min(b.length, 256)
  const reach = Math.max(0, Math.floor(Math.max(lengthA, lengthB) / 2) - 1)
  taken.fill(0, 0, lengthB)
  let m = 0
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i)
    const end = Math.min(lengthB, i + reach + 1)
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] !== 0 || b.charCodeAt(j) !== code) continue
      taken[j] = 1
      matched[m++] = code
      break
    }
  }
  if (m === 0) return 0
  let moved = 0
  let at = 0
  for (let j = 0; j < lengthB; j++) if (taken[j] !== 0 && b.charCodeAt(j) !== matched[at++]) moved++
  return (m / lengthA + m / lengthB + (m - moved / 2) / m) / 3
}

/** The letters of a text as bits, A to Z; others share the rest. */
export function letterBits(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) {
    const at = text.charCodeAt(i) - 65
    bits |= 1 << (at >= 0 && at < 26 ? at : 26 + (at & 3))
  }
  return bits
}

/** False where two texts can not reach the similarity, told from their lengths and letters alone. */
export function mayReach(least: number, a: string, bitsA: number, b: string, bitsB: number): boolean {
  const aIsShort = a.length <= b.length
  const short = aIsShort ? a.length : b.length
  const lacking = aIsShort ? bitsA & ~bitsB : bitsB & ~bitsA
  const most = short - ones(lacking)
  if (most <= 0) return false
  const jaro = (most / a.length + most / b.length + 1) / 3
  let prefix = 0
  while (prefix < 4 && prefix < short && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro) >= least
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** True where one insertion, deletion, replacement or swap of neighbours makes the texts equal; equal texts are not one edit apart. */
export function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let endA = a.length - 1
  let endB = b.length - 1
  while (endA >= start && endB >= start && a[endA] === b[endB]) {
    endA--
    endB--
  }
  const restA = endA - start + 1
  const restB = endB - start + 1
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && a[start] === b[endB] && a[endA] === b[start]
}

/** Digits of the consonants A to Z; vowels and Y part equal digits, H and W do not. */
const soundexDigits = '01230120022455012623010202'

/** American Soundex of a text of letters A to Z; what stands outside them is passed over. */
export function soundex(text: string): string {
  let code = ''
  let last = ''
  for (const letter of text) {
    const at = letter.charCodeAt(0) - 65
    if (at < 0 || at > 25) continue
    const digit = soundexDigits[at] ?? '0'
    if (code === '') code = letter
    else if (digit !== '0' && digit !== last) code += digit
    if (letter !== 'H' && letter !== 'W') last = digit
    if (code.length === 4) break
  }
  return code === '' ? '' : code.padEnd(4, '0')
}
