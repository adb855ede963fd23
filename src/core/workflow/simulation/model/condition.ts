/** Conditions on flows that ask for an attribute of the case: `urgency = stat`, `age >= 65`, `clinic in North, South`. */

export interface Condition {
  readonly attribute: string
  readonly test: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
  readonly values: readonly string[]
}

const form = /^\s*([\p{L}_][\p{L}\p{N}_-]*)\s*(=|!=|<=|>=|<|>|\bin\b)\s*(\S.*?)\s*$/u

/** Null for text that is no such condition: a person may have written anything there. */
export function readCondition(text: string | null): Condition | null {
  const found = text === null ? null : form.exec(text)
  const test = (['=', '!=', '<', '<=', '>', '>=', 'in'] as const).find((each) => each === found?.[2])
  if (!found || test === undefined) return null
  const right = found[3] ?? ''
  return { attribute: found[1] ?? '', test, values: test === 'in' ? right.split(',').map((each) => each.trim()) : [right] }
}

/**
 * The condition over the number by which a run holds the attribute: the place of a word in `words`, or the number itself (`words` null).
 * Null where a number is compared with a word, or words are put in an order they do not have.
 */
export function testOf(condition: Condition, words: readonly string[] | null): ((value: number) => boolean) | null {
  const { test, values } = condition
  const wanted = values.map((value) => (words === null ? Number(value) : words.indexOf(value)))
  const first = wanted[0] ?? Number.NaN
  if (test === '=' || test === 'in') return wanted.some(Number.isNaN) ? null : (value) => wanted.includes(value)
  if (test === '!=') return Number.isNaN(first) ? null : (value) => value !== first
  if (words !== null || Number.isNaN(first)) return null
  if (test === '<') return (value) => value < first
  if (test === '<=') return (value) => value <= first
  if (test === '>') return (value) => value > first
  return (value) => value >= first
}
