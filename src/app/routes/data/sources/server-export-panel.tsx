/** The bulk export of the project: how far each file is, and what can be done about it. */
import { useEffect, useState } from 'react'
import type { ExportFile, ExportJob } from '../../../../io/bulk-export/job.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { formatBytes, formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { useWorkspace } from '../../../session/state.ts'
import {
  addFetchedFiles,
  endServerExport,
  findServerExport,
  removeServerExport,
  resumeServerExport,
  type ServerExport,
  useServerExport,
} from '../acts/server-export.ts'
import styles from '../data.module.css'

export function ServerExportPanel() {
  const project = useWorkspace((w) => w.project?.manifest.id)
  const current = useServerExport()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each project
  useEffect(() => void findServerExport(), [project])
  if (!current) return null
  const { job, label, said } = current
  return (
    <section className={`around-wide ${styles.section}`} aria-label="Bulk export">
      <h2>Bulk export of {new URL(job.request.base).origin}</h2>
      <p role="status">{label ?? stateWords(job)}</p>
      {job.why !== null && label === null && (
        <Note mark={job.state === 'failed' ? 'error' : 'warning'}>
          {job.why}
          {said !== null && <> The server says: {said}</>}
        </Note>
      )}
      {job.files.length > 0 && <Files files={job.files} />}
      {label === null ? <Standing job={job} hasEarlier={current.hasEarlier} /> : <Moving current={current} />}
    </section>
  )
}

function Moving({ current }: { readonly current: ServerExport }) {
  return (
    <div className="row">
      <Button onPress={current.pause}>Pause</Button>
      <Button onPress={current.cancel}>Cancel the export</Button>
      <span className="muted">A pause leaves the export at the server; cancelling ends it there, too. Whole files stay.</span>
    </div>
  )
}

/** What can be done with an export that stands still; after a reload the token has to be given again. */
function Standing({ job, hasEarlier }: Pick<ServerExport, 'job' | 'hasEarlier'>) {
  const [token, setToken] = useState('')
  const given = token === '' ? null : token
  const done = job.files.filter(({ state }) => state === 'done')
  const areHere = useWorkspace((w) =>
    done.every(({ name }) => w.project?.sources.some((source) => source.name === name && w.files.has(source.id)) === true),
  )
  const isOver = job.state === 'done' || job.state === 'cancelled'
  return (
    <>
      {!isOver && (
        <Field
          label="Bearer token (optional)"
          hint="it is not kept, so it is asked for again"
          type="password"
          value={token}
          onChange={setToken}
        />
      )}
      <div className="row">
        {!isOver && (
          <Button look="primary" onPress={() => void resumeServerExport(given)}>
            Continue the export
          </Button>
        )}
        {done.length > 0 && !areHere && (
          <Button look={job.state === 'done' ? 'primary' : 'plain'} onPress={() => void addFetchedFiles()}>
            Add the fetched files
          </Button>
        )}
        {!isOver && <Button onPress={() => void endServerExport(given)}>Cancel the export</Button>}
        {isOver && (
          <Button onPress={() => void removeServerExport()}>
            {hasEarlier ? 'Go back to the export fetched before' : 'Remove from this browser'}
          </Button>
        )}
      </div>
      {hasEarlier && (
        <p className="muted">
          What was fetched before is kept until this export is complete, and shown again when this one is cancelled or left.
        </p>
      )}
      <p className="muted">
        The files stay in this browser until they are removed or the project is erased. They are not saved with the project.
      </p>
    </>
  )
}

function Files({ files }: { readonly files: readonly ExportFile[] }) {
  return (
    <ScrollRegion className="box scroll" label="Files of the export">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Resources
            </th>
            <th scope="col" className="number">
              Fetched
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.name}>
              <th scope="row">{file.name}</th>
              <td>
                {fileWords[file.state]}
                {file.why !== null && <div className="muted">{file.why}</div>}
              </td>
              <td className="number">{resources(file)}</td>
              <td className="number">{formatBytes(file.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

const fileWords: Readonly<Record<ExportFile['state'], string>> = {
  waiting: 'waiting',
  done: 'fetched',
  failed: 'could not be had',
  partial: 'fetched in part',
}

function resources({ count, lines, state }: ExportFile): string {
  if (state === 'done') return formatNumber(lines)
  return count === null ? 'not announced' : `${formatNumber(count)} announced`
}

function stateWords({ state, files }: ExportJob): string {
  const done = files.filter((file) => file.state === 'done').length
  const part = `${formatNumber(done)} of ${formatNumber(files.length)} files are here`
  switch (state) {
    case 'done':
      return `Complete: ${part}.`
    case 'cancelled':
      return `Cancelled: ${part}.`
    case 'failed':
      return files.length === 0 ? 'It could not be begun.' : `Stopped: ${part}.`
    case 'downloading':
      return `Paused: ${part}.`
    case 'kick-off':
    case 'polling':
      return 'Paused while the server prepares the files.'
  }
}
