/** What the cells of a column look like, and which rows name columns instead of filling them. */

export type ColumnKind = 'number' | 'date' | 'text' | 'empty'

const number = /^[-+]?(\d+|\d{1,3}([,. ]\d{3})+)([.,]\d+)?([eE][-+]?\d+)?\s?%?$/
const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(:\d{2})?$/

export function kindOf(cell: string): ColumnKind {
  const text = cell.trim()
  if (text === '') return 'empty'
  return date.test(text) ? 'date' : number.test(text) ? 'number' : 'text'
}

/** The kind that nine of ten filled cells of each column have; `text` otherwise. */
export function columnKinds(rows: readonly (readonly string[])[], width: number): ColumnKind[] {
  return Array.from({ length: width }, (_, column) => {
    const counts = { number: 0, date: 0, text: 0, empty: 0 }
    for (const row of rows) counts[kindOf(row[column] ?? '')]++
    const filled = counts.number + counts.date + counts.text
    if (filled === 0) return 'empty'
    return counts.date >= filled * 0.9 ? 'date' : counts.number >= filled * 0.9 ? 'number' : 'text'
  })
}

/** True where the filled cells of a row fit the kinds of their columns. */
export function fits(cells: readonly string[], kinds: readonly ColumnKind[]): boolean {
  return cells.every((cell, column) => {
    const kind = kinds[column]
    return (kind !== 'number' && kind !== 'date') || kindOf(cell) === 'empty' || kindOf(cell) === kind
  })
}

/** Names of columns: words, no number or date among them, each only once, most of them filled. */
export function namesColumns(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length === 0 || filled.length * 2 < cells.length) return false
  if (filled.some((cell) => kindOf(cell) !== 'text' || cell.length > 80)) return false
  return new Set(filled).size === filled.length
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** A line of dashes or equals signs under names or above totals. */
export function isRule(cells: readonly string[]): boolean {
  return cells.every((cell) => /^\s*[-=+_]*\s*$/.test(cell)) && cells.some((cell) => /[-=_]{2,}/.test(cell))
}
