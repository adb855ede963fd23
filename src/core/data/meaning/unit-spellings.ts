/** How clinical systems of several languages print units that UCUM spells otherwise. */
import list from './unit-spellings.json' with { type: 'json' }

/** Spellings without blanks; in `anyCase` in small letters. */
const spellings = (table: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([code, words]) => words.map((word) => [word, code] as const)))

const [anyCase, exact] = [spellings(list.anyCase), spellings(list.exact)]

/** The UCUM code that a printed unit stands for; the text itself where nothing is known of it. */
export function ucumCodeOf(printed: string): string {
  const text = byDay(printed.trim())
  const plain = text.replaceAll(' ', '')
  // “G/l” is giga per litre where “g/l” is gram; “M” is mega to UCUM, and nobody gives a megalitre.
  return exact.get(plain) ?? anyCase.get(plain.toLowerCase()) ?? text
}

/** A spelling that UCUM itself would read as something else that no clinic measures, such as gauss per litre. */
export function isMisread(code: string): boolean {
  return exact.has(code) || byDay(code) !== code
}

/** An amount per day, also where it says 24 hours: UCUM writes `mg/d` or `mg/(24.h)`, and would read `mg/24.h` as a product with hours. */
function byDay(text: string): string {
  return text.replace(/\/\s*(?:24\s*\.?\s*(?:h|hr|hrs|hours?|std\.?)|day|tag|jour)$/i, '/d')
}

/** Systems that print in capitals mean gram per litre, those that count cells giga per litre. */
export function isGramOrGiga(printed: string): boolean {
  return printed.replaceAll(' ', '') === 'G/L'
}
