/** A finding that somebody takes as it is: why, by whom and until when; it stays on screen and mends nothing. */
import { useState } from 'react'
import { whyNotAccepted } from '../../../../core/data/baseline/acceptance.ts'
import { addDays, daysBetween, dayText, isDay } from '../../../../core/values/day.ts'
import type { CompareFinding } from '../../../../core/workflow/survival/compare.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { acceptFindings, withdrawAcceptances } from '../../data/acts/acceptance.ts'
import styles from './inspector-panel.module.css'

const usualDays = 90
const longestDays = 366

export function FindingAcceptance({ finding, readOnly }: { readonly finding: CompareFinding; readonly readOnly: boolean }) {
  const entry = useWorkspace((w) => w.project?.baseline.find((each) => each.fingerprint === finding.fingerprint))
  const [asking, setAsking] = useState(false)
  const accepted = entry !== undefined && whyNotAccepted(entry, wallNow().slice(0, 10)) === null
  if (finding.outcome === 'eliminated' || finding.outcome === 'unjudged') return null
  return (
    <div>
      {accepted && (
        <p className="muted">
          Accepted by {entry.by} until {dayText(entry.expires ?? '')}: {entry.reason}
        </p>
      )}
      {accepted ? (
        <Button
          className={styles.small ?? ''}
          isDisabled={readOnly}
          onPress={() => void withdrawAcceptances([finding.fingerprint])}
        >
          Withdraw
        </Button>
      ) : (
        <Button className={styles.small ?? ''} isDisabled={readOnly} onPress={() => setAsking(true)}>
          Accept…
        </Button>
      )}
      {asking && <AcceptFinding finding={finding} onClose={() => setAsking(false)} />}
    </div>
  )
}

function AcceptFinding({ finding, onClose }: { readonly finding: CompareFinding; readonly onClose: () => void }) {
  const person = useWorkspace((w) => w.person?.name ?? '')
  const today = wallNow().slice(0, 10)
  const [reason, setReason] = useState('')
  const [by, setBy] = useState(person)
  const [expires, setExpires] = useState(addDays(today, usualDays))
  const within = isDay(expires) && daysBetween(today, expires) >= 0 && daysBetween(today, expires) <= longestDays
  const ready = reason.trim() !== '' && by.trim() !== '' && within
  const give = (): void => {
    onClose()
    void acceptFindings([
      {
        fingerprint: finding.fingerprint,
        reason: reason.trim(),
        by: by.trim(),
        expires,
        code: finding.code,
        place: `${finding.current.join(' ')} > ${finding.future.join(' ')}`,
        at: wallNow(),
      },
    ])
  }
  return (
    <Dialog title={`Accept: ${finding.title}`} open onClose={onClose}>
      <p>
        {finding.sentence} Accepting mends nothing: it stays on the map, under your name, and counts again after its last day.
      </p>
      {finding.severity === 'critical' && (
        <Note mark="critical">This could harm a patient. Name here what keeps patients safe until it is mended.</Note>
      )}
      <Field label="Reason" lines={2} value={reason} onChange={setReason} autoFocus />
      <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
      <Field
        label="Accepted until"
        type="date"
        value={expires}
        onChange={setExpires}
        problem={within ? null : 'Give a day from today on, within a year.'}
      />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={!ready} onPress={give}>
          Accept finding
        </Button>
      </DialogActions>
    </Dialog>
  )
}
