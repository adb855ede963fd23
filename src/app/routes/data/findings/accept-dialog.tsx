/** Accepting a finding: why, by whom, until when, who owns it and by when it is to be mended. */
import { useState } from 'react'
import { addDays, daysBetween, isDay } from '../../../../core/values/day.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { keepSettings } from '../../../session/settings.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { acceptFindings } from '../acts/acceptance.ts'
import styles from '../data.module.css'
import type { ListedFinding } from './findings.ts'

/** An acceptance is looked at again within a year. */
const longestDays = 366
const usualDays = 90

/** @param parts one finding, or those of one cause: what is said is said of each of them */
export function AcceptDialog({ parts, onClose }: { readonly parts: readonly ListedFinding[]; readonly onClose: () => void }) {
  const [first] = parts
  return first ? <Acceptance first={first} parts={parts} onClose={onClose} /> : null
}

interface AcceptanceProps {
  readonly first: ListedFinding
  readonly parts: readonly ListedFinding[]
  readonly onClose: () => void
}

function Acceptance({ first: listed, parts, onClose }: AcceptanceProps) {
  const { person } = workspace()
  const { finding, wording, acceptance } = listed
  const today = wallNow().slice(0, 10)
  const [reason, setReason] = useState(acceptance?.reason ?? '')
  const [by, setBy] = useState(person?.name ?? acceptance?.by ?? '')
  const [expires, setExpires] = useState(addDays(today, usualDays))
  const [owner, setOwner] = useState(listed.owner ?? '')
  const [due, setDue] = useState(listed.due ?? '')
  const expiryProblem = dayProblem(expires, today, 'An acceptance')
  const dueProblem = due === '' ? null : dayProblem(due, today, 'A due date')
  const missing = [
    ...(reason.trim() === '' ? ['a reason'] : []),
    ...(by.trim() === '' ? ['your name'] : []),
    ...(expiryProblem === null ? [] : ['a last day within a year']),
    ...(dueProblem === null ? [] : ['a due date within a year, or none']),
  ]
  const accept = (): void => {
    onClose()
    if (!workspace().person) {
      setWorkspace({ person: { name: by.trim(), role: '' } })
      void keepSettings()
    }
    const at = wallNow()
    void acceptFindings(
      parts.map(({ finding: { fingerprint, code, place } }) => ({
        fingerprint,
        reason: reason.trim(),
        by: by.trim(),
        expires,
        code,
        place,
        at,
        ...(owner.trim() !== '' && { owner: owner.trim() }),
        ...(due !== '' && { due }),
      })),
    )
  }
  return (
    <Dialog title={`Accept: ${wording.title}`} open onClose={onClose}>
      <p>
        {formatNumber(parts.reduce((sum, part) => sum + part.finding.count, 0))} at{' '}
        <code>{finding.place === '' ? 'the file' : finding.place}</code>
        {parts.length > 1 ? ` in ${formatNumber(parts.length)} files` : listed.input !== null && ` in ${listed.input}`}. Accepting
        mends nothing: the finding stays in the list as known, under your name, and counts as open again after its last day.
      </p>
      {finding.severity === 'critical' && (
        <Note mark="critical">This could harm a patient. Name here what keeps patients safe until it is mended.</Note>
      )}
      <Field label="Reason" lines={2} value={reason} onChange={setReason} autoFocus />
      <div className={`tiles ${styles.pair}`}>
        <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
        <Field label="Accepted until" type="date" value={expires} onChange={setExpires} problem={expiryProblem} />
        <Field label="Owner (optional)" hint="who is to mend it" value={owner} onChange={setOwner} />
        <Field label="Due (optional)" type="date" value={due} onChange={setDue} problem={dueProblem} />
      </div>
      <p className="muted" role="status">
        {missing.length > 0 && `Still missing: ${missing.join(', ')}.`}
      </p>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={missing.length > 0} onPress={accept}>
          Accept
        </Button>
      </DialogActions>
    </Dialog>
  )
}

export function dayProblem(day: string, today: string, what: string): string | null {
  if (!isDay(day)) return 'Give a day.'
  const days = daysBetween(today, day)
  if (days < 0) return 'This day is past.'
  return days > longestDays ? `${what} is at most a year away.` : null
}
