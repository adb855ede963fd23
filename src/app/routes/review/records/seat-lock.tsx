/** The screen after idle minutes: nothing of a patient is shown until the same person goes on, or somebody else says who they are. */
import { useEffect, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Note, PageHead } from '../../../components/panel.tsx'
import { SwitchDialog } from '../../../frame/reader-seat.tsx'
import { idleMinutes } from '../../../people/seat.ts'
import { goOnReading, useHasKey } from '../../../people/sit-down.ts'
import { useWorkspace } from '../../../session/state.ts'
import styles from './records.module.css'

export function SeatLock() {
  const name = useWorkspace((w) => w.person?.name ?? '')
  const hasKey = useHasKey(name)
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [switching, setSwitching] = useState(false)
  // What had the focus is gone with the record.
  useEffect(() => document.getElementById('page-title')?.focus(), [])
  const goOn = async (): Promise<void> => {
    setBusy(true)
    const refusal = await goOnReading(hasKey ? secret : null)
    setBusy(false)
    setProblem(refusal)
  }
  return (
    <div className="stack large prose">
      <PageHead title="Are you still the one who reads?" />
      <p>
        Nobody touched this screen for {idleMinutes} minutes, or it was locked. Everything said so far is kept, and so is a
        comment that was half written.
      </p>
      <form
        className={styles.secret}
        onSubmit={(event) => {
          event.preventDefault()
          if (hasKey !== null && !busy) void goOn()
        }}
      >
        {hasKey && (
          <Field label="Passphrase of your key" type="password" value={secret} onChange={setSecret} autoComplete="off" />
        )}
        {problem !== null && <Note mark="error">{problem}</Note>}
        <div className="row-start">
          <Button large look="primary" type="submit" isDisabled={hasKey === null || busy || (hasKey && secret === '')}>
            Go on as {name}
          </Button>
          <Button large onPress={() => setSwitching(true)}>
            Somebody else reads…
          </Button>
        </div>
      </form>
      <SwitchDialog open={switching} onClose={() => setSwitching(false)} />
    </div>
  )
}
