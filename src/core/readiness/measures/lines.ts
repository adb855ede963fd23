/** Lines of input files as places that can be opened, and measures made of them. */

import type { InputKind } from '../input-files/files.ts'
import type { Cell, Measure } from '../model/criterion.ts'

export function lineCell(kind: InputKind, line: number, name: string): Cell {
  return { name, route: `/readiness/inputs?kind=${kind}&line=${line}` }
}

/** Where a whole file, not a line of it, is what is wanting. */
export function fileCell(kind: InputKind, name: string): Cell {
  return { name, route: `/readiness/inputs?kind=${kind}` }
}

/** The lines for which `why` gives words, each named by them. */
export function openLines<Row extends { readonly line: number }>(
  kind: InputKind,
  rows: readonly Row[],
  why: (row: Row) => string | null,
): readonly Cell[] {
  return rows.flatMap((row) => {
    const words = why(row)
    return words === null ? [] : [lineCell(kind, row.line, words)]
  })
}

/** A measure that holds names no place: what is listed is what offends. */
export function held(holds: boolean, measure: Omit<Measure, 'state'>): Measure {
  return { ...measure, state: holds ? 'proven' : 'failed', cells: holds ? [] : measure.cells }
}

/** "no owner, no target" – the named columns of a line that are empty; null when none is. */
export function emptyOf<Row>(row: Row, names: readonly (keyof Row & string)[]): string | null {
  const empty = names.filter((name) => row[name] === null)
  return empty.length === 0 ? null : empty.map((name) => `no ${name.replaceAll('_', ' ')}`).join(', ')
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

/** A share in percent as it is, to compare with a limit: what is rounded first could pass one that it does not reach. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : exact((100 * part) / whole)
}

/** A computed number without the noise of its last binary digits: 4.2 from 0.6 added seven times, which would miss a limit of 4.2. */
export function exact(value: number): number {
  return Math.round(value * 1e9) / 1e9
}

/** A value as it is printed beside its limit: it reads as the limit only where it is the limit, so it gets as many digits as that takes. */
export function beside(value: number, limit: number, digits = 1): number {
  const rounded = (each: number): number => Math.round(each * 10 ** digits) / 10 ** digits
  return value !== limit && digits < 9 && rounded(value) === rounded(limit) ? beside(value, limit, digits + 1) : rounded(value)
}

/** Months since the year 0, so that two of them can be subtracted. */
export function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}
