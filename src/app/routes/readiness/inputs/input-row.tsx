/** Head and rows of the table in which a file is edited by hand. A row is drawn anew only where it has changed. */
import { memo } from 'react'
import type { Column } from '../../../../core/readiness/input-files/column.ts'
import { isPersonal } from '../../../../core/readiness/input-files/write-input.ts'
import { InputCell } from './input-cell.tsx'
import styles from './input-editor.module.css'
import type { EditColumn, EditRow, RowProblems } from './input-table.ts'

/** @param at column that has the focus afterwards */
export type RowAct = (act: 'duplicate' | 'remove', id: number, at?: number) => void

export function GridHead({ columns }: { readonly columns: readonly EditColumn[] }) {
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.number}>
          Row
        </th>
        {columns.map(({ at, name, column }) => (
          <th key={at} scope="col">
            <code>{name.trim() === '' ? 'no name' : name}</code>
            {column?.required && <strong> needed</strong>}
            <span>{column === null ? 'own column, stays private' : column.says}</span>
            {column !== null && <FormatHint column={column} />}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function FormatHint({ column }: { readonly column: Column<unknown> }) {
  const words = isPersonal(column)
    ? 'replaced by a name that says nothing'
    : column.type === 'day'
      ? '02-Nov-2026 or 2026-11-02'
      : column.type === 'moment'
        ? '02-Nov-2026 08:00 +01:00'
        : column.type === 'list'
          ? '; between names'
          : null
  return words === null ? null : <span className={styles.format}>{words}</span>
}

export const GridRow = memo(function GridRow(props: {
  readonly row: EditRow
  readonly number: number
  readonly columns: readonly EditColumn[]
  readonly problems: RowProblems | undefined
  readonly onText: (id: number, at: number, text: string) => void
  readonly onRow: RowAct
}) {
  const { row, number, columns, problems, onText, onRow } = props
  return (
    <tr data-row={row.id}>
      <th scope="row" className={styles.number}>
        <span>
          <span className={styles.word}>Row </span>
          {number}
        </span>
        <button type="button" aria-label={`Duplicate row ${number}`} title="Duplicate" onClick={() => onRow('duplicate', row.id)}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M5.5 5.5h8v8h-8zM10.5 5V2.5h-8v8H5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          </svg>
        </button>
        <button type="button" aria-label={`Remove row ${number}`} title="Remove" onClick={() => onRow('remove', row.id)}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" strokeWidth="1.5" />
          </svg>
        </button>
      </th>
      {columns.map((column) => (
        <InputCell
          key={column.at}
          column={column}
          number={number}
          text={row.cells[column.at] ?? ''}
          problem={problems?.get(column.at)}
          onText={(text) => onText(row.id, column.at, text)}
        />
      ))}
    </tr>
  )
})
