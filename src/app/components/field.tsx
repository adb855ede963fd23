/** A labelled text field with its description and, where something is wrong, the sentence that says what to do. */
import { FieldError, Input, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components'
import styles from './field.module.css'

export interface FieldProps extends TextFieldProps {
  readonly label: string
  readonly hint?: string
  readonly problem?: string | null
  readonly lines?: number
}

export function Field({ label, hint, problem = null, lines = 1, ...props }: FieldProps) {
  return (
    <TextField {...props} isInvalid={problem !== null} className={`stack-tight ${styles.field}`}>
      <Label>{label}</Label>
      {lines > 1 ? <TextArea rows={lines} className={`full ${styles.input}`} /> : <Input className={`full ${styles.input}`} />}
      {hint !== undefined && (
        <Text slot="description" className="caption muted">
          {hint}
        </Text>
      )}
      <FieldError className="caption is-error">{problem}</FieldError>
    </TextField>
  )
}
