/** Small tables that a command takes apart exactly: RFC 4180, UTF-8, comma; nothing trimmed, nothing guessed. */
import { inputBytes } from '../shell/stdin.ts'
import { InputError } from '../shell/usage-error.ts'

export interface StrictTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export async function readStrictTable(path: string): Promise<StrictTable> {
  const bytes = await inputBytes(path)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InputError(`${path} is not UTF-8 text. Save it as CSV in UTF-8.`)
  }
  const [header, ...rows] = records(text, path)
  if (!header) throw new InputError(`${path} is empty: a header line is needed.`)
  const uneven = rows.findIndex((row) => row.length !== header.length)
  if (uneven >= 0)
    throw new InputError(`${path}: record ${uneven + 1} has ${rows[uneven]?.length ?? 0} cells, the header ${header.length}.`)
  return { header, rows }
}

/** Index of a column that must be there. */
export function columnOf(table: StrictTable, name: string, path: string): number {
  const index = table.header.indexOf(name)
  if (index < 0) throw new InputError(`${path} has no column "${name}"; it has ${table.header.join(', ')}.`)
  return index
}

const plain = /[,\r\n]/g

function records(text: string, path: string): string[][] {
  const list: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      const end = closing(text, at + 1)
      if (end < 0) throw new InputError(`${path}: a quote in record ${list.length} is never closed.`)
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      plain.lastIndex = at
      const end = plain.exec(text)?.index ?? text.length
      cell = text.slice(at, end)
      at = end
    }
    row.push(cell)
    const next = text[at]
    if (next === ',') {
      at++
      if (at < text.length) continue
      row.push('')
    } else if (next === '\r' && text[at + 1] === '\n') at += 2
    else if (next === '\n' || next === '\r') at++
    else if (next !== undefined) throw new InputError(`${path}: text follows a closing quote in record ${list.length}.`)
    if (row.length > 1 || row[0] !== '') list.push(row)
    row = []
  }
  return list
}

function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at
  return -1
}
