/** What a few thousand rows tell about a column: what its cells look like, and which values come back. Never the whole file. */
import { compareText } from '../../../finding.ts'

export type ColumnType = 'empty' | 'date' | 'date-time' | 'number' | 'quantity' | 'code' | 'boolean' | 'text'

export interface ColumnSample {
  readonly table: string
  readonly column: string
  readonly filled: number
  readonly type: ColumnType
  /** Share of the filled cells that are of the type. */
  readonly certainty: number
  /** The most frequent form, digits as 9 and letters as A. */
  readonly shape: string
  /** Values that come back, at most 200; empty where nearly all differ. */
  readonly values: readonly string[]
}

const tests: readonly (readonly [ColumnType, RegExp])[] = [
  ['date-time', /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[ T]\d{1,2}:\d{2}/],
  ['date', /^(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2})$/],
  ['boolean', /^(y|n|yes|no|true|false|t|f)$/i],
  ['number', /^[+-]?\d+([.,]\d+)?$/],
  ['quantity', /^[<>]?=?\s*\d+([.,]\d+)?\s*[\p{L}%µ/°][\p{L}\d%µ/°^]*$/u],
  ['code', /^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$/],
]

export class ColumnSampler {
  private filled = 0
  private readonly votes = new Map<ColumnType, number>()
  private readonly shapes = new Map<string, number>()
  private readonly values = new Map<string, number>()
  private different = false
  private readonly table: string
  private readonly column: string

  constructor(table: string, column: string) {
    this.table = table
    this.column = column
  }

  add(cell: string): void {
    const text = cell.trim()
    if (text.trim() === '') return
    this.filled++
    const type = tests.find(([, form]) => form.test(text))?.[0] ?? 'text'
    this.votes.set(type, (this.votes.get(type) ?? 0) + 1)
    const shape = text
      .slice(0, 24)
      .replace(/\p{N}/gu, '9')
      .replace(/\p{L}/gu, 'A')
      .replace(/(.)\1{3,}/g, '$1…')
    if (this.shapes.size < 500 || this.shapes.has(shape)) this.shapes.set(shape, (this.shapes.get(shape) ?? 0) + 1)
    if (this.values.size < 200 || this.values.has(text)) this.values.set(text, (this.values.get(text) ?? 0) + 1)
    else this.different = true
  }

  result(): ColumnSample {
    const [type = 'empty', votes = 0] = top(this.votes)
    const [shape = ''] = top(this.shapes)
    const repeats = !this.different && this.values.size <= Math.max(3, this.filled / 2)
    return {
      table: this.table,
      column: this.column,
      filled: this.filled,
      type: this.filled === 0 ? 'empty' : type,
      certainty: this.filled === 0 ? 0 : votes / this.filled,
      shape,
      values: repeats ? [...this.values.keys()].sort(compareText) : [],
    }
  }
}

function top<Key extends string>(counts: ReadonlyMap<Key, number>): readonly [Key?, number?] {
  return [...counts].sort(([a, n], [b, m]) => m - n || compareText(a, b))[0] ?? []
}
