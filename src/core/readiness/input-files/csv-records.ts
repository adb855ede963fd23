/** Records of an input file with the line each begins on. Quotes that do not pair are said, because they would hide the records behind them. */

export interface InputRecord {
  /** Physical line of its first cell, from 1; blank lines and line ends inside quotes count. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface InputRecords {
  readonly head: readonly string[]
  /** Without the head and without blank lines. */
  readonly records: readonly InputRecord[]
  /** The first place where cells can not be told apart, in words; null where all can. Records behind it mean nothing. */
  readonly trouble: string | null
}

const delimiters = [',', ';', '\t', '|'] as const

export function recordsIn(content: string): InputRecords {
  const text = content.replace(/^\ufeff/, '')
  const { records, trouble } = split(text, delimiterOf(text))
  const [head, ...rest] = records
  const names = head?.cells ?? []
  const ragged = rest.find(
    ({ cells }) => cells.length > names.length && cells.slice(names.length).some((cell) => cell.trim() !== ''),
  )
  const wide = ragged
    ? `Line ${ragged.line} has ${ragged.cells.length} cells, the first line ${names.length}. Put a cell that holds the separator into quotes.`
    : null
  return { head: names, records: rest, trouble: trouble ?? wide }
}

/** The one that stands most often between the names of the columns; names seldom hold one, cells do. */
function delimiterOf(text: string): string {
  const counts = new Map<string, number>()
  let quoted = false
  for (const char of text.slice(0, 10_000).replace(/^[\r\n]+/, '')) {
    if (char === '"') quoted = !quoted
    else if (!quoted && (char === '\n' || char === '\r')) break
    else if (!quoted) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  return delimiters.reduce<string>((best, each) => ((counts.get(each) ?? 0) > (counts.get(best) ?? 0) ? each : best), ',')
}

function split(text: string, delimiter: string): { readonly records: readonly InputRecord[]; readonly trouble: string | null } {
  const records: InputRecord[] = []
  let cells: string[] = []
  let line = 1
  let start = 1
  let at = 0
  while (at < text.length) {
    if (text[at] === '"') {
      const read = quotedCell(text, at + 1)
      if (read === null)
        return {
          records,
          trouble: `Line ${line}: a quote is opened and never closed, so that everything behind it would be one cell. Close it; a quote inside a cell is written twice.`,
        }
      const opened = line
      line += lineEnds(read.cell)
      at = read.end
      while (text[at] === ' ') at++
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r')
        return {
          records,
          trouble: `Line ${opened}: text follows a closing quote, so that nobody can tell where the cell ends. Put the whole cell into quotes; a quote inside it is written twice.`,
        }
      cells.push(read.cell)
    } else {
      const from = at
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
      cells.push(text.slice(from, at))
    }
    if (text[at] === delimiter) {
      at++
      if (at < text.length) continue
      cells.push('')
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    if (at < text.length) {
      at++
      line++
    }
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells })
    cells = []
    start = line
  }
  return { records, trouble: null }
}

/** What stands in quotes, from behind the opening one; null where no other closes it. */
function quotedCell(text: string, from: number): { readonly cell: string; readonly end: number } | null {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return { cell: text.slice(from, at).replaceAll('""', '"'), end: at + 1 }
  return null
}

export function lineEnds(cell: string): number {
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0
}
