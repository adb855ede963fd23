/** Settings: who works here, how it looks, keys, privacy, and what this browser keeps. */

import { useEffect, useState } from 'react'
import { errorWords } from '../../../core/values/error-words.ts'
import { foldersCanBeChosen } from '../../../io/files/folder-browser.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { formatBytes } from '../../components/format.ts'
import { Facts, Note, PageHead } from '../../components/panel.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { SwitchDialog } from '../../frame/reader-seat.tsx'
import { useNamed, WhoWorks } from '../../frame/who-works.tsx'
import { saveProjectFile, saveProjectFolder } from '../../keeping/save.ts'
import { saveSealedFile } from '../../keeping/sealed.ts'
import { browserStore } from '../../session/browser-store.ts'
import { useKnownShapes } from '../../session/known-shapes.ts'
import { keepSettings } from '../../session/settings.ts'
import { type RoleLens, setWorkspace, useWorkspace, type Workspace } from '../../session/state.ts'
import { setSingleKeys, singleKeysAllowed } from '../../window/keys.ts'
import { EraseButton } from '../erase-button.tsx'
import { saveRedacted } from './acts/redacted.ts'
import { Backups } from './backups.tsx'
import { LogoPanel } from './logo-panel.tsx'
import styles from './project.module.css'
import { RolesPanel } from './roles-panel.tsx'
import { SealDialog } from './seal-dialog.tsx'

const themes: readonly (readonly [Workspace['theme'], string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]
const lenses: readonly (readonly [RoleLens, string])[] = [
  ['everyone', 'Everyone'],
  ['analyst', 'Analyst'],
  ['data', 'Data team'],
  ['clinician', 'Clinician'],
]

export function SettingsPage() {
  const theme = useWorkspace((w) => w.theme)
  const lens = useWorkspace((w) => w.lens)
  const named = useNamed()
  const [sealing, setSealing] = useState(false)
  const project = useWorkspace((w) => w.project)
  const [keys, setKeys] = useState(singleKeysAllowed)
  const shapes = useKnownShapes(({ allowed }) => allowed)
  const set = (change: Partial<Workspace>): void => {
    setWorkspace(change)
    void keepSettings()
  }
  return (
    <div className={styles.page}>
      <PageHead title="Settings" />
      <section>
        <h2>Who works here</h2>
        <p className="muted">Used in the ledger and on signatures. It stays in this browser and in projects you sign.</p>
        {named ? (
          <WhoIsHere />
        ) : (
          <WhoWorks question="Who works here?" button="Work in this name" className={`row-end ${styles.who}`} />
        )}
      </section>
      <section>
        <Choice label="Working as" value={lens} choices={lenses} onChange={(value) => set({ lens: value })} />
        <p className="muted">A lens on the navigation, not a permission: it never hides a finding.</p>
      </section>
      <section>
        <Choice label="Theme" value={theme} choices={themes} onChange={(value) => set({ theme: value })} />
      </section>
      <section>
        <Toggle
          on={keys}
          onChange={(on) => {
            setKeys(on)
            setSingleKeys(on)
            void keepSettings()
          }}
        >
          Single-letter shortcuts {keys ? 'on' : 'off'}
        </Toggle>
      </section>
      <section>
        <h2>Proposals of the mapping</h2>
        <p className="muted">
          Known systems are recognised by the columns of their tables; their published definitions then are one more reason to
          propose a line.
        </p>
        <Toggle
          on={shapes}
          onChange={(allowed) => {
            useKnownShapes.setState({ allowed })
            void keepSettings()
          }}
        >
          Known systems {shapes ? 'on' : 'off'}
        </Toggle>
      </section>
      <StorageUsed />
      {project && !project.manifest.reader && <LogoPanel project={project} />}
      {project && !project.manifest.reader && <Backups />}
      {!project?.manifest.reader && <RolesPanel />}
      {project && (
        <section>
          <h2>This project</h2>
          <div className="row-start">
            {!project.manifest.reader && <SaveButtons onSeal={() => setSealing(true)} />}
            <EraseButton id={project.manifest.id} name={project.manifest.name} />
          </div>
          {project.manifest.reader && (
            <p className="muted">
              A bundle for {project.manifest.reader.name}: its records stay sealed on this device. Erasing removes them and the
              verdicts given here; hand the answers back first.
            </p>
          )}
          {!project.manifest.reader && (
            <p className="muted">
              The plain file leaves out <code>private/</code>: salt, comments and anything about persons stay here; the sealed one
              holds them encrypted. A folder on your disk holds them, too; the files of your sources stay where they are. Erasing
              removes everything this browser keeps of the project, its signing keys too; a saved file or folder is not touched.
            </p>
          )}
          <SealDialog
            open={sealing}
            title="Save with the private part sealed"
            text="The file then holds the names of drawn records and the comments of readers, encrypted. Source files are not in it. Whoever opens it needs the passphrase; tell it by another way than the file."
            action="Seal and save"
            seal={saveSealedFile}
            onClose={() => setSealing(false)}
          />
        </section>
      )}
    </div>
  )
}

/** A name is not edited: whoever takes the place of somebody else says so. */
function WhoIsHere() {
  const person = useWorkspace((w) => w.person)
  const mark = useWorkspace((w) => w.project?.manifest.reader)
  const [switching, setSwitching] = useState(false)
  if (mark) return <p>{mark.name}, whose bundle this is</p>
  return (
    <div className="row-start">
      <p>
        <strong>{person?.name}</strong>
        {person?.role ? `, ${person.role}` : ''}
      </p>
      <Button onPress={() => setSwitching(true)}>Switch…</Button>
      <SwitchDialog open={switching} onClose={() => setSwitching(false)} />
    </div>
  )
}

function SaveButtons({ onSeal }: { readonly onSeal: () => void }) {
  return (
    <>
      <Button onPress={() => void saveProjectFile()}>Save as .carryover file</Button>
      <Button onPress={onSeal}>Save with the private part sealed…</Button>
      <Button onPress={() => void saveRedacted().then((refusal) => refusal !== null && setWorkspace({ problem: refusal }))}>
        Save for the committee, without data
      </Button>
      {foldersCanBeChosen() && <Button onPress={() => void saveProjectFolder()}>Save to a folder…</Button>}
    </>
  )
}

function StorageUsed() {
  const [used, setUsed] = useState<{
    usage: number
    quota: number
    persisted: boolean
    uncopied: string | null
    unsealed: string | null
  } | null>(null)
  const kept = useWorkspace((w) => w.kept)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after every save
  useEffect(() => {
    let shown = true
    void (async () => {
      const [{ usage = 0, quota = 0 }, persisted, uncopied, unsealed] = await Promise.all([
        navigator.storage.estimate(),
        navigator.storage.persisted(),
        browserStore().then((store) => store.withoutSecondCopy(), errorWords),
        browserStore().then((store) => store.unsealed(), errorWords),
      ])
      if (shown) setUsed({ usage, quota, persisted, uncopied, unsealed })
    })()
    return () => {
      shown = false
    }
  }, [kept])
  if (!used) return null
  return (
    <section>
      <h2>What this browser keeps</h2>
      <Facts
        items={[
          { name: 'Used by Carryover', value: formatBytes(used.usage) },
          { name: 'Room in this browser', value: formatBytes(used.quota) },
          { name: 'Protected from clean-up', value: used.persisted ? 'yes' : 'no' },
          {
            name: 'Second copy of the last save',
            value: kept?.where !== 'browser' ? 'nothing saved here yet' : used.uncopied === null ? 'yes' : 'no',
          },
        ]}
      />
      <p className="muted">
        Every save is written twice: to the database of this browser and to its private file system. If one is damaged, the
        project is restored from the other when it is opened. Where the second could not be written, the line at the foot of the
        page says so. The private part and the settings are sealed under keys that “Erase from this browser” destroys. The folder
        and the passphrase of backups and the key of this device are in the database only.
      </p>
      {used.uncopied !== null && (
        <Note mark="warning">
          The last save has no second copy ({used.uncopied}). It is kept in the database of this browser; save the project to a
          file as well.
        </Note>
      )}
      {used.unsealed !== null && (
        <Note mark="warning">
          The private part of the project is kept as plain text ({used.unsealed}). Whoever reads the disk of this device can read
          it, also after the project was erased.
        </Note>
      )}
      {!used.persisted && (
        <Note mark="warning">
          This browser may remove stored projects when space is short. Save the project to a file after each working day.{' '}
          <Button onPress={() => void navigator.storage.persist().then((persisted) => setUsed({ ...used, persisted }))}>
            Ask the browser to protect them
          </Button>
        </Note>
      )}
    </section>
  )
}
