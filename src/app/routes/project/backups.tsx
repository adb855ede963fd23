/** Backups in Settings: where they go, what becomes of the private part, when the last one was written, what went wrong, and a download where no folder can be had. */
import { useState } from 'react'
import { foldersCanBeChosen } from '../../../io/files/folder-browser.ts'
import { Button } from '../../components/button.tsx'
import { formatMoment } from '../../components/format.ts'
import { Facts, Note } from '../../components/panel.tsx'
import {
  backUpNow,
  chooseBackupFolder,
  downloadBackup,
  leavePrivateOut,
  sealBackups,
  stopBackups,
  useBackup,
} from '../../keeping/backup.ts'
import { SealDialog } from './seal-dialog.tsx'

/** What is done once it is decided what becomes of the private part. */
type Next = (() => Promise<void>) | null

export function Backups() {
  const { folder, last, problem, hidden } = useBackup()
  const [next, setNext] = useState<Next>(null)
  const can = foldersCanBeChosen()
  const decided = (then: () => Promise<void>): void => {
    if (useBackup.getState().hidden === null) setNext(() => then)
    else void then()
  }
  const choose = async (): Promise<void> => {
    if (await chooseBackupFolder()) decided(backUpNow)
  }
  const close = (sealed: boolean): void => {
    setNext(null)
    if (sealed) void next?.()
  }
  const leaveOut = async (): Promise<void> => {
    await leavePrivateOut()
    await next?.()
  }
  return (
    <section aria-label="Backups">
      <h2>Backups</h2>
      {(folder || hidden !== null) && (
        <Facts
          items={[
            ...(folder
              ? [
                  { name: 'Folder', value: folder.name },
                  { name: 'Last backup in this visit', value: last ? `${formatMoment(last.at)} · ${last.name}` : 'none yet' },
                ]
              : []),
            { name: 'Private part', value: hiddenWords(hidden) },
          ]}
        />
      )}
      {problem !== null && <Note mark="error">{problem}</Note>}
      {!folder && (
        <Note mark="warning">
          {can
            ? 'No folder for backups is chosen: what this browser keeps is the only copy unless you save one.'
            : 'This browser does not let pages write into folders. Download a backup after each working day and after each signature.'}
        </Note>
      )}
      {folder && hidden === 'left out' && (
        <Note mark="warning">
          Backups hold no private part: after a loss the names of drawn records and the comments of readers are gone, and nobody
          can read on.
        </Note>
      )}
      <div className="row-start">
        {can && !folder && <Button onPress={() => void choose()}>Choose a folder for backups…</Button>}
        {folder && <Button onPress={() => decided(backUpNow)}>Back up now</Button>}
        <Button onPress={() => decided(downloadBackup)}>Download a backup</Button>
        {hidden !== null && (
          <Button onPress={() => setNext(() => (folder ? backUpNow : downloadBackup))}>
            {hidden === 'sealed' ? 'Change the passphrase…' : 'Seal the private part…'}
          </Button>
        )}
        {folder && <Button onPress={() => void stopBackups()}>Stop backups</Button>}
      </div>
      <p className="muted">
        Written after every signature, every 25 verdicts and ten minutes of changes; read back each time; the last five are left,
        and as many without the private part. The ledger names each one that holds the private part, which is encrypted in it.
        Open it like any project.
      </p>
      <SealDialog
        open={next !== null}
        title="Backups with the private part sealed"
        text="The private part names the drawn records and holds the comments of readers. Choose a passphrase once: every backup from now on is sealed under it, and it is kept nowhere. Backups written earlier keep theirs."
        action="Seal and back up"
        seal={sealBackups}
        leaveOut={() => void leaveOut()}
        onClose={close}
      />
    </section>
  )
}

function hiddenWords(hidden: 'sealed' | 'left out' | null): string {
  if (hidden === 'sealed') return 'sealed under your passphrase; the recovery key opens it as well'
  return hidden === null ? 'not chosen yet: no backup is written by itself' : 'left out'
}
