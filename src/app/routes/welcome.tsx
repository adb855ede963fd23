/** First run: three ways in, and how to check that nothing leaves this browser. */

import { lazy, Suspense, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { sampleId } from '../../core/project/format/sample-name.ts'
import { foldersCanBeChosen } from '../../io/files/folder-browser.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { FileDrop } from '../components/file-drop.tsx'
import { formatMoment } from '../components/format.ts'
import { Progress } from '../components/progress.tsx'
import { openFiles, openKept, openProjectFolder, openSample } from '../opening/opening.ts'
import { useKeptProjects } from '../session/kept-projects.ts'
import { useWorkspace } from '../session/state.ts'
import { EraseButton } from './erase-button.tsx'
import styles from './welcome.module.css'

const NewProjectDialog = lazy(() => import('./new-project-dialog.tsx').then((m) => ({ default: m.NewProjectDialog })))

export function Welcome() {
  const project = useWorkspace((w) => w.project)
  const running = useWorkspace((w) => w.running)
  const safe = useWorkspace((w) => w.policy?.safe ?? false)
  const [creating, setCreating] = useState(false)
  return (
    <FileDrop
      className={`stack-wide starts ${styles.welcome}`}
      overClassName={styles.over}
      onFiles={(files, folders) => void openFiles(files, folders)}
    >
      <h1 tabIndex={-1} id="page-title">
        Check what you carry over before you go live
      </h1>
      <p className="large prose">
        Carryover shows what is carried over, what is lost, and what was merely moved to another screen when a clinic replaces one
        system by another.
      </p>
      {running ? (
        <Progress label={running.label} share={running.total > 0 ? running.done / running.total : 0} onCancel={running.cancel} />
      ) : (
        <div className="row">
          <Button look="primary" large onPress={() => void openSample()}>
            Open the sample clinic
          </Button>
          <FileTrigger allowsMultiple onSelect={(list) => list && void openFiles([...list])}>
            <Button large isDisabled={!safe}>
              Open a project…
            </Button>
          </FileTrigger>
          {foldersCanBeChosen() && (
            <Button large isDisabled={!safe} onPress={() => void openProjectFolder()}>
              Open a folder…
            </Button>
          )}
          <Button large isDisabled={!safe} onPress={() => setCreating(true)}>
            New project
          </Button>
          {project && <ButtonLink href="#/readiness">Back to {project.manifest.name}</ButtonLink>}
        </div>
      )}
      <p>or drop files or a folder here: a .carryover project, .csv, .ndjson, .json, or a FHIR bulk manifest with its files</p>
      <p className="muted">Files are read in this browser. Nothing is uploaded.</p>
      <details className={`prose ${styles.how}`}>
        <summary>How to check that</summary>
        <ul>
          <li>
            The server sends a policy that forbids the page and each worker to reach any other host; the app tries to break it at
            every start, and in each worker before it is given a file, and refuses patient data where it can.
          </li>
          <li>
            Open the network panel of your browser: after the page has loaded there is no request while files are read. The
            blocked ones to carryover-probe.invalid, at the start and when a worker is first used, are the app trying to get out.
          </li>
          <li>Pull the network cable: everything still works.</li>
        </ul>
      </details>
      <KeptProjects />
      {creating && (
        <Suspense>
          <NewProjectDialog onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </FileDrop>
  )
}

function KeptProjects() {
  const kept = useKeptProjects()
  const safe = useWorkspace((w) => w.policy?.safe ?? false)
  if (kept.length === 0) return null
  return (
    <section className={`full ${styles.kept}`}>
      <h2>In this browser</h2>
      <ul>
        {kept.map((entry) => (
          <li key={entry.id}>
            <Button
              look="quiet"
              isDisabled={!safe && entry.id !== sampleId}
              onPress={() => void (entry.id === sampleId ? openSample() : openKept(entry.id))}
            >
              {entry.name}
            </Button>
            <span className="muted caption">saved {formatMoment(entry.saved)}</span>
            <EraseButton id={entry.id} name={entry.name} />
          </li>
        ))}
      </ul>
    </section>
  )
}
