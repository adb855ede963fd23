/** Changing a threshold: possible, entered in the ledger, and printed when its evidence existed before. */
import { useState } from 'react'
import type { JudgedCriterion } from '../../../core/readiness/board.ts'
import { nameOf } from '../../../core/readiness/report.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { setThresholds } from '../../workspace/board.ts'
import { thresholdLabel } from './threshold-words.ts'

export function ThresholdDialog({ judged, onClose }: { readonly judged: JudgedCriterion; readonly onClose: () => void }) {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(
    new Map(Object.entries(judged.thresholds).map(([name, value]) => [name, String(value)])),
  )
  const values = [...texts].map(([name, text]) => [name, Number(text)] as const)
  const valid = values.every(([name, value]) => (texts.get(name) ?? '').trim() !== '' && Number.isFinite(value) && value >= 0)
  const changed = values.some(([name, value]) => judged.thresholds[name] !== value)
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
      {judged.evidence.length > 0 && (
        <Note mark="warning">Its evidence exists already: the change is printed on the board with its date.</Note>
      )}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={!valid || !changed}
          onPress={() => {
            onClose()
            void setThresholds(judged.criterion.code, Object.fromEntries(values))
          }}
        >
          Set threshold
        </Button>
      </DialogActions>
    </Dialog>
  )
}
