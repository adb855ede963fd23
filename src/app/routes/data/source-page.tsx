/** One source: how it was read with the evidence, a choice to read it otherwise, completeness by column, and its findings. */
import { FileTrigger } from 'react-aria-components'
import type { SourceEntry } from '../../../core/data/source.ts'
import type { FieldQuality, InputReport } from '../../../core/data/validation.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState, Facts, Note, PageHead } from '../../components/panel.tsx'
import { Select } from '../../components/select.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { formatBytes, formatNumber, formatPercent } from '../../format.ts'
import { navigate } from '../../frame/hash-location.ts'
import { changedSinceRead } from '../../workspace/read-sources.ts'
import { runAllChecks } from '../../workspace/run.ts'
import { attachSchema, changeSource, removeSource } from '../../workspace/sources.ts'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './data.module.css'
import { listFindings } from './findings.ts'
import { delimiterWord } from './reading-words.ts'

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
      <section className={styles.section}>
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
            { name: 'Schema', value: source.schema ?? 'none: only reading and general checks run' },
          ]}
        />
      </section>
      <Choices source={source} />
      {changed && (
        <Note mark="warning">
          {source.name} changed since run #{run?.summary.number} read it, or is to be read in another way. What follows is about
          the earlier reading. Check again.
        </Note>
      )}
      {report ? (
        <Reading report={report} />
      ) : (
        <Note mark="info">Not read in this session. Check the files to see how it was read.</Note>
      )}
      {run?.validation && <Completeness rows={run.validation.quality.filter((quality) => quality.input === index)} />}
      <OwnFindings name={source.name} side={source.side} />
    </>
  )
}

const encodings = [
  ['', 'As detected'],
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows-1252'],
  ['iso-8859-15', 'ISO-8859-15'],
  ['windows-1250', 'Windows-1250'],
  ['utf-16le', 'UTF-16LE'],
  ['utf-16be', 'UTF-16BE'],
  ['macintosh', 'Mac Roman'],
  ['shift_jis', 'Shift_JIS'],
  ['gb18030', 'GB18030'],
] as const
const delimiters = [
  ['', 'As detected'],
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
] as const
const sides = [
  ['legacy', 'Legacy'],
  ['target', 'Target'],
] as const

function Choices({ source }: { readonly source: SourceEntry }) {
  const { encoding, delimiter, ...others } = source.reading
  return (
    <section className={styles.section}>
      <h2>How to read it</h2>
      <div className={styles.form}>
        <Select label="Side" value={source.side} choices={sides} onChange={(side) => changeSource(source.id, { side })} />
        {source.format === 'csv' && (
          <>
            <Select
              label="Encoding"
              value={encodings.find(([value]) => value === encoding)?.[0] ?? ''}
              choices={encodings}
              onChange={(value) =>
                changeSource(source.id, {
                  reading: {
                    ...others,
                    ...(delimiter === undefined ? {} : { delimiter }),
                    ...(value === '' ? {} : { encoding: value }),
                  },
                })
              }
            />
            <Select
              label="Delimiter"
              value={delimiters.find(([value]) => value === delimiter)?.[0] ?? ''}
              choices={delimiters}
              onChange={(value) =>
                changeSource(source.id, {
                  reading: {
                    ...others,
                    ...(encoding === undefined ? {} : { encoding }),
                    ...(value === '' ? {} : { delimiter: value }),
                  },
                })
              }
            />
          </>
        )}
        <FileTrigger acceptedFileTypes={['.json']} onSelect={(list) => list?.[0] && void attachSchema(source.id, list[0])}>
          <Button>Attach a schema…</Button>
        </FileTrigger>
        <Button look="primary" onPress={() => void runAllChecks()}>
          Check again
        </Button>
      </div>
    </section>
  )
}

function Reading({ report }: { readonly report: InputReport }) {
  const { structure } = report
  if (!structure) return null
  const { encoding, dialect } = structure
  const guesses = [
    { what: 'Encoding', value: encoding.value, guess: encoding, others: encoding.alternatives.map((other) => other.value) },
    {
      what: 'Delimiter',
      value: delimiterWord(dialect.value.delimiter),
      guess: dialect,
      others: dialect.alternatives.map((other) => delimiterWord(other.value.delimiter)),
    },
  ]
  return (
    <section className={styles.section}>
      <h2>How it was read</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Read as</th>
            <th scope="col">Evidence</th>
            <th scope="col">Otherwise</th>
          </tr>
        </thead>
        <tbody>
          {guesses.map(({ what, value, guess, others }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{value}</td>
              <td>{guess.chosen ? 'chosen by a person' : guess.evidence}</td>
              <td>{others.length === 0 ? '—' : others.join(', ')}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Header</th>
            <td>
              {structure.headerRows === 0
                ? 'none'
                : `${formatNumber(structure.headerRows)} row, ${formatNumber(structure.header.length)} columns`}
            </td>
            <td>{structure.headerEvidence}</td>
            <td>—</td>
          </tr>
        </tbody>
      </table>
      {structure.skipped.length > 0 && (
        <p>
          {formatNumber(structure.skipped.length)} lines are no records:{' '}
          {structure.skipped.map((line) => `line ${formatNumber(line.line)} (${line.why})`).join(', ')}.
        </p>
      )}
    </section>
  )
}

function Completeness({ rows }: { readonly rows: readonly FieldQuality[] }) {
  if (rows.length === 0) return null
  return (
    <section className={styles.section}>
      <h2>Filled cells by column</h2>
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

function OwnFindings({ name, side }: { readonly name: string; readonly side: string }) {
  const run = useWorkspace((w) => w.run)
  const own = listFindings(run).filter((each) => each.input === name && each.side === side)
  if (own.length === 0) return null
  return (
    <section className={styles.section}>
      <h2>Findings</h2>
      <ul>
        {own.map(({ finding, wording }) => (
          <li key={finding.fingerprint + finding.severity}>
            <SeverityMark mark={finding.severity} label={finding.severity} />{' '}
            <a href={`#/data/findings/${finding.fingerprint}`}>
              {wording.title} — {finding.place === '' ? 'the file' : finding.place}
            </a>
            : {formatNumber(finding.count)}
          </li>
        ))}
      </ul>
    </section>
  )
}
