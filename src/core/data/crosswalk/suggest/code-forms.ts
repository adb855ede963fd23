/** Code systems that the form of codes proves, where nothing else names them. */

/** SNOMED CT identifiers end in a Verhoeff digit; the partition before it says what they name (SNOMED CT Technical Implementation Guide, SCTID). */
const d: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
const p: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]

export function isSnomed(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code) || !/^(00|10)$/.test(code.slice(-3, -1))) return false
  let check = 0
  for (let i = 0; i < code.length; i++) check = d[check]?.[p[i % 8]?.[Number(code[code.length - 1 - i])] ?? 0] ?? 0
  return check === 0
}

/** LOINC codes end in a digit of the Luhn scheme (LOINC Users' Guide, appendix C). */
export function isLoinc(code: string): boolean {
  const [, digits = '', check] = /^(\d{1,7})-(\d)$/.exec(code) ?? []
  if (check === undefined) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2
  }
  return (10 - (sum % 10)) % 10 === Number(check)
}

const forms: readonly (readonly [system: string, test: (code: string) => boolean])[] = [
  ['http://snomed.info/sct', isSnomed],
  ['http://loinc.org', isLoinc],
  ['http://hl7.org/fhir/sid/icd-10-cm', (code) => /^[A-TV-Z]\d[\dA-B](\.[\dA-Z]{1,4})?$/.test(code)],
]

/** The system that nearly all codes have the form of; null where none, or too few of them, tell. */
export function systemOf(cells: readonly string[]): string | null {
  const codes = [...new Set(cells.filter((cell) => cell !== ''))]
  if (codes.length < 2) return null
  return forms.find(([, test]) => codes.filter(test).length >= 0.9 * codes.length)?.[0] ?? null
}
