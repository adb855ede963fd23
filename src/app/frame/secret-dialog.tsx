/** Asks for a passphrase when something sealed is opened, or twice where it is new; what is typed is held only as long as the dialog is open. */
import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { Note } from '../components/panel.tsx'
import { passphraseRule } from '../people/new-passphrase.ts'
import { useSecretQuestion } from '../session/question.ts'

export function SecretDialog() {
  const { question, answer } = useSecretQuestion()
  const [secret, setSecret] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question begins with empty fields
  useEffect(() => {
    setSecret('')
    setAgain('')
    setProblem(null)
  }, [question])
  const fresh = question?.fresh
  const said = problem ?? question?.problem ?? null
  const give = (): void => {
    if (secret === '') return
    const fault = fresh ? (fresh(secret) ?? (secret === again ? null : 'The two passphrases differ.')) : null
    if (fault === null) answer({ kind: 'secret', secret })
    else setProblem(fault)
  }
  return (
    <Dialog title={question?.title ?? ''} open={question !== null} onClose={() => answer({ kind: 'cancel' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          give()
        }}
      >
        <p>{question?.text}</p>
        {said !== null && <Note mark="error">{said}</Note>}
        <Field
          label={fresh ? 'New passphrase' : 'Passphrase or recovery key'}
          type="password"
          value={secret}
          onChange={setSecret}
          autoComplete={fresh ? 'new-password' : 'off'}
          {...(fresh && { hint: passphraseRule })}
        />
        {fresh && <Field label="The same again" type="password" value={again} onChange={setAgain} autoComplete="new-password" />}
        <DialogActions>
          <Button onPress={() => answer({ kind: 'cancel' })}>Cancel</Button>
          {question?.without !== false && <Button onPress={() => answer({ kind: 'without' })}>Open without it</Button>}
          <Button look="primary" type="submit" isDisabled={secret === '' || (fresh !== undefined && again === '')}>
            {fresh ? 'Make the key' : 'Open'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
