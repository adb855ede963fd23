/** One cell of a file that is edited by hand: a control of its column's type, and beside it what is wrong. */
import { useId, useState } from 'react'
import type { Column } from '../../../../core/readiness/input-files/column.ts'
import { noHabits, readCell } from '../../../../core/readiness/input-files/local-words.ts'
import { keptText, shownText } from './input-dates.ts'
import styles from './input-editor.module.css'
import type { EditColumn } from './input-table.ts'

export interface InputCellProps {
  readonly column: EditColumn
  /** Of the row, from 1. */
  readonly number: number
  readonly text: string
  readonly problem: string | undefined
  readonly onText: (text: string) => void
}

export function InputCell({ column: { at, name, column }, number, text, problem, onText }: InputCellProps) {
  const id = useId()
  const shared = {
    'data-at': at,
    'aria-label': `${name}, row ${number}`,
    'aria-required': column?.required || undefined,
    'aria-invalid': problem !== undefined || undefined,
    'aria-describedby': problem === undefined ? undefined : id,
  }
  const picks = column?.type === 'choice' || column?.type === 'flag'
  return (
    <td
      data-label={[name, column?.required && 'needed', column?.says].filter(Boolean).join(' · ')}
      className={styles[column?.type ?? 'own']}
    >
      {column !== null && picks ? (
        <Pick shared={shared} column={column} text={text} onText={onText} />
      ) : (
        <Written shared={shared} column={column} text={text} onText={onText} />
      )}
      {problem !== undefined && (
        <small id={id} className={styles.wrong}>
          {problem}
        </small>
      )}
    </td>
  )
}

interface ControlProps {
  readonly shared: { readonly [attribute: string]: unknown }
  readonly text: string
  readonly onText: (text: string) => void
}

/** What stands in the cell and is no choice stays one, so that nothing is lost by looking at it. */
function Pick({ shared, column, text, onText }: ControlProps & { readonly column: Column<unknown> }) {
  const choices = column.choices ?? ['yes', 'no']
  const cell = text.trim()
  const read = cell === '' ? '' : readCell(column, cell, () => noHabits).value
  const value = read === true ? 'yes' : read === false ? 'no' : typeof read === 'string' ? read : cell
  return (
    <select {...shared} value={value} onChange={(event) => onText(event.target.value)}>
      <option value="">{column.required ? 'choose' : 'not said'}</option>
      {value !== '' && !choices.includes(value) && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  )
}

function Written({ shared, column, text, onText }: ControlProps & { readonly column: Column<unknown> | null }) {
  const [typed, setTyped] = useState<string | null>(null)
  // A field of one line would drop the line ends; once a cell had some it stays wide while it is typed in.
  const [hadLines, setHadLines] = useState(false)
  const lines = text.split(/\r\n|\n|\r/).length
  if (lines > 1 && !hadLines) setHadLines(true)
  const shown = typed !== null && keptText(column, typed) === text ? typed : shownText(column, text)
  const written = {
    ...shared,
    value: shown,
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setTyped(event.target.value)
      onText(keptText(column, event.target.value))
    },
    onBlur: () => setTyped(null),
  }
  if (lines > 1 || hadLines) return <textarea {...written} rows={Math.min(lines, 4)} />
  return <input {...written} inputMode={column?.type === 'number' ? 'decimal' : undefined} />
}
