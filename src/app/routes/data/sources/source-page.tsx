/** One source: how it was read with the evidence, a choice to read it otherwise, completeness by column, and its findings. */
import { FileTrigger } from 'react-aria-components'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { FieldQuality } from '../../../../core/data/model/validation.ts'
import { Button } from '../../../components/button.tsx'
import { formatBytes, formatNumber, formatPercent } from '../../../components/format.ts'
import { EmptyState, Facts, Note, PageHead } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { navigate } from '../../../window/hash-location.ts'
import { changedSinceRead } from '../acts/read-sources.ts'
import { runAllChecks } from '../acts/run.ts'
import { attachSchema } from '../acts/schemas.ts'
import { changeSource, removeSource } from '../acts/sources.ts'
import styles from '../data.module.css'
import { ProfileChoice } from './profile-choice.tsx'
import { ReadingPanel } from './reading-panel.tsx'
import { OwnFindings } from './source-findings.tsx'
import { SourceProfile } from './source-profile.tsx'
import { Uncounted } from './uncounted.tsx'

export function SourcePage({ id }: { readonly id: string }) {
  const source = useWorkspace((w) => w.project?.sources.find((each) => each.id === id))
  const run = useWorkspace((w) => w.run)
  if (!source)
    return (
      <>
        <PageHead title="Source" />
        <EmptyState title="This project has no such source">
          <a href="#/data/sources">All sources</a>
        </EmptyState>
      </>
    )
  const index = run?.validation?.inputs.findIndex((input) => input.name === source.name && input.side === source.side) ?? -1
  const report = run?.validation?.inputs[index] ?? null
  const read = run?.read[index]
  const changed = report !== null && read !== undefined && changedSinceRead(source, read, report)
  return (
    <>
      <PageHead title={source.name} beside={<span className="muted">{source.side}</span>}>
        <Button
          onPress={() => {
            removeSource(source.id)
            navigate('/data/sources')
          }}
        >
          Remove from the project
        </Button>
      </PageHead>
      <section className={`around-wide ${styles.section}`}>
        <Facts
          items={[
            { name: 'Size', value: formatBytes(source.bytes) },
            { name: 'Digest', value: source.sha256 ? <code>{source.sha256}</code> : 'not read yet' },
            {
              name: 'Records',
              value:
                report && !changed
                  ? formatNumber(report.records)
                  : source.records === null
                    ? 'not read yet'
                    : formatNumber(source.records),
            },
            {
              name: 'Schema',
              value: source.schema ?? (isFhir(source) ? 'FHIR R4' : 'none: only reading and general checks run'),
            },
          ]}
        />
      </section>
      <Choices source={source} />
      {changed && (
        <Note mark="warning">
          {source.name} changed since run #{run?.summary.number} read it, or is to be read in another way. What follows is about
          the earlier reading. Check all files again.
        </Note>
      )}
      {isFhir(source) && <ProfileChoice source={source} />}
      <SourceProfile source={source} />
      {run?.validation && (
        <Completeness rows={run.validation.quality.filter((quality) => quality.input === index)} records={report?.records ?? 0} />
      )}
      <OwnFindings name={source.name} side={source.side} />
    </>
  )
}

function isFhir({ format }: SourceEntry): boolean {
  return format === 'ndjson' || format === 'json' || format === 'bundle'
}

const sides = [
  ['legacy', 'Legacy'],
  ['target', 'Target'],
] as const

function Choices({ source }: { readonly source: SourceEntry }) {
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>How it is read</h2>
      <div className="row-end">
        <Select label="Side" value={source.side} choices={sides} onChange={(side) => changeSource(source.id, { side })} />
        <FileTrigger acceptedFileTypes={['.json']} onSelect={(list) => list?.[0] && void attachSchema(source.id, list[0])}>
          <Button>Attach a schema…</Button>
        </FileTrigger>
        <Button look="primary" onPress={() => void runAllChecks()}>
          Check all files
        </Button>
      </div>
      <ReadingPanel key={source.id} source={source} />
    </section>
  )
}

function Completeness({ rows, records }: { readonly rows: readonly FieldQuality[]; readonly records: number }) {
  if (rows.length === 0) return null
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>Filled cells by column</h2>
      <Uncounted records={records} counted={rows[0]?.completeness.of ?? 0} />
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col" className="number">
              Filled
            </th>
            <th scope="col" className="number">
              Of
            </th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, completeness: { n, of } }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td className="number">{formatNumber(n)}</td>
              <td className="number">{formatNumber(of)}</td>
              <td className="number">{of === 0 ? 'not applicable' : formatPercent(n / of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
