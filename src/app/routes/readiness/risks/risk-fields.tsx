/** What a person writes about a risk: likelihood, severity, owner and day; written when a field is left or Enter is pressed. */
import { useState } from 'react'
import type { Risk } from '../../../../core/readiness/log/risks.ts'
import { isDay } from '../../../../core/values/day.ts'
import { Field } from '../../../components/field.tsx'
import { editRisk } from '../acts/board-acts.ts'
import styles from './risks.module.css'

const scale = ['1', '2', '3', '4', '5'] as const

export function RiskFields({ risk }: { readonly risk: Risk }) {
  const [owner, setOwner] = useState(risk.owner ?? '')
  const [due, setDue] = useState(risk.due ?? '')
  const code = risk.criterion
  if (code === null) return null
  const dueProblem = due === '' || isDay(due) ? null : 'Give a day.'
  const save = async (parts: Parameters<typeof editRisk>[1]): Promise<void> => {
    if (await editRisk(code, parts)) return
    // What was typed and not kept must not look like the register.
    setOwner(risk.owner ?? '')
    setDue(risk.due ?? '')
  }
  const saveOwner = (): void => void save({ owner: owner.trim() === '' ? null : owner.trim() })
  const saveDue = (text: string): void => {
    if (text === '' || isDay(text)) void save({ due: text === '' ? null : text })
  }
  return (
    <div className="row-end across">
      <Scale
        label="Likelihood"
        about={risk.what}
        value={risk.likelihood}
        onChange={(likelihood) => void editRisk(code, { likelihood })}
      />
      <Scale
        label="Severity"
        about={risk.what}
        value={risk.severity}
        onChange={(severity) => void editRisk(code, { severity })}
      />
      <Field
        label="Owner"
        value={owner}
        onChange={setOwner}
        onBlur={saveOwner}
        onKeyDown={(event) => {
          if (event.key === 'Enter') saveOwner()
        }}
      />
      <Field label="Due" type="date" value={due} onChange={setDue} onBlur={() => saveDue(due)} problem={dueProblem} />
    </div>
  )
}

function Scale({
  label,
  about,
  value,
  onChange,
}: {
  readonly label: string
  readonly about: string
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}) {
  return (
    <label className={`stack-tight caption muted strong ${styles.scale}`}>
      {label}
      <select
        aria-label={`${label}: ${about}`}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">not said</option>
        {scale.map((step) => (
          <option key={step} value={step}>
            {step}
            {step === '1' ? ', low' : step === '5' ? ', high' : ''}
          </option>
        ))}
      </select>
    </label>
  )
}
