/** The mapping's own files: RFC 4180 with commas, UTF-8, LF. Extracts of unknown dialect go through the readers of `read/`. */

export interface CsvRecord {
  /** Physical line of its first cell, 1-based. */
  readonly line: number
  readonly cells: readonly string[]
}

/** All records of a text; an unclosed quote ends with the text. */
export function parseCsvText(text: string, delimiter = ','): CsvRecord[] {
  const records: CsvRecord[] = []
  let cells: string[] = []
  let line = 1
  let start = 1
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] === '"') {
          if (text[at + 1] !== '"') break
          at++
        }
        if (text[at] === '\n') line++
        cell += text[at]
      }
      at++
    }
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') cell += text[at++]
    cells.push(cell)
    if (text[at] === delimiter) {
      at++
      if (at < text.length) continue
      cells.push('')
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') {
      at++
      line++
    }
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells })
    cells = []
    start = line
  }
  return records
}

export function csvText(records: readonly (readonly string[])[]): string {
  return records.map((cells) => `${cells.map(quoted).join(',')}\n`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
