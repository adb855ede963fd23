/** A reader's bundle on a tablet: its passphrase, whose it is and how far it is read, and the way back for the answers. */
import { useEffect, useState } from 'react'
import type { ReaderMark } from '../../../../core/project/format/project.ts'
import { decisionsOf } from '../../../../core/review/decision/decision.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note, PageHead } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { lockBundle } from '../../../session/unlocked-bundle.ts'
import { saveAnswers, unlockBundle } from '../acts/reader-bundle.ts'
import styles from './records.module.css'

/** Records are read only while somebody who knows the passphrase sits here. */
export function ReaderLocked({ mark }: { readonly mark: ReaderMark }) {
  return (
    <div className="stack large prose">
      <PageHead title="Review records" />
      <PassphraseForm
        words={`The records of this bundle are sealed on this device. Enter its passphrase, ${mark.name}, to read on; verdicts given so far are kept.`}
        button="Show the records"
        onGive={unlockBundle}
        onDone={() => undefined}
      />
    </div>
  )
}

export function ReaderBar({ mark }: { readonly mark: ReaderMark }) {
  const [handing, setHanding] = useState(false)
  return (
    <section className={`box row apart ${styles.warm}`} aria-label="This bundle">
      <p>
        Bundle for <strong>{mark.name}</strong>
      </p>
      <div className="row-start">
        <Button onPress={lockBundle}>Lock</Button>
        <Button onPress={() => setHanding(true)}>Hand back answers…</Button>
      </div>
      <HandBack open={handing} onClose={() => setHanding(false)} />
    </section>
  )
}

/** Everything was read: nothing is concluded here, the answers go back. */
export function ReaderDone({ mark }: { readonly mark: ReaderMark }) {
  const drawn = useWorkspace((w) => w.project?.review.draw?.records.length ?? 0)
  const events = useWorkspace((w) => w.project?.review.events ?? [])
  const [handing, setHanding] = useState(false)
  const read = [...decisionsOf(events).values()].filter(({ state }) => state === 'judged').length
  useEffect(() => document.getElementById('page-title')?.focus(), [])
  return (
    <div className="stack large prose">
      <PageHead title="Review records">
        <Button look="primary" large onPress={() => setHanding(true)}>
          Hand back answers…
        </Button>
      </PageHead>
      <p>
        <strong>
          {read} of {drawn} records read, {mark.name}.
        </strong>
      </p>
      <Note mark="waiting">
        Hand the answers back to the team: they open the file in their project, and your verdicts join it. You can change a
        verdict and hand them back again until the review is signed.
      </Note>
      <p>
        <a href="#/review/records/1">Look at the records again</a>
      </p>
      <HandBack open={handing} onClose={() => setHanding(false)} />
    </div>
  )
}

function HandBack({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [saved, setSaved] = useState(false)
  const close = (): void => {
    setSaved(false)
    onClose()
  }
  return (
    <Dialog title={saved ? 'The answers are in a file' : 'Hand back the answers'} open={open} onClose={close}>
      {saved ? (
        <>
          <p>
            Send or carry the file to the team. It is sealed with the passphrase of the bundle. Your verdicts stay on this device
            until you erase the bundle in Settings; do that once the team says that they have joined the project.
          </p>
          <DialogActions>
            <Button look="primary" onPress={close}>
              Done
            </Button>
          </DialogActions>
        </>
      ) : (
        <PassphraseForm
          words="Your verdicts and comments go into a file, sealed with the passphrase of the bundle. No record is in it."
          button="Seal and save the answers"
          onGive={saveAnswers}
          onDone={() => setSaved(true)}
        />
      )}
    </Dialog>
  )
}

function PassphraseForm({
  words,
  button,
  onGive,
  onDone,
}: {
  readonly words: string
  readonly button: string
  readonly onGive: (secret: string) => Promise<string | null>
  readonly onDone: () => void
}) {
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const give = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const refusal = await onGive(secret)
    setBusy(false)
    setProblem(refusal)
    if (refusal === null) onDone()
  }
  return (
    <form
      className={styles.secret}
      onSubmit={(event) => {
        event.preventDefault()
        if (secret !== '' && !busy) void give()
      }}
    >
      <p>{words}</p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <Field label="Passphrase" type="password" value={secret} onChange={setSecret} autoComplete="off" />
      <Button large look="primary" type="submit" isDisabled={secret === '' || busy}>
        {busy ? 'One moment…' : button}
      </Button>
    </form>
  )
}
