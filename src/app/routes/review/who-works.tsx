/** Asks who is working before anything is recorded in a name. */
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { keepSettings } from '../../workspace/settings.ts'
import { setWorkspace, useWorkspace } from '../../workspace/state.ts'
import styles from './who-works.module.css'

export function useNamed(): boolean {
  // A bundle says who reads it.
  return useWorkspace((w) => w.project?.manifest.reader !== undefined || (w.person?.name ?? '').trim() !== '')
}

export function WhoWorks({
  question,
  button,
  className,
  folds = false,
}: {
  readonly question: string
  readonly button: string
  readonly className: string
  /** On a phone one line until somebody answers, so that what the question is about can be seen. */
  readonly folds?: boolean
}) {
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  const [open, setOpen] = useState(!folds)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // Whoever unfolds the line is going to type.
    if (folds && open) form.current?.querySelector('input')?.focus()
  }, [folds, open])
  return (
    <form
      ref={form}
      className={`${className} ${styles.who} ${open ? '' : styles.folded}`}
      aria-label={question}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        setWorkspace({ person: { name: name.trim(), role: role.trim() } })
        void keepSettings()
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
      <Field label="Full name" value={name} onChange={setName} autoComplete="name" />
      <Field label="Role" value={role} onChange={setRole} autoComplete="organization-title" />
      <Button large look="primary" type="submit" isDisabled={name.trim() === ''}>
        {button}
      </Button>
    </form>
  )
}
