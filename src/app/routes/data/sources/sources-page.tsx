/** Sources: which files of which side, how they were read, and where something is wrong. */
import { Fragment, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { InputReport } from '../../../../core/data/model/validation.ts'
import { severities } from '../../../../core/finding.ts'
import { Button } from '../../../components/button.tsx'
import { FileDrop } from '../../../components/file-drop.tsx'
import { FolderButton } from '../../../components/folder-button.tsx'
import { formatBytes, formatNumber } from '../../../components/format.ts'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { openSample } from '../../../opening/sample.ts'
import { useWorkspace } from '../../../session/state.ts'
import { changedSinceRead } from '../acts/read-sources.ts'
import { runAllChecks } from '../acts/run.ts'
import { addFolder } from '../acts/source-folders.ts'
import { addSources } from '../acts/sources.ts'
import styles from '../data.module.css'
import { NoSchemaNote } from '../findings/no-schema-note.tsx'
import { NextStepBar } from '../progress/next-step-bar.tsx'
import { RunningPanel } from '../progress/running-panel.tsx'
import { AddedDialog } from './added-dialog.tsx'
import { IntakeNote } from './intake-note.tsx'
import { OpenAgainButtons } from './missing-sources.tsx'
import { PackagesPanel } from './packages-panel.tsx'
import { ProposedSchemas } from './proposed-schemas.tsx'
import { dialectWords } from './reading-words.ts'
import { ServerDialog } from './server-dialog.tsx'
import { ServerExportPanel } from './server-export-panel.tsx'

export function SourcesPage() {
  const sources = useWorkspace((w) => w.project?.sources ?? [])
  const files = useWorkspace((w) => w.files)
  const running = useWorkspace((w) => w.running)
  const [asking, setAsking] = useState(false)
  const missing = sources.filter((source) => !files.has(source.id))
  return (
    <>
      <PageHead title="Sources">
        {sources.length > 0 && <AddButtons primary={false} />}
        <Button onPress={() => setAsking(true)}>Read a FHIR server…</Button>
        {sources.length > 0 && (
          <Button
            look={missing.length > 0 ? 'plain' : 'primary'}
            isDisabled={running !== null || missing.length === sources.length}
            onPress={() => void runAllChecks()}
          >
            Check all files
          </Button>
        )}
      </PageHead>
      <NextStepBar />
      <RunningPanel />
      {missing.length > 0 && (
        <Note mark="warning">
          <p>
            {missing.length === 1 ? 'One file is' : `${formatNumber(missing.length)} files are`} not open in this session:{' '}
            {named(missing)}. Files are not copied into the project; the digest shows whether each is still the same.
          </p>
          <div className="row">
            <OpenAgainButtons />
          </div>
        </Note>
      )}
      <IntakeNote />
      <NoSchemaNote />
      <ProposedSchemas />
      <FileDrop overClassName={styles.over} onFiles={(files, folders) => void addSources(files, folders)}>
        {sources.length === 0 ? (
          <EmptyState title="No files yet" example={ghosts.sources}>
            <p>
              Drop both sides here, files or whole folders: the legacy tables (.csv, .xlsx, .sql, .parquet) and what was migrated
              (.ndjson, FHIR .json, also as .gz). A folder or file named legacy, old, alt, target, new or neu says the side.
            </p>
            <AddButtons primary />
            <Button onPress={() => void openSample()}>Use the sample</Button>
          </EmptyState>
        ) : (
          <SourceTable sources={sources} />
        )}
      </FileDrop>
      <ServerExportPanel />
      <PackagesPanel />
      <AddedDialog />
      <ServerDialog open={asking} onClose={() => setAsking(false)} />
    </>
  )
}

function AddButtons({ primary }: { readonly primary: boolean }) {
  return (
    <>
      <FileTrigger allowsMultiple onSelect={(list) => list && void addSources([...list])}>
        <Button look={primary ? 'primary' : 'plain'}>Add files</Button>
      </FileTrigger>
      <FolderButton label="Add a folder" onChoose={() => void addFolder()} onFiles={(files) => void addSources(files)} />
    </>
  )
}

/** A few names, and how many more there are. */
function named(sources: readonly SourceEntry[]): string {
  const more = sources.length - 6
  const names = sources.slice(0, 6).map(({ name }) => name)
  return more > 0 ? `${names.join(', ')} and ${formatNumber(more)} more` : names.join(', ')
}

function SourceTable({ sources }: { readonly sources: readonly SourceEntry[] }) {
  const run = useWorkspace((w) => w.run)
  const live = useWorkspace((w) => w.live)
  const reports = live?.inputs ?? run?.validation?.inputs ?? []
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="box scroll" aria-label="Sources" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Side</th>
            <th scope="col">Read as</th>
            <th scope="col" className="number">
              Size
            </th>
            <th scope="col" className="number">
              Records
            </th>
            <th scope="col" className="number">
              Columns
            </th>
            <th scope="col">Problems</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => {
            const index = reports.findIndex((report) => report.name === source.name && report.side === source.side)
            return (
              <Fragment key={source.id}>
                <SourceRow source={source} report={reports[index] ?? null} index={index} />
                {reports.map((report, at) =>
                  report.side === source.side && report.name.startsWith(`${source.name}#`) ? (
                    <LaterTable key={report.name} report={report} index={at} />
                  ) : null,
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function SourceRow({
  source,
  report,
  index,
}: {
  readonly source: SourceEntry
  readonly report: InputReport | null
  readonly index: number
}) {
  const here = useWorkspace((w) => w.files.has(source.id))
  const findings = useWorkspace((w) => (w.live ?? w.run?.validation)?.findings)
  const changed = useWorkspace((w) => {
    const read = w.live === null ? w.run?.read[index] : undefined
    return read !== undefined && changedSinceRead(source, read, w.run?.validation?.inputs[index])
  })
  const own = findings?.filter((finding) => finding.input === index) ?? []
  return (
    <tr>
      <th scope="row">
        <a href={`#/data/sources/${source.id}`}>{source.name}</a>
        {!here && <div className="muted">not open in this session</div>}
      </th>
      <td>{source.side}</td>
      <td>{report ? <Dialect report={report} /> : source.format.toUpperCase()}</td>
      <td className="number">{formatBytes(source.bytes)}</td>
      <td className="number">
        {report && !changed ? formatNumber(report.records) : source.records === null ? '—' : formatNumber(source.records)}
      </td>
      <td className="number">{report?.structure ? formatNumber(report.structure.header.length) : '—'}</td>
      <td>
        {!report ? (
          <span className="muted">not read yet</span>
        ) : changed ? (
          <span className="muted">changed since it was read</span>
        ) : report.status === 'unreadable' ? (
          'unreadable'
        ) : (
          <Problems own={own} partial={report.status === 'partial'} />
        )}
      </td>
    </tr>
  )
}

/** A further table inside one file: read and checked like the first, with findings of its own. */
function LaterTable({ report, index }: { readonly report: InputReport; readonly index: number }) {
  const findings = useWorkspace((w) => (w.live ?? w.run?.validation)?.findings)
  return (
    <tr>
      <th scope="row" className={`light ${styles.later}`}>
        table {report.name.slice(report.name.lastIndexOf('#') + 1)} of the same file
      </th>
      <td>{report.side}</td>
      <td>
        <Dialect report={report} />
      </td>
      <td className="number">—</td>
      <td className="number">{formatNumber(report.records)}</td>
      <td className="number">{report.structure ? formatNumber(report.structure.header.length) : '—'}</td>
      <td>
        <Problems own={findings?.filter(({ input }) => input === index) ?? []} partial={report.status === 'partial'} />
      </td>
    </tr>
  )
}

/** "CSV, semicolon, UTF-8": broken between its words only. */
function Dialect({ report }: { readonly report: InputReport }) {
  const words = dialectWords(report).split(', ')
  return words.map((word, index) => (
    <Fragment key={word}>
      <span className="nowrap">
        {word}
        {index < words.length - 1 && ','}
      </span>{' '}
    </Fragment>
  ))
}

function Problems({
  own,
  partial,
}: {
  readonly own: readonly { readonly severity: (typeof severities)[number] }[]
  readonly partial: boolean
}) {
  const worst = severities.find((severity) => own.some((finding) => finding.severity === severity))
  return (
    <span>
      {worst ? (
        <>
          <SeverityMark mark={worst} label={worst} /> {formatNumber(own.length)}
        </>
      ) : (
        <>
          <SeverityMark mark="ok" label="no problems" /> 0
        </>
      )}
      {partial && ', read in part'}
    </span>
  )
}
