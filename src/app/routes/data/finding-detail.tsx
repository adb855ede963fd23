/** One finding opened: what, why, what to do, and its rows down to the line of the file. */
import { useState } from 'react'
import { type ExcerptLine, readExcerpt } from '../../../core/data/read/excerpt.ts'
import type { Sighting } from '../../../core/finding.ts'
import { blobSource } from '../../../io/files.ts'
import { Button } from '../../components/button.tsx'
import { Facts, Note } from '../../components/panel.tsx'
import { Pill } from '../../components/severity-mark.tsx'
import { visibleText } from '../../components/visible-text.ts'
import { formatNumber } from '../../format.ts'
import { changedSinceRead } from '../../workspace/read-sources.ts'
import { useWorkspace, type Workspace, workspace } from '../../workspace/state.ts'
import styles from './data.module.css'
import type { ListedFinding } from './findings.ts'

const rowsAtOnce = 20

export function FindingDetail({ listed }: { readonly listed: ListedFinding }) {
  const { finding, wording } = listed
  const [shown, setShown] = useState(rowsAtOnce)
  const [revealed, setRevealed] = useState(false)
  const history = useWorkspace((w) => w.project?.runs ?? [])
  const earlier = history.flatMap((run) =>
    run.findings
      .filter((each) => each.fingerprint === finding.fingerprint)
      .map((each) => ({ run: run.number, count: each.count })),
  )
  return (
    <>
      <Pill mark={finding.severity} />
      <p>
        <strong>
          {formatNumber(finding.count)}
          {finding.denominator !== null && finding.denominator > 0 ? ` of ${formatNumber(finding.denominator)}` : ''}
        </strong>{' '}
        at <code>{finding.place === '' ? 'the file' : finding.place}</code>
        {revealed && listed.column !== null && <> ({visibleText(listed.column)})</>}
        {listed.input !== null && <> in {listed.input}</>}
        {finding.patients !== null && `, ${formatNumber(finding.patients)} ${finding.patients === 1 ? 'patient' : 'patients'}`}.
      </p>
      <p>{wording.why}</p>
      <p>
        <strong>What to do.</strong> {wording.remedy}
      </p>
      <Facts
        items={[
          { name: 'Rule', value: <code>{finding.code}</code> },
          ...earlier.slice(-5).map(({ run, count }) => ({ name: `Run #${run}`, value: formatNumber(count) })),
        ]}
      />
      <div className={styles.rowsHead}>
        <h3>Rows</h3>
        <Button onPress={() => setRevealed(!revealed)}>{revealed ? 'Mask values' : 'Reveal values for this visit'}</Button>
      </div>
      {finding.truncated && (
        <p className="muted">
          {formatNumber(finding.sample.length)} of {formatNumber(finding.count)} kept: the first ones and a seeded sample of the
          rest.
        </p>
      )}
      <ol className={styles.rows}>
        {finding.sample.slice(0, shown).map((sighting, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sightings of one finding are a fixed list
          <SightingRow key={index} sighting={sighting} revealed={revealed} />
        ))}
      </ol>
      {finding.sample.length > shown && (
        <Button onPress={() => setShown(shown + rowsAtOnce)}>
          Show {formatNumber(Math.min(rowsAtOnce, finding.sample.length - shown))} more
        </Button>
      )}
    </>
  )
}

function SightingRow({ sighting, revealed }: { readonly sighting: Sighting; readonly revealed: boolean }) {
  const [lines, setLines] = useState<readonly ExcerptLine[] | string | null>(null)
  const { at, evidence } = sighting
  const inputs = useWorkspace((w) => w.run?.validation?.inputs)
  const name = (at.kind === 'cell' || at.kind === 'input') && inputs ? inputs[at.input]?.name : undefined
  const changed = useWorkspace((w) => at.kind === 'cell' && fileOf(w, at.input)?.changed === true)
  return (
    <li>
      <div className={styles.place}>
        {placeWords(sighting)}
        {name !== undefined && <span className="muted"> {name}</span>}
      </div>
      {evidence.excerpt !== undefined && <code>{revealed ? visibleText(evidence.excerpt) : maskOf(evidence.excerpt)}</code>}
      {evidence.facts.length > 0 && (
        <ul className={styles.facts}>
          {evidence.facts.map((fact) => (
            <li key={fact.name}>
              {fact.name}: {revealed || !isIdentifier(fact.name) ? String(fact.value) : maskOf(String(fact.value))}
              {fact.unit === undefined ? '' : ` ${fact.unit}`}
            </li>
          ))}
        </ul>
      )}
      {changed && <p className="muted">This file changed since it was read. Run all checks again to open its rows.</p>}
      {at.kind === 'cell' && (
        <Button
          look="quiet"
          isDisabled={changed}
          onPress={() => {
            if (lines !== null) setLines(null)
            else void openLines(sighting).then(setLines)
          }}
        >
          {lines === null ? 'Open in the file' : 'Close the file'}
        </Button>
      )}
      {typeof lines === 'string' && <Note mark="warning">{lines}</Note>}
      {lines !== null && typeof lines !== 'string' && (
        <pre className={styles.excerpt}>
          {lines.map((line) => (
            <span key={line.line} className={line.marked ? styles.marked : undefined}>
              {`${line.line}  ${revealed ? visibleText(line.text.slice(0, 2000)) : maskOf(line.text.slice(0, 2000))}${line.cut ? ' …' : ''}\n`}
            </span>
          ))}
        </pre>
      )}
    </li>
  )
}

function placeWords({ at }: Sighting): string {
  switch (at.kind) {
    case 'cell':
      return `record ${formatNumber(at.record)}, line ${formatNumber(at.line)}, byte ${formatNumber(at.byte)}${at.path === null ? '' : `, ${at.path}`}`
    case 'input':
      return at.line === null
        ? 'the whole file'
        : `line ${formatNumber(at.line)}${at.byte === null ? '' : `, byte ${formatNumber(at.byte)}`}`
    case 'decision':
      return `record ${at.record.slice(0, 12)}…${at.item === null ? '' : `, ${at.item}`}`
    case 'artifact':
      return at.path
    case 'step':
      return at.nodes.join(', ')
    case 'trace':
      return [...at.current, ...at.future].join(', ')
  }
}

/** The input of the last run, its file in this session, and whether that is no longer what was read. */
function fileOf({ run, project, files }: Workspace, index: number) {
  const input = run?.validation?.inputs[index]
  const read = run?.read[index]
  if (!input || !read) return null
  const source = project?.sources.find(({ id }) => id === read.id)
  return { input, file: files.get(read.id), changed: changedSinceRead(source, read, input) }
}

async function openLines({ at }: Sighting): Promise<readonly ExcerptLine[] | string> {
  if (at.kind !== 'cell') return 'This place is not in a file.'
  const { input, file, changed } = fileOf(workspace(), at.input) ?? {}
  if (!input || !file)
    return `The file ${input?.name ?? ''} is not open in this session. Open it on the Sources page to see the row.`
  if (changed) return `${input.name} changed since it was read. Run all checks again to open its rows.`
  try {
    return await readExcerpt(blobSource(file, file.name), at.byte, at.line, input.structure?.encoding.value ?? 'utf-8', 1)
  } catch {
    return `${file.name} has changed or moved since it was read. Open it again on the Sources page and run the checks again.`
  }
}

/** Letters and digits hidden, the shape kept: `Müller 12/03` becomes `Aaaaaa 99/99`. */
function maskOf(text: string): string {
  return visibleText(text)
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    .replace(/\d/g, '9')
}

/** Logical ids of resources can be record numbers of patients, so they are masked like values. */
function isIdentifier(fact: string): boolean {
  return /\bid$/i.test(fact)
}
