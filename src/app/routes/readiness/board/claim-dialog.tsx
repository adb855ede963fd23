/** A named person states what nothing can compute: text, name, role, reason and a day on which it ends. */
import { useState } from 'react'
import type { JudgedCriterion } from '../../../../core/readiness/board/board.ts'
import { nameOf } from '../../../../core/readiness/board/report.ts'
import { lastDayOf, longestClaim } from '../../../../core/readiness/evidence/claim.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { daysBetween, dayText, isDay } from '../../../../core/values/day.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { ActingAs } from '../../../frame/acting-as.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { openProject, setWorkspace, useWorkspace } from '../../../session/state.ts'
import { recordStatement } from '../acts/board-acts.ts'

interface ClaimDialogProps {
  readonly judged: JudgedCriterion
  readonly asOf: string
  readonly onClose: () => void
}

export function ClaimDialog({ judged, asOf, onClose }: ClaimDialogProps) {
  const person = useWorkspace((w) => w.person)
  const [text, setText] = useState(judged.criterion.sayable?.text ?? '')
  const [by, setBy] = useState('')
  const [typedRole, setRole] = useState<string | null>(null)
  const role = typedRole ?? person?.role ?? ''
  const [reason, setReason] = useState('')
  const [expires, setExpires] = useState(lastDayOf(asOf))
  const expiryProblem = problemOf(expires, asOf)
  const complete = [text, person?.name ?? by, role, reason].every((value) => value.trim() !== '') && expiryProblem === null
  const state = (): void => {
    onClose()
    const named = { name: (person?.name ?? by).trim(), role: role.trim() }
    if (!person) setWorkspace({ person: named })
    void recordStatement({
      id: nextId(slugOf(judged.criterion.code)),
      criterion: judged.criterion.code,
      text: text.trim(),
      by: named.name,
      role: named.role,
      reason: reason.trim(),
      at: wallNow(),
      expires,
    })
  }
  return (
    <Dialog
      title={`${judged.criterion.sayable?.action.replace('…', '') ?? 'State a claim'}: ${nameOf(judged).toLowerCase()}`}
      open
      onClose={onClose}
    >
      <p>
        {judged.criterion.sayable ? 'It counts only while the data hold nothing of this.' : judged.criterion.remedy} A claim is
        shown as claimed, never as proven; the phase is at best at risk while it rests on one. It enters the ledger under your
        name.
      </p>
      <Field label="What you state" lines={2} value={text} onChange={setText} autoFocus />
      {person === null ? (
        <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
      ) : (
        <ActingAs words="You state it as" />
      )}
      <Field label="Your role" value={role} onChange={setRole} />
      <Field label="Reason" hint="what you have seen or done that lets you say so" value={reason} onChange={setReason} />
      <Field
        label="Ends on"
        hint={`at most ${longestClaim} days from today, ${dayText(lastDayOf(asOf))}`}
        type="date"
        value={expires}
        onChange={setExpires}
        problem={expiryProblem}
      />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={!complete} onPress={state}>
          State this claim
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function problemOf(expires: string, asOf: string): string | null {
  if (!isDay(expires)) return 'Give a day.'
  const days = daysBetween(asOf, expires)
  if (days < 0) return 'This day is past.'
  return days > longestClaim ? `A claim ends within ${longestClaim} days; the last day is ${dayText(lastDayOf(asOf))}.` : null
}

function nextId(slug: string): string {
  const taken = new Set(openProject().board.statements.map((statement) => statement.id))
  let n = 1
  while (taken.has(`${slug}-${n}`)) n++
  return `${slug}-${n}`
}
