/** One row of a finding as the resource it is about: a readable rendering beside its JSON, the element of the finding marked in both. */
import { useEffect, useState } from 'react'
import { useSearch } from 'wouter'
import { elementNames } from '../../../../core/data/resource-view/element-names.ts'
import type { OpenedResource } from '../../../../core/data/resource-view/open-resource.ts'
import { resourceView } from '../../../../core/data/resource-view/resource-view.ts'
import type { Sighting } from '../../../../core/finding.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { PathCode } from '../../../components/path-code.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { linkTo } from '../../../window/address.ts'
import { navigate } from '../../../window/hash-location.ts'
import { useKeys } from '../../../window/keys.ts'
import { RowFacts } from '../findings/finding-rows.tsx'
import type { ListedFinding } from '../findings/findings.ts'
import { useAllFindings } from '../findings/use-findings.ts'
import styles from './resource.module.css'
import { ResourceJson } from './resource-json.tsx'
import { ResourceReading } from './resource-reading.tsx'
import { openRow } from './row-resource.ts'

/** @param row number of the row among those that are kept, from 1 */
export function ResourcePage({ finding, row }: { readonly finding: string; readonly row: number }) {
  const { list } = useAllFindings()
  const search = useSearch()
  const listed = list.find((each) => each.finding.fingerprint === finding)
  const sighting = listed?.finding.sample[row - 1]
  const back = `/data/findings/${finding}${search === '' ? '' : `?${search}`}`
  const rows = listed?.finding.sample.length ?? 0
  const go = (to: number): void => {
    const query = search === '' ? '' : `?${search}`
    if (to >= 1 && to <= rows) navigate(`/data/findings/${finding}/rows/${to}${query}`, { replace: true })
  }
  useKeys('page', { J: () => go(row + 1), K: () => go(row - 1), Escape: () => navigate(back) })
  if (!listed || !sighting)
    return (
      <>
        <PageHead title="Resource" />
        <EmptyState title="This row is not here">
          <p>Rows are patient data and are not kept with a project. Run the checks again to open them.</p>
          <a href={linkTo(back)}>Back to the finding</a>
        </EmptyState>
      </>
    )
  return (
    <>
      <PageHead title={listed.wording.title} beside={<RowOf row={row} listed={listed} />}>
        <Button isDisabled={row <= 1} onPress={() => go(row - 1)}>
          Previous row
        </Button>
        <Button isDisabled={row >= rows} onPress={() => go(row + 1)}>
          Next row
        </Button>
      </PageHead>
      <p className={styles.back}>
        <a href={linkTo(back)}>Back to the finding</a>
      </p>
      <Place sighting={sighting} listed={listed} />
      <RevealButton />
      <Opened key={row} sighting={sighting} />
    </>
  )
}

function RowOf({ row, listed }: { readonly row: number; readonly listed: ListedFinding }) {
  const { sample, count } = listed.finding
  return (
    <span className="muted" role="status">
      row {formatNumber(row)} of {formatNumber(sample.length)}
      {count > sample.length && ` kept of ${formatNumber(count)}`}
    </span>
  )
}

/** Where it stands, and what the rule says about it. */
function Place({ sighting, listed }: { readonly sighting: Sighting; readonly listed: ListedFinding }) {
  const shown = useShown()
  const name = useWorkspace((w) => (sighting.at.kind === 'cell' ? w.run?.validation?.inputs[sighting.at.input]?.name : undefined))
  const { at, evidence } = sighting
  const { severity } = listed.finding
  if (at.kind !== 'cell') return null
  return (
    <div className={`stack-tight below breaks ${styles.place}`}>
      <p>
        <SeverityMark mark={severity} label={severity} /> {severity} at <PathCode path={at.path ?? listed.finding.place} />
        {evidence.excerpt !== undefined && (
          <>
            {': '}
            <code>{shown(evidence.excerpt)}</code>
          </>
        )}
      </p>
      <p className="muted">
        {name}, record {formatNumber(at.record)}, line {formatNumber(at.line)}, byte {formatNumber(at.byte)}
      </p>
      <RowFacts sighting={sighting} />
    </div>
  )
}

interface Shown {
  readonly opened: OpenedResource
  readonly names: ReadonlySet<string>
}

function Opened({ sighting }: { readonly sighting: Sighting }) {
  const [shown, setShown] = useState<Shown | string | null>(null)
  const value = useShown()
  useEffect(() => {
    const controller = new AbortController()
    const show = async (): Promise<void> => {
      const opened = await openRow(sighting, controller.signal)
      if (controller.signal.aborted) return
      if (typeof opened === 'string') return setShown(opened)
      const names = await elementNames(opened.node === null ? [] : typesIn(opened))
      if (!controller.signal.aborted) setShown({ opened, names })
    }
    void show()
    return () => controller.abort()
  }, [sighting])
  if (shown === null) return <p className="muted">Reading the file…</p>
  if (typeof shown === 'string') return <Note mark="warning">{shown}</Note>
  const { opened, names } = shown
  if (opened.node === null)
    return (
      <>
        <Note mark="warning">This record is not JSON, so it is shown as the text it is.</Note>
        <pre className={`sunken ${styles.raw}`}>{value(opened.text)}</pre>
      </>
    )
  const view = resourceView(opened.node)
  return (
    <>
      {opened.missing.length > 0 && (
        <Note mark="info">
          What the finding is about is not in the resource: <code>{value(opened.missing.join('.'))}</code>. The element that
          should hold it is marked.
        </Note>
      )}
      <div className={styles.sides}>
        <section aria-label="Readable" className={`card ${styles.side}`}>
          <h2>{view === null ? 'Not a resource' : names.has(view.type) ? view.type : value(view.type)}</h2>
          {view === null ? (
            <p className="muted">It names no resourceType, so only its JSON is shown.</p>
          ) : (
            <ResourceReading view={view} element={opened.element} names={names} />
          )}
        </section>
        <ResourceJson node={opened.node} element={opened.element} names={names} />
      </div>
    </>
  )
}

/** Types of the resource and of those inside it. */
function typesIn({ node }: OpenedResource): readonly string[] {
  const types = new Set<string>()
  const look = (each: OpenedResource['node']): void => {
    if (each?.kind === 'array') for (const item of each.items) look(item)
    if (each?.kind !== 'object') return
    for (const { name, value } of each.members) {
      if (name === 'resourceType' && value.kind === 'string') types.add(value.text)
      look(value)
    }
  }
  look(node)
  return [...types]
}
