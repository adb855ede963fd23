/** Rows of the files of a project, as reports read them. */
import { shareText } from '../../share-text.ts'

/** A share of a whole that may be empty. */
export function percentWords(part: number, whole: number): string {
  return whole === 0 ? '–' : shareText(part / whole)
}

/** One decimal where there is one, with a true minus sign. */
export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10).replace('-', '−')
}
