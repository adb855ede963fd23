/** The rows of a finding: places, facts and excerpts, masked until somebody asks; each opens down to its line of the file. */
import { useState } from 'react'
import { type ExcerptLine, readTableExcerpt } from '../../../../core/data/read/excerpt.ts'
import type { Fact, Finding, Sighting } from '../../../../core/finding.ts'
import { maskOf } from '../../../../core/mask.ts'
import { visibleText } from '../../../../core/visible-text.ts'
import { blobSource } from '../../../../io/files/files.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { RevealButton } from '../../../frame/reveal-button.tsx'
import { useReveal } from '../../../session/reveal.ts'
import { useWorkspace, type Workspace, workspace } from '../../../session/state.ts'
import type { Address } from '../../../window/address.ts'
import { exportAllRows } from '../acts/exports.ts'
import { changedSinceRead } from '../acts/read-sources.ts'
import styles from '../data.module.css'

const rowsAtOnce = 20

export function FindingRows({ finding }: { readonly finding: Finding }) {
  const revealed = useReveal()
  const running = useWorkspace((w) => w.running !== null)
  const [shown, setShown] = useState(rowsAtOnce)
  const left = finding.sample.length - shown
  return (
    <>
      <div className="row apart">
        <h3>Rows</h3>
        <RevealButton />
      </div>
      {finding.truncated && (
        <p className="muted">
          {formatNumber(finding.sample.length)} of {formatNumber(finding.count)} kept: the first ones and a seeded sample of the
          rest.
        </p>
      )}
      <div>
        <Button look="quiet" isDisabled={running} onPress={() => void exportAllRows(finding, revealed)}>
          Export {finding.count === 1 ? 'the row' : `all ${formatNumber(finding.count)} rows`}
          {revealed ? ' with values' : ''}
        </Button>
      </div>
      <ol className={`stack ${styles.rows}`}>
        {finding.sample.slice(0, shown).map((sighting, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sightings of one finding are a fixed list
          <SightingRow key={index} sighting={sighting} href={`#/data/findings/${finding.fingerprint}/rows/${index + 1}`} />
        ))}
      </ol>
      {left > 0 && (
        <Button onPress={() => setShown(shown + rowsAtOnce)}>Show {formatNumber(Math.min(rowsAtOnce, left))} more</Button>
      )}
    </>
  )
}

/** `href` leads to the resource, for a row that is about one. */
function SightingRow({ sighting, href }: { readonly sighting: Sighting; readonly href: Address }) {
  const revealed = useReveal()
  const [lines, setLines] = useState<readonly ExcerptLine[] | string | null>(null)
  const { at, evidence } = sighting
  const inputs = useWorkspace((w) => w.run?.validation?.inputs)
  const input = (at.kind === 'cell' || at.kind === 'input') && inputs ? inputs[at.input] : undefined
  const name = input?.name
  const isResource = at.kind === 'cell' && (input?.format === 'ndjson' || input?.format === 'json' || input?.format === 'bundle')
  const changed = useWorkspace((w) => at.kind === 'cell' && fileOf(w, at.input)?.changed === true)
  const show = revealed ? visibleText : maskOf
  const other = otherSide(sighting)
  return (
    <li>
      <div className="digits breaks">
        {placeWords(sighting)}
        {name !== undefined && <span className="muted"> {name}</span>}
        {other !== null && <div className="muted">{other}</div>}
      </div>
      {evidence.excerpt !== undefined && <code>{show(evidence.excerpt)}</code>}
      <RowFacts sighting={sighting} />
      {changed && <p className="muted">This file changed since it was read. Run all checks again to open its rows.</p>}
      {isResource && !changed && <a href={href}>Open the resource</a>}
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
        <pre className={`around sunken ${styles.excerpt}`}>
          {lines.map((line) => (
            <span key={line.line} className={line.marked ? styles.marked : undefined}>
              {`${line.line}  ${show(line.text.slice(0, 2000))}${line.cut ? ' …' : ''}\n`}
            </span>
          ))}
        </pre>
      )}
    </li>
  )
}

/** What convinced the rule, one fact per line. */
export function RowFacts({ sighting }: { readonly sighting: Sighting }) {
  const show = useReveal() ? visibleText : maskOf
  const facts = sighting.evidence.facts.filter(({ name }) => !isPlace(name))
  if (facts.length === 0) return null
  return (
    <ul className="caption muted breaks">
      {facts.map((fact) => (
        <li key={fact.name}>
          {fact.name}: {isIdentifier(fact.name) ? show(String(fact.value)) : factWords(fact.value)}
          {fact.unit === undefined ? '' : ` ${fact.unit}`}
        </li>
      ))}
    </ul>
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
export function fileOf({ run, project, files }: Workspace, index: number) {
  const input = run?.validation?.inputs[index]
  // A later table of a file stands behind the inputs that were given.
  const read = run?.read[index] ?? run?.read.find(({ name, side }) => side === input?.side && input.name.startsWith(`${name}#`))
  if (!input || !read) return null
  const source = project?.sources.find(({ id }) => id === read.id)
  return { input, reading: read.reading, file: files.get(read.id), changed: changedSinceRead(source, read, input) }
}

async function openLines({ at }: Sighting): Promise<readonly ExcerptLine[] | string> {
  if (at.kind !== 'cell') return 'This place is not in a file.'
  const { input, reading = {}, file, changed } = fileOf(workspace(), at.input) ?? {}
  if (!input || !file)
    return `The file ${input?.name ?? ''} is not open in this session. Open it on the Sources page to see the row.`
  if (changed) return `${input.name} changed since it was read. Run all checks again to open its rows.`
  try {
    const lines = await readTableExcerpt(
      blobSource(file, file.name),
      reading,
      input.structure,
      at,
      1,
      new AbortController().signal,
    )
    return lines ?? `${input.name} can not be unpacked any more. Open it again on the Sources page and run the checks again.`
  } catch {
    return `${file.name} has changed or moved since it was read. Open it again on the Sources page and run the checks again.`
  }
}

function factWords(value: Fact['value']): string {
  return typeof value === 'number' && Number.isInteger(value) ? formatNumber(value) : String(value)
}

/** Where a record stands on either side: said as a place, not again number by number. */
function isPlace(fact: string): boolean {
  return /^(legacy|target) (input|record|line|byte|length)$/.test(fact)
}

/** "legacy: record 46, line 47": the same record on the side that the place above is not about. */
function otherSide({ at, evidence }: Sighting): string | null {
  const number = (name: string): number | null => {
    const value = evidence.facts.find((fact) => fact.name === name)?.value
    return typeof value === 'number' ? value : null
  }
  const places = (['legacy', 'target'] as const).flatMap((side) => {
    const [input, record, line] = [number(`${side} input`), number(`${side} record`), number(`${side} line`)]
    if (record === null || line === null) return []
    if (at.kind === 'cell' && at.input === input && at.record === record) return []
    return [`${side}: record ${formatNumber(record)}, line ${formatNumber(line)}`]
  })
  return places.length === 0 ? null : places.join('; ')
}

/** Logical ids of resources can be record numbers of patients, so they are masked like values. */
function isIdentifier(fact: string): boolean {
  return /\bid$/i.test(fact)
}
