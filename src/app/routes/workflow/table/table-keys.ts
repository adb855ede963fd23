/** Keys of a table of fields: from row to row, from cell to cell, and down a column as each value is given. */
import type { KeyboardEvent } from 'react'

const fields = 'input:not([type="checkbox"]), select, button'
const arrows: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** On a row, up and down go to the next; in a cell Ctrl and arrows go to the next cell, and Enter takes the text and goes down. */
export function moveInTable(event: KeyboardEvent<HTMLTableElement>): void {
  const { target, key } = event
  const move = arrows[key]
  if (target instanceof HTMLTableRowElement) {
    if (move && move[0] !== 0) go(event, neighbourRow(target, move[0]))
    return
  }
  if (!(target instanceof HTMLElement)) return
  const cell = target.closest('td, th')
  const row = target.closest('tr')
  if (!(cell instanceof HTMLTableCellElement) || !row) return
  if (move && (event.ctrlKey || event.metaKey)) go(event, fieldAt(row, cell.cellIndex, move))
  // The field has taken the text when it sees Enter itself.
  else if (key === 'Enter' && target instanceof HTMLInputElement)
    go(event, fieldAt(row, cell.cellIndex, [event.shiftKey ? -1 : 1, 0]))
}

function go(event: KeyboardEvent, to: HTMLElement | null): void {
  if (!to) return
  event.preventDefault()
  to.focus()
  if (to instanceof HTMLInputElement) to.select()
}

function neighbourRow(row: Element, by: number): HTMLElement | null {
  const next = by > 0 ? row.nextElementSibling : row.previousElementSibling
  return next instanceof HTMLElement ? next : null
}

/** The field in the next cell that has one: rows of lanes, and cells that say nothing, are passed over. */
function fieldAt(row: Element, column: number, [down, across]: readonly [number, number]): HTMLElement | null {
  if (across !== 0 && row instanceof HTMLTableRowElement) {
    for (let at = column + across; at >= 0 && at < row.cells.length; at += across) {
      const found = row.cells[at]?.querySelector<HTMLElement>(fields)
      if (found) return found
    }
    return null
  }
  for (let next = neighbourRow(row, down); next; next = neighbourRow(next, down)) {
    const found = next instanceof HTMLTableRowElement ? next.cells[column]?.querySelector<HTMLElement>(fields) : null
    if (found && next.getAttribute('aria-level') === '2') return found
  }
  return null
}
