/** Asks for a passphrase when something sealed is opened; what is typed is held only as long as the dialog is open. */
import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { Note } from '../components/panel.tsx'
import { useSecretQuestion } from '../workspace/question.ts'

export function SecretDialog() {
  const { question, answer } = useSecretQuestion()
  const [secret, setSecret] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question begins with an empty field
  useEffect(() => setSecret(''), [question])
  return (
    <Dialog title={question?.title ?? ''} open={question !== null} onClose={() => answer({ kind: 'cancel' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (secret !== '') answer({ kind: 'secret', secret })
        }}
      >
        <p>{question?.text}</p>
        {question?.problem !== null && question !== null && <Note mark="error">{question.problem}</Note>}
        <Field label="Passphrase or recovery key" type="password" value={secret} onChange={setSecret} autoComplete="off" />
        <DialogActions>
          <Button onPress={() => answer({ kind: 'cancel' })}>Cancel</Button>
          {question?.without !== false && <Button onPress={() => answer({ kind: 'without' })}>Open without it</Button>}
          <Button look="primary" type="submit" isDisabled={secret === ''}>
            Open
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
