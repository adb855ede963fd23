/** Rows of the files of a project, as reports read them. */

/** A share as "92 %", with one decimal where it has one. */
export function percentWords(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 1000) / 10} %`
}

/** One decimal where there is one, with a true minus sign. */
export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10).replace('-', '−')
}
