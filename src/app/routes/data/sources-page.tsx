/** Sources: which files of which side, how they were read, and where something is wrong. */
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { SourceEntry } from '../../../core/data/source.ts'
import type { InputReport } from '../../../core/data/validation.ts'
import { severities } from '../../../core/finding.ts'
import { Button } from '../../components/button.tsx'
import { FileDrop } from '../../components/file-drop.tsx'
import { EmptyState, Note, PageHead } from '../../components/panel.tsx'
import { Progress } from '../../components/progress.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { formatBytes, formatNumber, formatPercent } from '../../format.ts'
import { changedSinceRead } from '../../workspace/read-sources.ts'
import { runAllChecks } from '../../workspace/run.ts'
import { openSample } from '../../workspace/sample.ts'
import { addSources } from '../../workspace/sources.ts'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './data.module.css'
import { dialectWords } from './reading-words.ts'
import { ServerDialog } from './server-dialog.tsx'

export function SourcesPage() {
  const sources = useWorkspace((w) => w.project?.sources ?? [])
  const files = useWorkspace((w) => w.files)
  const running = useWorkspace((w) => w.running)
  const [asking, setAsking] = useState(false)
  const missing = sources.filter((source) => !files.has(source.id))
  return (
    <>
      <PageHead title="Sources">
        <AddButton primary={sources.length === 0 || missing.length > 0} />
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
      {running && <RunningPanel />}
      {missing.length > 0 && (
        <Note mark="warning">
          {missing.length === 1 ? 'One file is' : `${formatNumber(missing.length)} files are`} not open in this session:{' '}
          {missing.map((source) => source.name).join(', ')}. Files are not copied into the project. Add{' '}
          {missing.length === 1 ? 'it' : 'them'} again; the digest shows whether it is still the same file.
        </Note>
      )}
      <FileDrop overClassName={styles.over} onFiles={(files) => void addSources(files)}>
        {sources.length === 0 ? (
          <EmptyState title="No files yet">
            <p>Drop the legacy extract (.csv) and the migrated export (.ndjson or FHIR JSON with its manifest) here.</p>
            <AddButton primary />
            <Button onPress={() => void openSample()}>Use the sample</Button>
          </EmptyState>
        ) : (
          <SourceTable sources={sources} />
        )}
      </FileDrop>
      <ServerDialog open={asking} onClose={() => setAsking(false)} />
    </>
  )
}

function AddButton({ primary }: { readonly primary: boolean }) {
  return (
    <FileTrigger allowsMultiple onSelect={(list) => list && void addSources([...list])}>
      <Button look={primary ? 'primary' : 'plain'}>Add files</Button>
    </FileTrigger>
  )
}

/** The run under way, where a data team watches it. */
function RunningPanel() {
  const running = useWorkspace((w) => w.running)
  const live = useWorkspace((w) => w.live)
  if (!running) return null
  const { bytes } = running
  const seconds = (performance.now() - running.started) / 1000
  const rate = bytes && seconds > 0.3 ? bytes.done / seconds : 0
  const left =
    bytes && rate > 0 && seconds > 3 && bytes.done < bytes.total
      ? `, about ${Math.ceil((bytes.total - bytes.done) / rate)} s left`
      : ''
  const amount = bytes
    ? `${formatBytes(bytes.done)} of ${formatBytes(bytes.total)} read`
    : running.total > 0
      ? formatPercent(running.done / running.total)
      : `${formatNumber(running.done)} read`
  const speed = rate > 0 ? `, ${formatBytes(rate)} per second` : ''
  const found = live ? `, ${formatNumber(live.findings.length)} findings so far` : ''
  return (
    <div className={styles.running}>
      <Progress
        label={running.label}
        share={running.total > 0 ? running.done / running.total : 0}
        detail={`${amount}${speed}${found}${left}`}
        onCancel={running.cancel}
      />
    </div>
  )
}

function SourceTable({ sources }: { readonly sources: readonly SourceEntry[] }) {
  const run = useWorkspace((w) => w.run)
  const live = useWorkspace((w) => w.live)
  const reports = live?.inputs ?? run?.validation?.inputs ?? []
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroll} aria-label="Sources" tabIndex={0}>
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
            return <SourceRow key={source.id} source={source} report={reports[index] ?? null} index={index} />
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
      <td>{report ? dialectWords(report) : source.format.toUpperCase()}</td>
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
