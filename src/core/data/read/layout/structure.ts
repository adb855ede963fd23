/** Where the table inside a file begins and what its columns are called: preamble, comments, `sep=`, header rows, rule lines. */

import type { Guess, SkippedLine } from '../../model/events.ts'
import type { ReadingChoices } from '../../model/source.ts'
import type { SampleRecord, StrayQuote } from '../records/sample-records.ts'
import { type ColumnKind, columnKinds, isBlank, isRule, kindOf, namesColumns } from './column-kinds.ts'
import { headerRows, joinRows } from './header-rows.ts'

export interface Layout {
  readonly labels: readonly string[]
  readonly header: readonly string[]
  readonly headerChoice: Guess<number>
  readonly skipChoice: Guess<number>
  readonly skipped: readonly SkippedLine[]
  /** What the columns hold in the first records. */
  readonly kinds: readonly ColumnKind[]
  /** Offset in the scanned stream and line of the first record; the end of the sample where there is none. */
  readonly bodyAt: number
  readonly bodyLine: number
  /** Quotation marks of the header that are not closed or not doubled. */
  readonly strays: readonly StrayQuote[]
}

/** Reads the layout off the first records of a file. `end` is where the sample ends, with its line. */
export function layoutOf(
  records: readonly SampleRecord[],
  choices: ReadingChoices,
  end: { readonly at: number; readonly line: number },
): Layout {
  const skipped: SkippedLine[] = []
  const first = firstTableRow(records, choices, skipped)
  const rest = ownRows(records.slice(first))
  const headerChoice = headerRows(
    rest.map((record) => record.cells),
    choices.headerRows,
  )
  const rows = headerChoice.value
  const labels = rows === 0 ? [] : joinRows(rest.slice(0, rows).map((record) => record.cells))
  const names = rows === 0 ? (rest[0]?.cells ?? []).map(() => '') : labels
  let body = first + rows
  const under = records[body]
  if (rows > 0 && under && isRule(under.cells)) {
    skipped.push(skippedLine(under, 'rule'))
    body++
  }
  const start = records[body]
  // A first record longer than the sample begins behind the header, not at the end of the sample.
  const above = records[body - 1]
  return {
    labels,
    header: columnNames(names),
    headerChoice,
    skipChoice: skipChoice(first, skipped, choices),
    skipped,
    kinds: columnKinds(
      rest.slice(rows).map((record) => record.cells),
      names.length,
    ),
    bodyAt: start?.at ?? above?.next ?? end.at,
    bodyLine: start?.line ?? above?.nextLine ?? end.line,
    strays: rest.slice(0, rows).flatMap((record) => record.strays),
  }
}

function skipChoice(value: number, skipped: readonly SkippedLine[], choices: ReadingChoices): Guess<number> {
  const chosen = choices.skipRows !== undefined
  const told = skipped.filter((line) => line.why !== 'rule')
  const kinds = [...new Set(told.map((line) => line.why))].join(', ')
  const evidence = chosen
    ? 'Chosen by a person.'
    : value === 0
      ? 'The table begins with the first line.'
      : `${told.length} ${told.length === 1 ? 'line' : 'lines'} above the table: ${kinds}.`
  const alternatives =
    value === 0 || chosen ? [] : [{ value: 0, confidence: 0.2, evidence: 'The first line of the file would be the header.' }]
  return { value, confidence: chosen || value === 0 ? 1 : 0.8, evidence, alternatives, chosen }
}

/** The rows of this table: a blank line and another width after it begin the next one, which says nothing about this one. */
function ownRows(records: readonly SampleRecord[]): readonly SampleRecord[] {
  const width = records[0]?.cells.length ?? 0
  const end = records.findIndex(
    (record, index) =>
      index > 1 && isBlank(records[index - 1]?.cells ?? []) && !isBlank(record.cells) && record.cells.length !== width,
  )
  return (end < 0 ? records : records.slice(0, end)).filter(
    (record, index) => index === 0 || !isBlank(record.cells) || record.cells.length > 1,
  )
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
    if (usual >= 2 && smallTable(records, i)) return i
    const why = notTable(records[i], usual, i)
    if (why === null) return i
    skipped.push(skippedLine(records[i], why))
  }
  return records.length
}

/** A small table above a larger one: names, then at least two rows of the same width of which one column holds numbers or dates. */
function smallTable(records: readonly SampleRecord[], from: number): boolean {
  const head = records[from]?.cells ?? []
  if (head.length < 2 || !namesColumns(head) || head.some((cell) => /:\s*$/.test(cell))) return false
  let rows = 0
  while (records[from + 1 + rows]?.cells.length === head.length && !isBlank(records[from + 1 + rows]?.cells ?? [])) rows++
  if (rows < 2) return false
  const body = records.slice(from + 1, from + 1 + rows).map((record) => record.cells)
  if (head.length === 2 && rows < 4) return false
  return columnKinds(body, head.length).some((kind) => kind === 'number' || kind === 'date')
}

function notTable(record: SampleRecord | undefined, usual: number, index: number): SkippedLine['why'] | null {
  const cells = record?.cells ?? []
  const text = (cells[0] ?? '').replace(/^\uFEFF/, '').trim()
  if (index === 0 && /^sep=/.test(text)) return 'separator'
  const filled = cells.filter((cell) => cell.trim() !== '').length
  // A header of empty names is said: `"",""` has the width of the table, an empty line has not.
  if (filled === 0) return index === 0 && usual >= 2 && cells.length === usual ? 'preamble' : 'blank'
  if (/^(#|--|\/\/)/.test(text) && cells.length !== usual) return 'comment'
  if (/^(#|\/\/)\s*\S/.test(text) && cells.length === usual && filled === 1) return 'comment'
  if (usual >= 2 && (cells.length === 1 || cells.length * 2 < usual)) return 'preamble'
  if (usual >= 3 && cells.length >= usual && filled === 1) return 'preamble'
  if (usual >= 3 && cells.length < usual && /:\s*$/.test(text)) return 'preamble'
  if (usual >= 3 && filled <= 2 && usual - filled >= 2 && kindOf(cells[1] ?? '') !== 'text' && cells.length <= 2)
    return 'preamble'
  return null
}

/** The most frequent number of cells; of equally frequent ones the larger. */
function modalCount(records: readonly SampleRecord[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of records) if (!isBlank(cells)) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let best = 0
  let times = 0
  for (const [length, n] of counts)
    if (n > times || (n === times && length > best)) {
      best = length
      times = n
    }
  return best
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
