/**
 * Where one table of a file ends and the next begins: a blank line or a row of names, and another width from there on. Rows
 * that may belong to the next table are held until three of them agree.
 */
import { type ColumnKind, isBlank, kindOf, namesColumns } from './column-kinds.ts'

/** A row as far as it matters here. */
export interface HeldRow {
  readonly cells: readonly string[]
  /** Offset in the scanned stream and physical line. */
  readonly at: number
  readonly line: number
}

export type Verdict = 'own' | 'held' | 'release' | 'next'

/** Titles of a table that follow a blank line. */
const mostTitles = 3
/** Rows longer than this name no columns. */
export const longestHeld = 16 << 10

export class TableEnd {
  readonly held: HeldRow[] = []
  private afterBlank = false
  private readonly width: number
  private readonly header: readonly string[]
  private readonly kinds: readonly ColumnKind[]

  constructor(header: readonly string[], kinds: readonly ColumnKind[]) {
    this.width = header.length
    this.header = header
    this.kinds = kinds
  }

  /**
   * `own` the row is of this table; `held` it waits; `release` the rows held before are of this table after all, the row must be
   * asked again; `next` the first row held begins the next table.
   */
  ask(row: HeldRow, afterBlank: boolean): Verdict {
    if (this.held.length === 0) {
      this.afterBlank = afterBlank
      return this.mayBegin(row.cells, afterBlank) ? this.hold(row) : 'own'
    }
    if (isBlank(row.cells) && row.cells.length === 1 && this.names === null) return this.hold(row)
    const width = this.names?.cells.length
    if (width === undefined) {
      // Only titles so far: the row of names must follow.
      if (row.cells.length === 1 && this.held.length < mostTitles) return this.hold(row)
      return row.cells.length > 1 && namesColumns(row.cells) && this.isOther(row.cells) ? this.hold(row) : 'release'
    }
    if (row.cells.length !== width) return 'release'
    const rows = this.held.length - this.namesAt
    const isValue = this.held.concat(row).some(({ cells }) => cells.length > 1 && cells.some((cell) => isTyped(cell)))
    if (!this.afterBlank && !isValue) return rows >= 2 ? 'release' : this.hold(row)
    return rows >= 2 || (width === this.width && isValue) ? 'next' : this.hold(row)
  }

  /** At the end of the file: names and one row of another width after a blank line are a table, too. */
  endsHere(): boolean {
    const at = this.namesAt
    return this.afterBlank && at >= 0 && this.held.length - at >= 2 && namesColumns(this.names?.cells ?? [])
  }

  private hold(row: HeldRow): 'held' {
    this.held.push(row)
    return 'held'
  }

  private get namesAt(): number {
    return this.held.findIndex((held) => held.cells.length > 1)
  }

  private get names(): HeldRow | null {
    return this.held[this.namesAt] ?? null
  }

  private mayBegin(cells: readonly string[], afterBlank: boolean): boolean {
    if (this.width < 2) return false
    if (cells.length === 1)
      return (
        afterBlank &&
        this.width > 2 &&
        kindOf(cells[0] ?? '') === 'text' &&
        !/^\s*\(?[\d,]+ (rows?|records?)/i.test(cells[0] ?? '')
      )
    return (afterBlank || cells.length !== this.width) && namesColumns(cells) && this.isOther(cells)
  }

  /** Other names than this table has, in another width or where this table holds numbers and dates. */
  private isOther(cells: readonly string[]): boolean {
    if (cells.length !== this.width) return true
    if (cells.every((cell, column) => cell.trim() === this.header[column])) return false
    return this.kinds.some((kind) => kind === 'number' || kind === 'date')
  }
}

function isTyped(cell: string): boolean {
  const kind = kindOf(cell)
  return kind === 'number' || kind === 'date'
}
