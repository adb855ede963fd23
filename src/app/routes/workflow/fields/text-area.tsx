/** A labelled text of a dialog, one line or several. */
import { TextArea as AriaTextArea, Input, Label, TextField } from 'react-aria-components'
import styles from './text-area.module.css'

export interface TextAreaProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly lines: number
  readonly autoFocus?: boolean
}

export function TextArea({ label, value, onChange, lines, autoFocus = false }: TextAreaProps) {
  return (
    <TextField className={`stack-tight ${styles.text}`} value={value} onChange={onChange} autoFocus={autoFocus}>
      <Label>{label}</Label>
      {lines > 1 ? <AriaTextArea rows={lines} /> : <Input />}
    </TextField>
  )
}
