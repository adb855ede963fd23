/** Asks who is working before anything is recorded in a name; a name whose key is here asks for its passphrase. */
import { useEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Note } from '../components/panel.tsx'
import { sitDown, useHasKey } from '../people/sit-down.ts'
import { useWorkspace } from '../session/state.ts'
import styles from './who-works.module.css'

export function useNamed(): boolean {
  // A bundle says who reads it.
  return useWorkspace((w) => w.project?.manifest.reader !== undefined || (w.person?.name ?? '').trim() !== '')
}

interface WhoWorksProps {
  readonly question: string
  readonly button: string
  readonly className: string
  /** On a phone one line until somebody answers, so that what the question is about can be seen. */
  readonly folds?: boolean
  /** What is good to know before the first press. */
  readonly hint?: string
  readonly onNamed?: () => void
}

export function WhoWorks({ question, button, className, folds = false, hint, onNamed }: WhoWorksProps) {
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState(!folds)
  const project = useWorkspace((w) => w.project !== null)
  const hasKey = useHasKey(project ? name : '') === true
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // Whoever unfolds the line is going to type.
    if (folds && open) form.current?.querySelector('input')?.focus()
  }, [folds, open])
  const take = async (): Promise<void> => {
    setBusy(true)
    const refusal = await sitDown({ name, role }, hasKey ? secret : null)
    setBusy(false)
    setProblem(refusal)
    if (refusal === null) onNamed?.()
  }
  return (
    <form
      ref={form}
      className={`${className} ${styles.who} ${open ? '' : styles.folded}`}
      aria-label={question}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '' && !busy) void take()
      }}
    >
      <p>
        <strong>{question}</strong>
      </p>
      {!open && (
        <div className={styles.unfold}>
          <Button large aria-expanded={false} onPress={() => setOpen(true)}>
            Give your name
          </Button>
        </div>
      )}
      <Field label="Full name" value={name} onChange={setName} autoComplete="off" />
      <Field label="Role" value={role} onChange={setRole} autoComplete="off" />
      {hasKey && (
        <Field label="Passphrase of this person's key" type="password" value={secret} onChange={setSecret} autoComplete="off" />
      )}
      {problem !== null && <Note mark="error">{problem}</Note>}
      <Button large look="primary" type="submit" isDisabled={name.trim() === '' || busy}>
        {button}
      </Button>
      <p className={`caption muted ${styles.why}`}>
        {name.trim() === '' ? `${button} needs your full name: what you do here bears it.` : hint}
      </p>
    </form>
  )
}
