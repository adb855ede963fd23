/** Who is to mend a finding and by when; accepting it is another decision. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { wallNow } from '../../../session/ledger.ts'
import { assignFindings } from '../acts/acceptance.ts'
import styles from '../data.module.css'
import { dayProblem } from './accept-dialog.tsx'
import type { ListedFinding } from './findings.ts'

/** @param parts one finding, or those of one cause: all get the same owner and day */
export function AssignDialog(props: { readonly parts: readonly ListedFinding[]; readonly onClose: () => void }) {
  const { parts, onClose } = props
  const [listed] = parts
  const [owner, setOwner] = useState(listed?.owner ?? '')
  const [due, setDue] = useState(listed?.due ?? '')
  // A day that has passed stays as it was given until somebody changes it.
  const problem = due === '' || due === listed?.due ? null : dayProblem(due, wallNow().slice(0, 10), 'A due date')
  const keep = (): void => {
    onClose()
    void assignFindings(
      parts.map(({ finding }) => finding),
      {
        ...(owner.trim() !== '' && { owner: owner.trim() }),
        ...(due !== '' && { due }),
      },
    )
  }
  return (
    <Dialog title={`Assign: ${listed?.wording.title ?? ''}`} open onClose={onClose}>
      <p>
        {parts.length > 1 ? `All ${formatNumber(parts.length)} findings stay open.` : 'The finding stays open.'} The worklist
        names who is to mend it and by when, without anything about patients.
      </p>
      <div className={`tiles ${styles.pair}`}>
        <Field label="Owner" hint="a person or the vendor; empty for nobody" value={owner} onChange={setOwner} autoFocus />
        <Field label="Due (optional)" type="date" value={due} onChange={setDue} problem={problem} />
      </div>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={problem !== null} onPress={keep}>
          Keep
        </Button>
      </DialogActions>
    </Dialog>
  )
}
