/** The third pane: where the values go, and what has been decided. */
import { useState } from 'react'
import { parseElementPath } from '../../../../core/data/crosswalk/mapping/element-path.ts'
import type { FieldLine } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { Field } from '../../../components/field.tsx'
import { Facts } from '../../../components/panel.tsx'
import type { MappingEntry } from '../acts/mapping-entries.ts'
import styles from './mapping.module.css'
import type { RuleChange } from './rule-change.ts'

export interface TargetEditorProps {
  readonly entry: MappingEntry
  /** Targets that other lines have, to choose from. */
  readonly known: readonly string[]
  readonly onChange: (change: RuleChange) => void
}

export function TargetEditor({ entry, known, onChange }: TargetEditorProps) {
  const { line } = entry
  return (
    <>
      <TargetField line={line} known={known} onChange={(target) => onChange({ target })} />
      <label className={`line ${styles.check}`}>
        <input type="checkbox" checked={line.required} onChange={(event) => onChange({ required: event.target.checked })} />
        The target must have it
      </label>
      {(line.by !== '' || line.reason !== '') && (
        <Facts
          items={[
            ...(line.by === '' ? [] : [{ name: line.status === 'confirmed' ? 'Confirmed by' : 'Decided by', value: line.by }]),
            ...(line.reason === '' ? [] : [{ name: 'Reason', value: line.reason }]),
          ]}
        />
      )}
    </>
  )
}

function TargetField(props: {
  readonly line: FieldLine
  readonly known: readonly string[]
  readonly onChange: (target: string) => void
}) {
  const { line, known, onChange } = props
  const [text, setText] = useState(line.target)
  const [before, setBefore] = useState(line.target)
  if (before !== line.target) {
    setBefore(line.target)
    setText(line.target)
  }
  const trimmed = text.trim()
  const parsed = trimmed === '' || known.includes(trimmed) ? null : parseElementPath(trimmed)
  return (
    <Field
      label="Target"
      hint="an element path such as Patient.birthDate, with where(…) for one of several"
      value={text}
      onChange={setText}
      problem={typeof parsed === 'string' ? `${parsed}.` : null}
      onBlur={() => typeof parsed !== 'string' && trimmed !== line.target && onChange(trimmed)}
      lines={trimmed.length > 40 ? 3 : 1}
    />
  )
}
