/** Accepting a residual risk, closing a hazard, or signing the log: what it means first, then the reason or the statement. */
import { useState } from 'react'
import type { Hazard } from '../../../../core/project/format/hazard-acts.ts'
import { textsShown } from '../../../../core/project/hazards/log/hazard-texts.ts'
import { safetyFacts, safetyStatement } from '../../../../core/project/hazards/safety-page.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { actorSlug } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { settleHazard, signHazardLog } from '../acts/hazards.ts'

export type Settling = { readonly how: 'accept' | 'close'; readonly hazard: Hazard } | { readonly how: 'sign' }

const words = {
  accept: {
    title: 'Accept the residual risk of',
    what: 'You accept in your name, with your own key, the risk that is left after the controls. The log keeps name, day and reason.',
    button: 'Sign and accept',
  },
  close: {
    title: 'Close',
    what: 'A hazard closes when a later run no longer finds its cause, or when its accepted risk is signed. You sign this with your own key.',
    button: 'Sign and close',
  },
} as const

export function SettleDialog({ settling, onClose }: { readonly settling: Settling; readonly onClose: () => void }) {
  const project = useWorkspace((w) => w.project)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const act = async (): Promise<void> => {
    const refusal = settling.how === 'sign' ? await signHazardLog() : await settleHazard(settling.hazard.id, settling.how, reason)
    if (refusal === null) onClose()
    else setProblem(refusal)
  }
  const title = settling.how === 'sign' ? 'Sign the hazard log' : `${words[settling.how].title} ${settling.hazard.id}`
  return (
    <Dialog title={title} open onClose={onClose}>
      {settling.how === 'sign' ? (
        <>
          <p>You sign as clinical safety officer, with your own key, this statement:</p>
          <blockquote>{project && safetyStatement(safetyFacts(project, actorSlug()))}</blockquote>
        </>
      ) : (
        <>
          <p>
            <strong>{project && textsShown(project, settling.hazard).hazard}</strong>
          </p>
          <p>{words[settling.how].what}</p>
          <Field label="Reason" value={reason} onChange={setReason} lines={2} autoFocus />
        </>
      )}
      {problem !== null && <Note mark="error">{problem}</Note>}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" onPress={() => void act()} isDisabled={settling.how !== 'sign' && reason.trim() === ''}>
          {settling.how === 'sign' ? 'Sign' : words[settling.how].button}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
