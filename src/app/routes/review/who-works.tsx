/** Asks who is working before anything is recorded in a name. */
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { keepSettings } from '../../workspace/settings.ts'
import { setWorkspace, useWorkspace } from '../../workspace/state.ts'

export function useNamed(): boolean {
  // A bundle says who reads it.
  return useWorkspace((w) => w.project?.manifest.reader !== undefined || (w.person?.name ?? '').trim() !== '')
}

export function WhoWorks({
  question,
  button,
  className,
}: {
  readonly question: string
  readonly button: string
  readonly className: string
}) {
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  return (
    <form
      className={className}
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
      <Field label="Full name" value={name} onChange={setName} autoComplete="name" />
      <Field label="Role" value={role} onChange={setRole} autoComplete="organization-title" />
      <Button large look="primary" type="submit" isDisabled={name.trim() === ''}>
        {button}
      </Button>
    </form>
  )
}
