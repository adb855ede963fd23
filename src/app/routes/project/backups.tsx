/** Backups in Settings: where they go, when the last one was written, what went wrong, and a download where no folder can be had. */
import { foldersCanBeChosen } from '../../../io/folder-browser.ts'
import { Button } from '../../components/button.tsx'
import { Facts, Note } from '../../components/panel.tsx'
import { formatMoment } from '../../format.ts'
import { backUpNow, chooseBackupFolder, downloadBackup, stopBackups, useBackup } from '../../workspace/backup.ts'
import styles from './project.module.css'

export function Backups() {
  const { folder, last, problem } = useBackup()
  const can = foldersCanBeChosen()
  return (
    <section aria-label="Backups">
      <h2>Backups</h2>
      {folder && (
        <Facts
          items={[
            { name: 'Folder', value: folder.name },
            { name: 'Last backup in this visit', value: last ? `${formatMoment(last.at)} · ${last.name}` : 'none yet' },
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
      <div className={styles.choices}>
        {can && !folder && <Button onPress={() => void chooseBackupFolder()}>Choose a folder for backups…</Button>}
        {folder && <Button onPress={() => void backUpNow()}>Back up now</Button>}
        {folder && <Button onPress={() => void stopBackups()}>Stop backups</Button>}
        <Button onPress={downloadBackup}>Download a backup</Button>
      </div>
      <p className="muted">
        Written after every signature, every 25 verdicts and ten minutes of changes; read back each time; the last five are left.
        A backup holds the private part as it is, so choose a folder on a disk that is encrypted. Open it like any project.
      </p>
    </section>
  )
}
