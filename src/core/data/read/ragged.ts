/** Rows with too many or too few cells, explained: what is missing, and which two neighbours joined would make the row whole. */
import type { Fact } from '../../finding.ts'
import { type ColumnKind, fits, kindOf } from './column-kinds.ts'

/**
 * Facts about a ragged row.
 * @param cells texts of the row
 * @param before number of cells of the row directly before, where it was ragged, too
 */
export function raggedFacts(
  cells: readonly string[],
  header: readonly string[],
  kinds: readonly ColumnKind[],
  delimiter: string,
  before: number | null,
): readonly Fact[] {
  const facts: Fact[] = [
    { name: 'cells', value: cells.length },
    { name: 'columns', value: header.length },
  ]
  const missing = header.length - cells.length
  const isTyped = kinds.some((kind) => kind === 'number' || kind === 'date')
  if (missing > 0 && before !== null && before + cells.length - 1 === header.length)
    return [
      ...facts,
      { name: 'proposal', value: 'joined with the row before it has all cells: a line break stands unquoted in a text' },
    ]
  if (missing > 0)
    return [
      ...facts,
      {
        name: 'how',
        value: isTyped && !fits(cells, kinds) ? 'cells are missing before the end' : 'cells are missing at the end',
      },
    ]
  const extra = cells.slice(header.length)
  if (extra.every((cell) => cell.trim() === '')) return [...facts, { name: 'how', value: 'the extra cells at the end are empty' }]
  const joins = isTyped ? joinsThatFit(cells, kinds, delimiter, -missing) : []
  const [at] = joins
  if (joins.length === 1 && at !== undefined) {
    const value = `joining cells ${at + 1} to ${at + 1 - missing} (${header[at] ?? ''}) makes every column hold what it holds elsewhere: the delimiter stands unquoted in a text`
    return [...facts, { name: 'proposal', value }]
  }
  return [...facts, { name: 'how', value: `${-missing} more than there are columns` }]
}

/**
 * How many cells at the head of a ragged row stand in the columns they belong to, as far as numbers and dates prove it: up to the last
 * of them before one is missed. Nothing is proved of what may be the rest of the row before.
 */
export function cellsInPlace(cells: readonly string[], kinds: readonly ColumnKind[], before: number | null): number {
  let placed = 0
  for (let column = 0; before === null && column < cells.length; column++) {
    const kind = kinds[column]
    const found = kindOf(cells[column] ?? '')
    if ((kind !== 'number' && kind !== 'date') || found === 'empty') continue
    if (found !== kind) break
    placed = column + 1
  }
  return placed
}

/** Places where joining neighbours leaves every number and date in its column. */
function joinsThatFit(cells: readonly string[], kinds: readonly ColumnKind[], delimiter: string, extra: number): number[] {
  const found: number[] = []
  for (let at = 0; at + extra < cells.length; at++) {
    if (kinds[at] !== 'text') continue
    const joined = [...cells.slice(0, at), cells.slice(at, at + extra + 1).join(delimiter), ...cells.slice(at + extra + 1)]
    if (fits(joined, kinds)) found.push(at)
  }
  return found
}
