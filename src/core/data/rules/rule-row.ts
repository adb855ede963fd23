/** The texts of one record, each made once and only when somebody asks. */
import { textOf } from '../read/text/cell-text.ts'
import type { RecordView } from '../read/text/record-view.ts'
import type { RuleRow } from './evaluate.ts'
import type { RuledTable } from './ruled-table.ts'

export class Row implements RuleRow {
  private readonly made: (string | null | undefined)[]
  private readonly table: RuledTable
  view: RecordView | null = null

  constructor(table: RuledTable) {
    this.table = table
    this.made = new Array(table.header.length)
  }

  show(view: RecordView): void {
    this.view = view
    this.made.fill(undefined)
  }

  text(column: number): string | null {
    const known = this.made[column]
    if (known !== undefined) return known
    const { view, table } = this
    const text = view === null || column >= view.count || table.isNull(view, column) ? null : textOf(table.texts, view, column)
    this.made[column] = text
    return text
  }
}
