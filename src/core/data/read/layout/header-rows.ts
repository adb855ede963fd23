/** How many rows name the columns: none, one, or several with groups above, units below. */

import type { Guess } from '../../model/events.ts'
import { columnKinds, isBlank, isRule, kindOf } from './column-kinds.ts'

type Cells = readonly string[]

/** No table is named by more rows than this. */
const mostRows = 4
const bodyRows = 200

/** @param rows the table from its first row on */
export function headerRows(rows: readonly Cells[], chosen: number | undefined): Guess<number> {
  if (chosen !== undefined)
    return {
      value: Math.min(chosen, rows.length),
      confidence: 1,
      evidence: 'Chosen by a person.',
      alternatives: [],
      chosen: true,
    }
  const first = rows[0]
  if (!first) return guess(0, 1, 'The file has no rows.', [])
  const width = first.length
  const start = Math.min(mostRows + 1, Math.floor(rows.length / 2))
  const body = rows.slice(Math.max(1, start), bodyRows).filter((row) => !isBlank(row) && row.length === width)
  const kinds = columnKinds(body, width)
  const typed = kinds.flatMap((kind, column) => (kind === 'number' || kind === 'date' ? [column] : []))
  if (typed.length === 0) return withoutTypes(rows)
  let count = 0
  const always = typed.filter((column) => body.every((row) => isTyped(row[column] ?? '')))
  while (count < Math.min(mostRows, rows.length - 1) && nameRow(rows, count, typed, always)) count++
  const words = typed.filter((column) => kindOf(first[column] ?? '') === 'text').length
  const values = typed.filter((column) => isTyped(first[column] ?? '')).length
  const of = `${typed.length} columns of numbers or dates`
  if (count === 0)
    return guess(
      0,
      values === typed.length ? 0.95 : 0.6,
      `The first row holds values in ${values} of ${of}: there is no header.`,
      [1],
    )
  if (count === 1) return guess(1, words === typed.length ? 0.95 : 0.7, `The first row holds words in ${words} of ${of}.`, [0])
  return guess(count, 0.8, `The first ${count} rows hold no values in the ${of}; their names are joined.`, [1])
}

function guess(value: number, confidence: number, evidence: string, others: readonly number[]): Guess<number> {
  const alternatives = others.map((other) => ({
    value: other,
    confidence: 1 - confidence,
    evidence: other === 0 ? 'All rows would be records.' : `Only the first row would name columns.`,
  }))
  return { value, confidence, evidence, alternatives, chosen: false }
}

/** Columns of text only: groups above names can still be seen by their gaps. */
function withoutTypes(rows: readonly Cells[]): Guess<number> {
  const [first = [], second = []] = rows
  const under = rows.slice(2, bodyRows)
  if (
    under.length >= 3 &&
    groupsAbove(first, second) &&
    under.every((row) => row.filter((cell) => cell.trim() !== '').length > second.length / 2)
  )
    return guess(2, 0.6, 'The first row names groups with gaps, the second fills them; their names are joined.', [1])
  return guess(1, 0.5, 'All columns hold text; the first row is taken for the header.', [0])
}

/** The row at `index` names columns: no typed column holds a value there, and it says something about them or about the row above. */
function nameRow(rows: readonly Cells[], index: number, typed: readonly number[], always: readonly number[]): boolean {
  const row = rows[index] ?? []
  if (isBlank(row) || isRule(row)) return false
  if (typed.some((column) => isTyped(row[column] ?? ''))) return false
  const words = typed.filter((column) => kindOf(row[column] ?? '') === 'text').length
  if (index === 0) return words > 0 || groupsAbove(row, rows[1] ?? [])
  // A unit under one column: a record would have a value where all others have one.
  if (words > 0 && always.length >= 2) return true
  return words * 2 >= typed.length || groupsAbove(rows[index - 1] ?? [], row)
}

function isTyped(cell: string): boolean {
  const kind = kindOf(cell)
  return kind === 'number' || kind === 'date'
}

/** Merged cells leave gaps that the row below fills, and the row above names fewer things. */
function groupsAbove(above: Cells, below: Cells): boolean {
  const filled = (row: Cells): number => row.filter((cell) => cell.trim() !== '').length
  const gaps = below.filter((cell, column) => cell.trim() !== '' && (above[column] ?? '').trim() === '').length
  return gaps >= 2 && filled(above) > 0 && filled(below) > filled(above) && below.every((cell) => !isTyped(cell))
}

/** Names of several rows joined by a blank; a group name holds for the gaps to its right, where the next row fills them. */
export function joinRows(rows: readonly Cells[]): string[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const parts = rows.map((row, index) => {
    const cells = Array.from({ length: width }, (_, column) => (row[column] ?? '').replace(/^\uFEFF/, '').trim())
    const below = rows[index + 1]
    if (!below || !groupsAbove(row, below)) return cells
    let group = ''
    return cells.map((cell) => {
      if (cell !== '') group = cell
      return group
    })
  })
  return Array.from({ length: width }, (_, column) =>
    parts
      .map((part) => part[column] ?? '')
      .filter((part, index, all) => part !== '' && all.indexOf(part) === index)
      .join(' '),
  )
}
