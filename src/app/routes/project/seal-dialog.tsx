/** A passphrase for the private part that leaves this browser, then its recovery key, shown once. */
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { passphraseRule, twiceTypedFault } from '../../people/new-passphrase.ts'

interface Sealing {
  readonly open: boolean
  readonly title: string
  readonly text: string
  readonly action: string
  /** Gives the recovery key. */
  readonly seal: (passphrase: string) => Promise<string>
  /** Where the private part may be left out instead. */
  readonly leaveOut?: () => void
  readonly onClose: (sealed: boolean) => void
}

export function SealDialog({ open, title, text, action, seal: sealed, leaveOut, onClose }: Sealing) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const close = (): void => {
    for (const set of [setPassphrase, setAgain]) set('')
    setRecoveryKey(null)
    setProblem(null)
    onClose(recoveryKey !== null)
  }
  const seal = async (): Promise<void> => {
    const fault = twiceTypedFault(passphrase, again)
    if (fault !== null) return setProblem(fault)
    setBusy(true)
    setProblem(null)
    try {
      setRecoveryKey(await sealed(passphrase))
    } catch (error) {
      setProblem(`Nothing was saved: ${error instanceof Error ? error.message : String(error)}`)
    }
    setBusy(false)
  }
  if (recoveryKey !== null)
    return (
      <Dialog title="Sealed. Write down the recovery key" open={open} onClose={close}>
        <p>
          It opens the file if the passphrase is lost. It is kept nowhere and can not be shown again; keep it on paper, apart from
          the file.
        </p>
        <p>
          <code>{recoveryKey}</code>
        </p>
        <DialogActions>
          <Button look="primary" onPress={close}>
            I wrote it down
          </Button>
        </DialogActions>
      </Dialog>
    )
  return (
    <Dialog title={title} open={open} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void seal()
        }}
      >
        <p>{text}</p>
        {problem !== null && <Note mark="error">{problem}</Note>}
        <Field
          label="Passphrase"
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="new-password"
          hint={passphraseRule}
        />
        <Field label="The same again" type="password" value={again} onChange={setAgain} autoComplete="new-password" />
        <DialogActions>
          <Button onPress={close}>Cancel</Button>
          {leaveOut && (
            <Button
              onPress={() => {
                close()
                leaveOut()
              }}
            >
              Leave the private part out
            </Button>
          )}
          <Button look="primary" type="submit" isDisabled={busy}>
            {busy ? 'Sealing…' : action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
