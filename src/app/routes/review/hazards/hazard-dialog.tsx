/** Judging a hazard: cause and effect, grades before and after the controls with the risk they give, and the reason that the log keeps. */
import { useState } from 'react'
import type { Grade, Hazard, HazardWords } from '../../../../core/project/format/hazard-acts.ts'
import { likelihoodWords, severityWords } from '../../../../core/project/hazards/log/hazard-log.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { keepHazard } from '../acts/hazards.ts'
import { Risk } from './hazard-table.tsx'
import styles from './hazards.module.css'

const grades: readonly Grade[] = [1, 2, 3, 4, 5]

const empty: HazardWords = {
  hazard: '',
  cause: '',
  effect: '',
  severity: 3,
  likelihood: 3,
  controls: '',
  residualSeverity: null,
  residualLikelihood: null,
  owner: '',
}

export function HazardDialog({
  hazard,
  said,
  onClose,
}: {
  readonly hazard: Hazard | null
  /** What is said of it so far; null where nothing is. */
  readonly said: HazardWords | null
  readonly onClose: () => void
}) {
  const [words, setWords] = useState<HazardWords>(said ?? empty)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const text = (name: 'hazard' | 'cause' | 'effect' | 'controls' | 'owner') => ({
    value: words[name],
    onChange: (value: string) => setWords({ ...words, [name]: value }),
  })
  const keep = async (): Promise<void> => {
    const refusal = await keepHazard(hazard?.id ?? null, words, reason)
    if (refusal === null) onClose()
    else setProblem(refusal)
  }
  const { residualSeverity, residualLikelihood } = words
  return (
    <Dialog title={hazard ? `Judge ${hazard.id}` : 'Add a hazard'} open wide onClose={onClose}>
      <Field
        label="Hazard"
        hint="What can go wrong for a patient. Write no names and no record numbers."
        {...text('hazard')}
        autoFocus
      />
      <Field label="Cause" {...text('cause')} lines={2} />
      <Field label="Effect on the patient" {...text('effect')} lines={2} />
      <fieldset className={`outlined spread ${styles.grades}`}>
        <legend>Initial risk</legend>
        <GradeSelect
          label="Severity"
          words={severityWords}
          value={words.severity}
          onChange={(severity) => setWords({ ...words, severity: severity ?? words.severity })}
        />
        <GradeSelect
          label="Likelihood"
          words={likelihoodWords}
          value={words.likelihood}
          onChange={(likelihood) => setWords({ ...words, likelihood: likelihood ?? words.likelihood })}
        />
        <div>
          <Risk severity={words.severity} likelihood={words.likelihood} />
        </div>
      </fieldset>
      <Field label="Controls" hint="What prevents the harm, and how it was checked." {...text('controls')} lines={2} />
      <fieldset className={`outlined spread ${styles.grades}`}>
        <legend>Residual risk, after the controls</legend>
        <GradeSelect
          label="Residual severity"
          words={severityWords}
          value={residualSeverity}
          isOpen
          onChange={(grade) => setWords({ ...words, residualSeverity: grade })}
        />
        <GradeSelect
          label="Residual likelihood"
          words={likelihoodWords}
          value={residualLikelihood}
          isOpen
          onChange={(grade) => setWords({ ...words, residualLikelihood: grade })}
        />
        <div>
          {residualSeverity === null || residualLikelihood === null ? (
            <p className="muted">Not judged</p>
          ) : (
            <Risk severity={residualSeverity} likelihood={residualLikelihood} />
          )}
        </div>
      </fieldset>
      <Field label="Owner" {...text('owner')} />
      <Field label="Reason" hint="The log keeps it with the old and the new value." value={reason} onChange={setReason} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" onPress={() => void keep()}>
          {hazard ? 'Keep this judgement' : 'Add hazard'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** @param isOpen whether the grade may be left open */
function GradeSelect({
  label,
  words,
  value,
  isOpen = false,
  onChange,
}: {
  readonly label: string
  readonly words: readonly string[]
  readonly value: Grade | null
  readonly isOpen?: boolean
  readonly onChange: (grade: Grade | null) => void
}) {
  const choices = grades.map((grade): readonly [string, string] => [String(grade), `${grade} ${words[grade - 1] ?? ''}`])
  return (
    <Select
      label={label}
      value={value === null ? 'open' : String(value)}
      choices={isOpen ? [['open', 'Not judged'], ...choices] : choices}
      onChange={(chosen) => onChange(grades.find((grade) => String(grade) === chosen) ?? null)}
    />
  )
}
