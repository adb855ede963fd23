/** Bundles for readers: one sealed file for a named person and his or her device, and what came back of those written before. */

import { useMemo, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { bundleIssued, bundleName } from '../../../../core/project/exchange/reader-bundle.ts'
import { bundleOpened } from '../../../../core/project/sample/reader-chain.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { openFiles } from '../../../opening/open.ts'
import { passphraseRule, twiceTypedFault } from '../../../people/new-passphrase.ts'
import { useWorkspace } from '../../../session/state.ts'
import { missingSources } from '../../data/acts/sources.ts'
import { recordsForBundle, withoutPrepared, writeBundle } from '../acts/reader-bundle.ts'
import styles from './plan.module.css'
export function ReaderBundles() {
  const [writing, setWriting] = useState(false)
  const ledger = useWorkspace((w) => w.project?.ledger ?? [])
  const missing = useWorkspace((w) => (w.project ? missingSources().length > 0 : true))
  const written = useMemo(
    () =>
      ledger
        .filter(({ action }) => action === bundleIssued)
        .map((entry) => ({ entry, back: ledger.filter((each) => isAnswerOf(each, entry.object, ledger)).length })),
    [ledger],
  )
  return (
    <section className={`card stack-wide ${styles.card}`} aria-label="Bundles for readers">
      <h2>Bundles for readers</h2>
      <p className="muted">
        A reader can work on a device of his or her own: one sealed file with the records that wait, and nothing of the rest of
        the project. The answers come back as a file that you open here. Deciding between two readers is done here.
      </p>
      {written.length > 0 && (
        <ol className={`stack ${styles.steps}`}>
          {written.map(({ entry, back }) => (
            <li key={entry.hash}>
              <SeverityMark mark={back > 0 ? 'ok' : 'waiting'} label={back > 0 ? 'Answers came back' : 'No answers yet'} />
              <div>
                <strong>{entry.object.slice(bundleName('').length)}</strong>
                <p className="muted">
                  written {formatMoment(entry.time.wall)} ·{' '}
                  {back === 0 ? 'no answers yet' : `${formatNumber(back)} verdicts came back`}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      {missing ? (
        <p className="muted">Bring the source files first: a bundle holds both sides of its records.</p>
      ) : (
        <div className="row-start">
          <Button onPress={() => setWriting(true)}>Write a bundle…</Button>
          <FileTrigger onSelect={(list) => list && void openFiles([...list])}>
            <Button>Open answers…</Button>
          </FileTrigger>
        </div>
      )}
      <WriteBundle open={writing} onClose={() => setWriting(false)} />
    </section>
  )
}

/** Verdicts in the chain that an opening of this bundle began. */
function isAnswerOf(
  entry: { readonly action: string; readonly device: string },
  bundle: string,
  ledger: readonly { readonly action: string; readonly object: string; readonly device: string }[],
): boolean {
  if (entry.action !== 'verdict') return false
  return ledger.some(({ action, object, device }) => action === bundleOpened && object === bundle && device === entry.device)
}

const shares = [1, 2, 3, 4, 5, 6].flatMap((of) => Array.from({ length: of }, (_, index) => ({ number: index + 1, of })))

function WriteBundle({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const project = useWorkspace((w) => w.project)
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  const [share, setShare] = useState(0)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const part = shares[share] ?? { number: 1, of: 1 }
  const count = useMemo(
    () => (open && project && name.trim() !== '' ? recordsForBundle(project, name, part) : null),
    [open, project, name, part],
  )
  const unprepared = useMemo(() => (project && count ? withoutPrepared(project, name) : false), [project, count, name])
  const close = (): void => {
    for (const set of [setName, setRole, setPassphrase, setAgain]) set('')
    setRecoveryKey(null)
    setProblem(null)
    onClose()
  }
  const write = async (): Promise<void> => {
    if (name.trim() === '') return setProblem('Say whose bundle it is: the verdicts in it are recorded under this name.')
    const fault = twiceTypedFault(passphrase, again)
    if (fault !== null) return setProblem(fault)
    setBusy(true)
    setProblem(null)
    const written = await writeBundle({ name, role, part, passphrase })
    setBusy(false)
    if (written.ok) setRecoveryKey(written.recoveryKey)
    else setProblem(written.problem)
  }
  if (recoveryKey !== null)
    return (
      <Dialog title="The bundle is written" open={open} onClose={close}>
        <p>
          Give the file and the passphrase to {name} by two different ways. If the passphrase is lost, this recovery key opens the
          bundle; it is kept nowhere and can not be shown again.
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
    <Dialog title="Write a bundle for a reader" open={open} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void write()
        }}
      >
        <Field label="Full name of the reader" value={name} onChange={setName} autoComplete="off" />
        <Field label="Role of the reader" value={role} onChange={setRole} autoComplete="off" />
        <label className="row">
          Records{' '}
          <select value={share} onChange={(event) => setShare(Number(event.target.value))}>
            {shares.map(({ number, of }, index) => (
              <option key={`${number}/${of}`} value={index}>
                {of === 1 ? 'all that wait for this reader' : `part ${number} of ${of}`}
              </option>
            ))}
          </select>
        </label>
        <p className="muted" role="status">
          {count === null
            ? 'With several readers, give each another part.'
            : count === 0
              ? 'No record waits for this reader.'
              : `${formatNumber(count)} records, in the order they are read.`}
        </p>
        {unprepared && (
          <Note mark="warning">
            This bundle opens without prepared records: earlier sessions and bundles of this reader have shown all there are. The
            reader is asked to leave them out with this as the reason, which the certificate prints.
          </Note>
        )}
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
          <Button look="primary" type="submit" isDisabled={busy || count === 0}>
            {busy ? 'Writing…' : 'Seal and save'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
