/** How a key is written before it is compared; the rule is told with every finding about the key. */

const blank = 32

export interface KeyRule {
  /** Blanks at both ends are left out. */
  readonly trim: boolean
  /** Upper and lower case count as one. */
  readonly foldCase?: boolean
  /** Everything but letters and digits is left out. */
  readonly dropPunctuation?: boolean
  /** Zeros are put in front of keys of digits up to this length. */
  readonly padTo?: number
}

export const plainKey: KeyRule = { trim: true }

/** True where bytes as they stand, less blanks at both ends, are the key. */
export function isPlain(rule: KeyRule): boolean {
  return rule.trim && rule.foldCase !== true && rule.dropPunctuation !== true && rule.padTo === undefined
}

export function normaliseKey(text: string, rule: KeyRule): string {
  let key = rule.trim ? trimBlanks(text) : text
  if (rule.foldCase === true) key = key.toUpperCase()
  if (rule.dropPunctuation === true) key = key.replace(/[^\p{L}\p{N}]+/gu, '')
  if (rule.padTo !== undefined && /^\d+$/.test(key)) key = key.padStart(rule.padTo, '0')
  return key
}

/** The rule in words, for the evidence. */
export function wordsOfRule(rule: KeyRule): string {
  const words = [
    ...(rule.trim ? ['blanks at both ends left out'] : []),
    ...(rule.foldCase === true ? ['upper and lower case as one'] : []),
    ...(rule.dropPunctuation === true ? ['letters and digits only'] : []),
    ...(rule.padTo === undefined ? [] : [`digits filled with zeros to ${rule.padTo}`]),
  ]
  return words.length === 0 ? 'exactly as written' : words.join(', ')
}

/** Blanks only: that is what can be left out of bytes in any encoding without decoding them. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) === blank) start++
  while (end > start && text.charCodeAt(end - 1) === blank) end--
  return text.slice(start, end)
}
