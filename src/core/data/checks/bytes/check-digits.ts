/** Check digits over ASCII digits in place: Luhn, the NHS number, ISO 7064 mod 97-10, Verhoeff. */

export type DigitTest = (bytes: Uint8Array, start: number, end: number) => boolean

/** Every second digit from the right doubled, digits of the products added: a multiple of ten (ISO/IEC 7812-1). */
export const luhn: DigitTest = (bytes, start, end) => {
  let sum = 0
  for (let i = end - 1; i >= start; i--) {
    const digit = (bytes[i] as number) - 48
    const doubled = (end - 1 - i) % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return end - start > 1 && sum % 10 === 0
}

/** Ten digits; weights 10 to 2; the last is 11 minus the remainder, 11 written as 0; 10 is never issued. */
export const nhs: DigitTest = (bytes, start, end) => {
  if (end - start !== 10) return false
  let sum = 0
  for (let i = 0; i < 9; i++) sum += ((bytes[start + i] as number) - 48) * (10 - i)
  const digit = 11 - (sum % 11)
  return digit !== 10 && (digit === 11 ? 0 : digit) === (bytes[end - 1] as number) - 48
}

/** The whole number leaves one after division by 97. */
export const mod97: DigitTest = (bytes, start, end) => {
  let rest = 0
  for (let i = start; i < end; i++) rest = (rest * 10 + (bytes[i] as number) - 48) % 97
  return end - start > 2 && rest === 1
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
const turned: readonly (readonly number[])[] = Array.from({ length: 8 }).reduce<number[][]>(
  (rows) => [...rows, (rows.at(-1) ?? []).map((digit) => permutation[digit] ?? 0)],
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
)

/** Product in the symmetry group of the pentagon: turns are 0 to 4, mirrorings 5 to 9. */
export function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5
  return b < 5 ? ((a - 5 - b + 5) % 5) + 5 : (a - b + 5) % 5
}

/** Verhoeff 1969. */
export const verhoeff: DigitTest = (bytes, start, end) => {
  let state = 0
  for (let i = end - 1; i >= start; i--) state = dihedral(state, turned[(end - 1 - i) % 8]?.[(bytes[i] as number) - 48] ?? 0)
  return end - start > 1 && state === 0
}

export const schemes: Readonly<Record<string, { readonly words: string; readonly test: DigitTest }>> = {
  luhn: { words: 'Luhn', test: luhn },
  nhs: { words: 'NHS number (mod 11)', test: nhs },
  'mod97-10': { words: 'ISO 7064 mod 97-10', test: mod97 },
  verhoeff: { words: 'Verhoeff', test: verhoeff },
}
