/** Changing a threshold: possible, entered in the ledger, and printed when its evidence existed before. */
import { useState } from 'react'
import type { JudgedCriterion } from '../../../../core/readiness/board/board.ts'
import { nameOf } from '../../../../core/readiness/board/report.ts'
import { loosens } from '../../../../core/readiness/evidence/limits.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { ActingAs } from '../../../frame/acting-as.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { setThresholds } from '../acts/board-acts.ts'
import { thresholdLabel } from './threshold-words.ts'

export function ThresholdDialog({ judged, onClose }: { readonly judged: JudgedCriterion; readonly onClose: () => void }) {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(
    new Map(Object.entries(judged.thresholds).map(([name, value]) => [name, String(value)])),
  )
  const values = [...texts].map(([name, text]) => [name, Number(text)] as const)
  const valid = values.every(([name, value]) => (texts.get(name) ?? '').trim() !== '' && Number.isFinite(value) && value >= 0)
  const changed = values.some(([name, value]) => judged.thresholds[name] !== value)
  const looser = values.some(([name, value]) => loosens(name, judged.thresholds[name], value))
  const person = useWorkspace((w) => w.person)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (): Promise<void> => {
    const refusal = await setThresholds(judged.criterion.code, {
      from: judged.thresholds,
      to: Object.fromEntries(values),
      reason,
    })
    if (refusal === null) onClose()
    setProblem(refusal)
  }
  return (
    <Dialog title={`Threshold: ${nameOf(judged).toLowerCase()}`} open onClose={onClose}>
      <p>{judged.criterion.why}</p>
      {[...texts].map(([name, text], index) => (
        <Field
          key={name}
          label={thresholdLabel(name)}
          inputMode="numeric"
          value={text}
          autoFocus={index === 0}
          onChange={(next) => setTexts(new Map(texts).set(name, next))}
          problem={/^\s*\d+(\.\d+)?\s*$/.test(text) ? null : 'Give a number, zero or more.'}
        />
      ))}
      <Field
        label="Reason"
        hint="stands on the board, in the go or no-go page and in the ledger"
        value={reason}
        onChange={setReason}
      />
      {person === null ? <p>Say who works here first, at the top of the page.</p> : <ActingAs words="You change it as" />}
      {judged.evidence.length > 0 && looser && (
        <Note mark="warning">
          Its evidence exists already: a looser limit is shown as a proposal. The criterion is claimed at best, and no risk
          closes.
        </Note>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={!valid || !changed || person === null || reason.trim() === ''}
          onPress={() => void save()}
        >
          Set threshold
        </Button>
      </DialogActions>
    </Dialog>
  )
}
