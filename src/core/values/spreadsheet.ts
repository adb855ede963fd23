/** The two modes of writing CSV: for people, whose spreadsheets run formulas, and for programs, which need every byte as it is. */

export type CsvMode = 'spreadsheet' | 'machine'

/** RFC 4180: quoted where a delimiter, quote or line break stands inside. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function csvLine(cells: readonly (string | number | null)[], mode: CsvMode): string {
  return cells
    .map((cell) => (cell === null ? '' : String(cell)))
    .map((text) => csvCell(mode === 'spreadsheet' ? spreadsheetSafe(text) : text))
    .join(',')
}

const invisible = '[\\uFEFF\\u200B-\\u200F\\u2060\\s"]*'
const runs = new RegExp(`^${invisible}([=+\\-@|;＝＋－＠；\\t\\r\\n\\0]|%0A)`, 'i')
/** Plain numbers, signs alone and words after a hyphen or a signed number stay readable. */
const harmless = /^([-+]?\d+([.,]\d+)*([eE][-+]?\d+)?|[-+]+|- [\p{L}\d ,.;()-]+|[-+]\d+ [\p{L} ,.-]+)$/u

/** A cell that a spreadsheet would take for a formula gets one leading apostrophe; so does one that begins with an apostrophe. */
export function spreadsheetSafe(text: string): string {
  if (text.startsWith("'")) return `'${text}`
  return runs.test(text) && !harmless.test(text) ? `'${text}` : text
}

/** Undoes `spreadsheetSafe`. */
export function fromSpreadsheet(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text
}
