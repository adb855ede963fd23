/** Labelled fields of the inspector and the table; text is given when the field is left or Enter is pressed. */
import { useId, useRef, useState } from 'react'
import styles from './fields.module.css'

interface FieldProps {
  readonly label: string
  /** The fact this field gives; what a finding jumps to. */
  readonly fact?: string
  readonly disabled?: boolean
  /** Only for screen readers; used in tables, where the column says it. */
  readonly bare?: boolean
}

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly hint?: string
  readonly lines?: number
  /** What holds while nobody gave a value. */
  readonly otherwise?: string
  /** Text that it gives back says why the value can not be taken. */
  readonly onCommit: (value: string) => unknown
}

export function TextField({
  label,
  fact,
  value,
  hint,
  lines,
  otherwise,
  disabled = false,
  bare = false,
  onCommit,
}: TextFieldProps) {
  const id = useId()
  const [wrong, setWrong] = useState<string | null>(null)
  // Enter takes the text, and so does leaving the field a moment later: it is given once.
  const given = useRef({ value, text: value })
  if (given.current.value !== value) given.current = { value, text: value }
  const commit = (text: string): void => {
    if (text === given.current.text) return
    given.current = { value, text }
    const answer = text === value ? null : onCommit(text)
    setWrong(typeof answer === 'string' ? answer : null)
  }
  const shared = {
    id,
    disabled,
    defaultValue: value,
    placeholder: otherwise,
    'data-fact': fact,
    'aria-describedby': wrong || hint ? `${id}-hint` : undefined,
    'aria-invalid': wrong !== null || undefined,
    autoComplete: 'off',
  }
  return (
    <div className={bare ? styles.bare : styles.field}>
      <label htmlFor={id} className={bare ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {lines ? (
        <textarea key={value} {...shared} rows={lines} onBlur={(event) => commit(event.currentTarget.value)} />
      ) : (
        <input
          key={value}
          {...shared}
          onBlur={(event) => commit(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
        />
      )}
      {(wrong ?? hint) && (
        <small id={`${id}-hint`} className={wrong ? 'is-error' : 'muted'}>
          {wrong ?? hint}
        </small>
      )}
    </div>
  )
}

export interface NumberFieldProps extends FieldProps {
  readonly value: number | null
  readonly hint?: string
  readonly otherwise?: string
  readonly onCommit: (value: number | null) => void
}

/** Empty means that nobody said; never zero. */
export function NumberField({ value, onCommit, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      value={value === null ? '' : String(value)}
      onCommit={(text) => {
        if (text.trim() === '') return onCommit(null)
        const number = Number(text.replace(',', '.'))
        if (!Number.isFinite(number) || number < 0) return 'Give a number from 0 up, or nothing.'
        return onCommit(number)
      }}
    />
  )
}

export interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T | null
  readonly options: readonly { readonly id: T; readonly label: string }[]
  /** The choice that means "nobody said"; left out where an answer is needed. */
  readonly none?: string
  readonly onCommit: (value: T | null) => void
}

export function SelectField<T extends string>({
  label,
  fact,
  value,
  options,
  none,
  disabled = false,
  bare = false,
  onCommit,
}: SelectFieldProps<T>) {
  const id = useId()
  return (
    <div className={bare ? styles.bare : styles.field}>
      <label htmlFor={id} className={bare ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        id={id}
        disabled={disabled}
        data-fact={fact}
        value={value ?? ''}
        onChange={(event) => onCommit(options.find((option) => option.id === event.target.value)?.id ?? null)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

export function CheckField({
  label,
  value,
  disabled = false,
  onCommit,
}: FieldProps & { readonly value: boolean; readonly onCommit: (value: boolean) => void }) {
  return (
    <label className={`line ${styles.check}`}>
      <input type="checkbox" checked={value} disabled={disabled} onChange={(event) => onCommit(event.target.checked)} />
      {label}
    </label>
  )
}

/** Options whose id is their word. */
export function wordOptions<T extends string>(words: readonly T[]): readonly { readonly id: T; readonly label: string }[] {
  return words.map((word) => ({ id: word, label: word }))
}
