/** Keys that go from cell to cell: arrows as in a spreadsheet, where the caret has no further to go, and Enter to the next row. */

/** Rows and columns to go; `adds` where a row that is lacking is to be added. */
export interface CellStep {
  readonly rows: number
  readonly columns: number
  readonly adds: boolean
}

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Null where the key belongs to the control itself. */
export function stepOf(event: Pressed, control: Element): CellStep | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const lines = control instanceof HTMLTextAreaElement
  if (event.key === 'Enter') {
    if (lines && event.shiftKey) return null
    return { rows: event.shiftKey ? -1 : 1, columns: 0, adds: !event.shiftKey }
  }
  if (event.shiftKey || lines) return null
  const picks = control instanceof HTMLSelectElement
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (side !== undefined) return picks || atEdge(control, side) ? { rows: 0, columns: side, adds: false } : null
  const way = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  // Up and down choose in a list of choices.
  return way === undefined || picks ? null : { rows: way, columns: 0, adds: false }
}

/** A text that is selected whole, as after Tab, is at both. */
function atEdge(control: Element, side: number): boolean {
  if (!(control instanceof HTMLInputElement)) return false
  const { selectionStart: start, selectionEnd: end, value } = control
  if (start === 0 && end === value.length) return true
  return start === end && start === (side < 0 ? 0 : value.length)
}

/** Cells of a spreadsheet on the clipboard; null where it is the text of one cell. */
export function pastedCells(text: string): readonly (readonly string[])[] | null {
  const rows = text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/)
  const cells = rows.map((row) => row.split('\t'))
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1 ? cells : null
}
