/** Rows with too many or too few cells, explained: what is missing, and which two neighbours joined would make the row whole. */
import type { Fact } from '../../../finding.ts'
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

/** Most steps for one row: a row that lacks hundreds of cells proves nothing anyway. */
const mostSteps = 2_000

/**
 * How many cells at the head of a ragged row surely stand in the columns they belong to: those before the first place where a cell could
 * be missing, or be one too many, and every number and date of the row would still stand in its column. Nothing is sure of what may be the
 * rest of the row before.
 */
export function cellsInPlace(cells: readonly string[], kinds: readonly ColumnKind[], before: number | null): number {
  const width = kinds.length
  if (before !== null || cells.length === width || cells.length * Math.abs(width - cells.length) > mostSteps) return 0
  const found = cells.map(kindOf)
  const stands = (cell: number, column: number): boolean => {
    const kind = kinds[column]
    return (kind !== 'number' && kind !== 'date') || found[cell] === 'empty' || found[cell] === kind
  }
  const known = new Map<number, boolean>()
  /** Whether cells and columns from here on can be brought together in their order, leaving out only on the longer side. */
  const fitsFrom = (cell: number, column: number): boolean => {
    if (cell === cells.length || column === width) return cells.length < width ? cell === cells.length : column === width
    if (cells.length < width ? cells.length - cell > width - column : cells.length - cell < width - column) return false
    const place = cell * (width + 1) + column
    const held = known.get(place)
    if (held !== undefined) return held
    const fitting = (stands(cell, column) && fitsFrom(cell + 1, column + 1)) || leftOut(cell, column)
    known.set(place, fitting)
    return fitting
  }
  const leftOut = (cell: number, column: number): boolean =>
    cells.length < width ? fitsFrom(cell, column + 1) : fitsFrom(cell + 1, column)
  for (let place = 0; place <= Math.min(cells.length, width); place++) {
    if (leftOut(place, place)) return place
    if (!stands(place, place)) return 0
  }
  return 0
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
