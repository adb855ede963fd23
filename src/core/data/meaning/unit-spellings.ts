/** How clinical systems of several languages print units that UCUM spells otherwise. */
import list from './unit-spellings.json' with { type: 'json' }

/** Spellings without blanks; in `anyCase` in small letters. */
const spellings = (table: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([code, words]) => words.map((word) => [word, code] as const)))

const [anyCase, exact] = [spellings(list.anyCase), spellings(list.exact)]

/** The UCUM code that a printed unit stands for; the text itself where nothing is known of it. */
export function ucumCodeOf(printed: string): string {
  const text = printed.trim()
  const plain = text.replaceAll(' ', '')
  // “G/l” is giga per litre where “g/l” is gram; “M” is mega to UCUM, and nobody gives a megalitre.
  return exact.get(plain) ?? anyCase.get(plain.toLowerCase()) ?? text
}

/** A spelling that UCUM itself would read as something else that no clinic measures, such as gauss per litre. */
export function isMisread(code: string): boolean {
  return exact.has(code)
}
