/** The table of a file that is edited by hand: a page of rows, keys from cell to cell, and every cell that is wrong listed below. */
import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { useKeys } from '../../../window/keys.ts'
import { keptText } from './input-dates.ts'
import styles from './input-editor.module.css'
import type { InputAct, InputHistory } from './input-history.ts'
import { pastedCells, stepOf } from './input-keys.ts'
import { InputProblems } from './input-problems.tsx'
import { GridHead, GridRow, type RowAct } from './input-row.tsx'
import type { EditColumn, RowProblems } from './input-table.ts'

/** Rows on one page. */
const pageRows = 50

export interface InputGridProps {
  readonly title: string
  readonly history: InputHistory
  readonly columns: readonly EditColumn[]
  readonly problems: ReadonlyMap<number, RowProblems>
  /** Place of the row whose page is shown first. */
  readonly start: number
  readonly dispatch: (act: InputAct) => void
}

export function InputGrid({ title, history, columns, problems, start, dispatch }: InputGridProps) {
  const { rows, next } = history.now
  const [asked, setPage] = useState(Math.floor(start / pageRows))
  const [said, setSaid] = useState('')
  const box = useRef<HTMLTableElement>(null)
  const wanted = useRef<{ readonly id: number; readonly at: number } | null>(null)
  const pages = Math.ceil(rows.length / pageRows)
  const page = Math.min(asked, pages - 1)
  const from = page * pageRows

  // The cell may stand on a page, or in a row, that has only now been drawn.
  useEffect(() => {
    const cell = wanted.current
    if (cell === null) return
    wanted.current = null
    const found = box.current?.querySelector(`tr[data-row="${cell.id}"] [data-at="${cell.at}"]`)
    if (!(found instanceof HTMLElement)) return
    found.focus()
    if (found instanceof HTMLInputElement) found.select()
  })
  const goTo = (index: number, id: number, at: number): void => {
    wanted.current = { id, at }
    setPage(Math.floor(index / pageRows))
    setSaid(`Row ${index + 1}`)
  }
  const firstAt = columns[0]?.at ?? 0
  const add = (): void => {
    dispatch({ do: 'add', after: null })
    goTo(rows.length, next, firstAt)
  }
  const actOn: RowAct = (act, id, at = firstAt) => {
    const index = rows.findIndex((row) => row.id === id)
    dispatch({ do: act, id })
    if (act === 'duplicate') goTo(index + 1, next, at)
    else {
      const beside = rows[index + 1] ?? rows[index - 1]
      goTo(Math.min(index, Math.max(0, rows.length - 2)), beside?.id ?? next, at)
    }
    setSaid(`Row ${index + 1} ${act === 'remove' ? 'removed. Undo brings it back.' : 'duplicated.'}`)
  }
  const latest = useRef(actOn)
  latest.current = actOn
  const onRow = useCallback<RowAct>((act, id, at) => latest.current(act, id, at), [])
  const onText = useRef(dispatch)
  onText.current = dispatch
  const setText = useCallback((id: number, at: number, text: string) => onText.current({ do: 'set', id, at, text }), [])

  const step = (act: 'undo' | 'redo'): void => {
    const to = act === 'undo' ? history.past.at(-1) : history.future[0]
    if (to === undefined) return
    dispatch({ do: act })
    const changed = to.rows.findIndex((row, index) => row !== rows[index])
    const index = changed < 0 ? to.rows.length - 1 : changed
    setPage(Math.floor(index / pageRows))
    setSaid(`${act === 'undo' ? 'Taken back' : 'Done again'}, row ${index + 1}`)
  }
  const removeAt = (event: Event): void => {
    const { target } = event
    const id = target instanceof HTMLElement ? placeOf(target)?.id : undefined
    if (id !== undefined) actOn('remove', id, target instanceof HTMLElement ? placeOf(target)?.at : undefined)
  }
  const [undo, redo] = [() => step('undo'), () => step('redo')]
  useKeys('page', { 'Ctrl+Z': undo, 'Ctrl+Shift+Z': redo, 'Ctrl+Y': redo })
  useKeys(box, { Delete: removeAt, 'Alt+Delete': removeAt })

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (!(event.target instanceof HTMLElement) || event.nativeEvent.isComposing) return
    const place = placeOf(event.target)
    const way = place?.at === undefined ? null : stepOf(event, event.target)
    if (place?.at === undefined || way === null) return
    event.preventDefault()
    const index = rows.findIndex(({ id }) => id === place.id) + way.rows
    const row = rows[index]
    const column = columns[columns.findIndex(({ at }) => at === place.at) + way.columns]
    if (row && column) goTo(index, row.id, column.at)
    else if (!row && way.adds) add()
  }
  const onPaste = (event: ClipboardEvent<HTMLTableElement>): void => {
    const place = event.target instanceof HTMLElement ? placeOf(event.target) : null
    const cells = pastedCells(event.clipboardData.getData('text/plain'))
    if (place?.at === undefined || cells === null) return
    event.preventDefault()
    const right = columns.slice(columns.findIndex(({ at }) => at === place.at))
    const kept = cells.map((row) => row.map((text, index) => keptText(right[index]?.column ?? null, text)))
    dispatch({ do: 'paste', id: place.id, places: right.map(({ at }) => at), cells: kept })
    setSaid(`${cells.length} rows pasted. Undo takes them back.`)
  }
  return (
    <>
      <div className={`below ${styles.bar}`}>
        <Button onPress={add}>Add row</Button>
        <Button look="quiet" isDisabled={history.past.length === 0} onPress={undo}>
          Undo
        </Button>
        <Button look="quiet" isDisabled={history.future.length === 0} onPress={redo}>
          Redo
        </Button>
        <span className="grow" />
        {pages > 1 && (
          <>
            <Button look="quiet" isDisabled={page === 0} onPress={() => setPage(page - 1)}>
              Previous rows
            </Button>
            <Button look="quiet" isDisabled={page === pages - 1} onPress={() => setPage(page + 1)}>
              Next rows
            </Button>
          </>
        )}
        <span className="muted">
          Rows {formatNumber(from + 1)}–{formatNumber(Math.min(from + pageRows, rows.length))} of {formatNumber(rows.length)}
        </span>
      </div>
      <ScrollRegion label={`${title}: rows to edit`} className={`box scroll ${styles.scroll}`}>
        <table ref={box} onKeyDown={onKeyDown} onPaste={onPaste}>
          <GridHead columns={columns} />
          <tbody>
            {rows.slice(from, from + pageRows).map((row, index) => (
              <GridRow
                key={row.id}
                row={row}
                number={from + index + 1}
                columns={columns}
                problems={problems.get(row.id)}
                onText={setText}
                onRow={onRow}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="caption muted above">
        Enter goes to the next row and adds one at the end; arrows go from cell to cell; Alt Delete removes the row; Ctrl Z takes
        back. Cells copied from a spreadsheet can be pasted. Rows without a cell are not kept.
      </p>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <InputProblems rows={rows} columns={columns} problems={problems} onCell={goTo} />
    </>
  )
}

/** Row of a control, and the column where it is the control of a cell. */
function placeOf(control: HTMLElement): { readonly id: number; readonly at: number | undefined } | null {
  const row = control.closest<HTMLElement>('tr[data-row]')?.dataset.row
  const { at } = control.dataset
  return row === undefined ? null : { id: Number(row), at: at === undefined ? undefined : Number(at) }
}
