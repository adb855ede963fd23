/** Where the table inside a file begins and what its columns are called: preamble, comments, `sep=`, header rows, rule lines. */
import type { ReadingChoices } from '../source.ts'
import type { SkippedLine } from './events.ts'
import type { SampleRecord } from './sample-records.ts'

export interface Layout {
  readonly labels: readonly string[]
  readonly header: readonly string[]
  readonly headerRows: number
  readonly headerEvidence: string
  readonly skipRows: number
  readonly skipped: readonly SkippedLine[]
  /** Offset in the scanned stream and line of the first record; the end of the sample where there is none. */
  readonly bodyAt: number
  readonly bodyLine: number
}

/** Reads the layout off the first records of a file. `end` is where the sample ends, with its line. */
export function layoutOf(
  records: readonly SampleRecord[],
  choices: ReadingChoices,
  end: { readonly at: number; readonly line: number },
): Layout {
  const skipped: SkippedLine[] = []
  const first = firstTableRow(records, choices, skipped)
  const rest = records.slice(first)
  const header = headerOf(rest, choices)
  const labels = header.rows === 0 ? [] : joinRows(rest.slice(0, header.rows))
  const names = header.rows === 0 ? (rest[0]?.cells ?? []).map(() => '') : labels
  let body = first + header.rows
  const under = records[body]
  if (header.rows > 0 && under && isRule(under)) {
    skipped.push(skippedLine(under, 'rule'))
    body++
  }
  const start = records[body]
  return {
    labels,
    header: columnNames(names),
    headerRows: header.rows,
    headerEvidence: header.evidence,
    skipRows: first,
    skipped,
    bodyAt: start?.at ?? end.at,
    bodyLine: start?.line ?? end.line,
  }
}

function skippedLine(record: SampleRecord | undefined, why: SkippedLine['why']): SkippedLine {
  return { line: record?.line ?? 1, byte: record?.at ?? 0, why, text: (record?.cells ?? []).join(' ').slice(0, 200) }
}

/** Index of the first row of the table; rows before it are told with the reason. */
function firstTableRow(records: readonly SampleRecord[], choices: ReadingChoices, skipped: SkippedLine[]): number {
  if (choices.skipRows !== undefined) {
    const first = records.findIndex((record) => record.line > (choices.skipRows ?? 0))
    const until = first < 0 ? records.length : first
    for (const record of records.slice(0, until)) skipped.push(skippedLine(record, 'chosen'))
    return until
  }
  const usual = modalCount(records)
  for (let i = 0; i < records.length; i++) {
    const why = notTable(records[i], usual, i)
    if (why === null) return i
    skipped.push(skippedLine(records[i], why))
  }
  return records.length
}

function notTable(record: SampleRecord | undefined, usual: number, index: number): SkippedLine['why'] | null {
  const cells = record?.cells ?? []
  const text = (cells[0] ?? '').trim()
  if (index === 0 && /^\uFEFF?sep=/.test(text)) return 'separator'
  const filled = cells.filter((cell) => cell.trim() !== '').length
  if (filled === 0) return 'blank'
  if (/^(#|--|\/\/)/.test(text) && cells.length !== usual) return 'comment'
  if (usual >= 2 && (cells.length === 1 || cells.length * 2 < usual)) return 'preamble'
  if (usual >= 3 && cells.length >= usual && filled === 1) return 'preamble'
  return null
}

/** The most frequent number of cells; of equally frequent ones the larger. */
function modalCount(records: readonly SampleRecord[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of records)
    if (cells.some((cell) => cell.trim() !== '')) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let best = 0
  let times = 0
  for (const [length, n] of counts)
    if (n > times || (n === times && length > best)) {
      best = length
      times = n
    }
  return best
}

function isRule(record: SampleRecord): boolean {
  return record.cells.every((cell) => /^\s*[-=+]*\s*$/.test(cell)) && record.cells.some((cell) => /[-=]{2,}/.test(cell))
}

const typedCell = /^[-+]?\d+([.,]\d+)?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/

/** A header names columns: where the body holds numbers or dates, it does not. */
function headerOf(rows: readonly SampleRecord[], choices: ReadingChoices): { readonly rows: number; readonly evidence: string } {
  if (choices.headerRows !== undefined)
    return { rows: Math.min(choices.headerRows, rows.length), evidence: 'Chosen by a person.' }
  const first = rows[0]
  if (!first) return { rows: 0, evidence: 'The file has no rows.' }
  let names = 0
  let values = 0
  const body = rows.slice(1, 200)
  first.cells.forEach((label, column) => {
    const filled = body.map((row) => (row.cells[column] ?? '').trim()).filter((cell) => cell !== '')
    if (filled.length === 0 || filled.filter((cell) => typedCell.test(cell)).length < filled.length * 0.9) return
    if (typedCell.test(label.trim())) values++
    else if (label.trim() !== '') names++
  })
  if (values > names)
    return {
      rows: 0,
      evidence: `The first row holds values in ${values} of ${values + names} columns of numbers or dates: there is no header.`,
    }
  if (names > 0)
    return { rows: 1, evidence: `The first row holds words in ${names} of ${values + names} columns of numbers or dates.` }
  return { rows: 1, evidence: 'All columns hold text; the first row is taken for the header.' }
}

function joinRows(rows: readonly SampleRecord[]): string[] {
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  return Array.from({ length: width }, (_, column) =>
    rows
      .map((row) => (row.cells[column] ?? '').replace(/^\uFEFF/, '').trim())
      .filter((part) => part !== '')
      .join(' '),
  )
}

/** Unique names: `column3` for a blank label, `code_2` for the second `code`. */
export function columnNames(labels: readonly string[]): string[] {
  const used = new Set<string>()
  return labels.map((label, column) => {
    const base = label === '' ? `column${column + 1}` : label
    let name = base
    for (let n = 2; used.has(name); n++) name = `${base}_${n}`
    used.add(name)
    return name
  })
}
