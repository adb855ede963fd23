/** A heat map as numbers: rows, columns, and cells that name the lines of files they count. */
import { compareText } from '../../finding.ts'
import { departmentKey } from '../measures/shifts.ts'
import type { CountedLine } from '../model/counted-line.ts'

export interface HeatCell {
  /** What the shade stands for. */
  readonly value: number
  /** What stands in the cell: "2", "3 of 4", "nobody". */
  readonly text: string
  readonly mark: 'ok' | 'warning' | 'error' | null
  /** The whole sentence. */
  readonly words: string
  /** Null where so few people are behind it that none of them may be listed. */
  readonly lines: readonly CountedLine[] | null
}

export interface HeatRow {
  readonly name: string
  /** By column; null where there is nothing to count. */
  readonly cells: readonly (HeatCell | null)[]
}

export interface HeatGrid {
  /** What the rows are. */
  readonly corner: string
  readonly columns: readonly string[]
  readonly rows: readonly HeatRow[]
  /** The most that any cell counts. */
  readonly most: number
}

export function heatGrid(corner: string, columns: readonly string[], rows: readonly HeatRow[]): HeatGrid {
  const most = rows.reduce((held, { cells }) => cells.reduce((top, cell) => Math.max(top, cell?.value ?? 0), held), 0)
  return { corner, columns, rows, most }
}

/** Departments once each, as they are written first, by name. */
export function departmentNames(names: readonly string[]): readonly string[] {
  const found = new Map<string, string>()
  for (const name of names) if (!found.has(departmentKey(name))) found.set(departmentKey(name), name.trim())
  return [...found.values()].sort(compareText)
}

/** A shade from 0 (nothing) to 3 (the most of all cells). */
export function shadeOf({ value }: HeatCell, most: number): 0 | 1 | 2 | 3 {
  if (value <= 0 || most <= 0) return 0
  const third = Math.ceil((3 * value) / most)
  return third <= 1 ? 1 : third === 2 ? 2 : 3
}
