/** Findings: what is wrong, how many, how bad, what to do; every number opens down to its rows. */
import { useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { severities } from '../../../core/finding.ts'
import type { RunInput } from '../../../core/project/run.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { EmptyState, Note, PageHead } from '../../components/panel.tsx'
import { Select } from '../../components/select.tsx'
import { Pill } from '../../components/severity-mark.tsx'
import { formatNumber, formatPercent } from '../../format.ts'
import { useActions } from '../../frame/actions.ts'
import { Inspector } from '../../frame/inspector.tsx'
import { useKeys } from '../../frame/keys.ts'
import { changedSinceRun } from '../../workspace/read-sources.ts'
import { runAllChecks } from '../../workspace/run.ts'
import { type RunDetail, useWorkspace } from '../../workspace/state.ts'
import styles from './data.module.css'
import { FindingDetail } from './finding-detail.tsx'
import { everything, type FindingFilter, filterFindings, type ListedFinding, listFindings } from './findings.ts'
import { NotEvaluatedList } from './not-evaluated.tsx'

/** @param finding fingerprint of the finding that is open, or null */
export function FindingsPage({ finding }: { readonly finding: string | null }) {
  const run = useWorkspace((w) => w.run)
  const running = useWorkspace((w) => w.running)
  const earlier = useWorkspace((w) => w.project?.runs.at(-1) ?? null)
  const list = useMemo(() => listFindings(run), [run])
  const [filter, setFilter] = useState<FindingFilter>(everything)
  const shown = useMemo(() => filterFindings(list, filter), [list, filter])
  const [, navigate] = useLocation()
  const table = useRef<HTMLElement>(null)
  const search = useRef<HTMLDivElement>(null)
  const open = list.find((each) => each.finding.fingerprint === finding) ?? null
  const show = (listed: ListedFinding | undefined): void => {
    if (listed) navigate(`/data/findings/${listed.finding.fingerprint}`)
  }
  useKeys(table, {
    J: () => step(1),
    K: () => step(-1),
    ArrowDown: () => focusRow(table.current, 1),
    ArrowUp: () => focusRow(table.current, -1),
    ArrowLeft: close,
  })
  useKeys('page', { '/': () => search.current?.querySelector('input')?.focus() })
  useActions(
    useMemo(
      () =>
        shown[0]
          ? [
              {
                id: 'worst',
                label: 'Open the worst finding',
                run: () => navigate(`/data/findings/${shown[0]?.finding.fingerprint}`),
              },
            ]
          : [],
      [shown, navigate],
    ),
  )

  function step(by: number): void {
    const at = shown.findIndex((each) => each.finding.fingerprint === finding)
    show(shown[Math.max(0, Math.min(shown.length - 1, at + by))])
  }
  function close(): void {
    navigate('/data/findings')
  }

  return (
    <>
      <PageHead title="Findings" beside={run && <RunLine />}>
        {shown.length > 0 && (
          <Button look="primary" onPress={() => show(shown[0])}>
            Open worst group
          </Button>
        )}
      </PageHead>
      {!run ? (
        <EmptyState
          title={
            earlier
              ? `Run #${earlier.number} found ${formatNumber(earlier.findings.length)} kinds of findings`
              : 'Nothing has been checked yet'
          }
        >
          <p>
            {earlier
              ? 'Its rows are not kept. Run the checks again to open them; the same files give the same findings.'
              : 'Run the checks to see what is wrong, how many, and where.'}
          </p>
          <Button look="primary" isDisabled={running !== null} onPress={() => void runAllChecks()}>
            Run checks
          </Button>
        </EmptyState>
      ) : (
        <>
          {run.summary.partial && (
            <Note mark="warning">This run is partial: it was cancelled or failed. Partial results are never evidence.</Note>
          )}
          <ChangedNote run={run} />
          <TornNote inputs={run.summary.inputs} />
          <Filters filter={filter} onChange={setFilter} search={search} />
          {list.length === 0 ? (
            <EmptyState
              title={`No findings in ${formatNumber(run.summary.inputs.reduce((sum, input) => sum + input.records, 0))} records`}
            >
              <p>
                {formatNumber(run.summary.rulesRun)} rules ran, {formatNumber(run.summary.notEvaluated.length)} could not.
              </p>
            </EmptyState>
          ) : (
            <section ref={table} aria-label="Findings" className={styles.scroll}>
              <table className={styles.findings}>
                <thead>
                  <tr>
                    <th scope="col">Severity</th>
                    <th scope="col">What</th>
                    <th scope="col">Where</th>
                    <th scope="col" className="number">
                      Count
                    </th>
                    <th scope="col" className="number">
                      Patients
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((listed) => (
                    <FindingRow
                      key={`${listed.finding.fingerprint}${listed.finding.severity}`}
                      listed={listed}
                      open={listed === open}
                    />
                  ))}
                </tbody>
              </table>
              {shown.length === 0 && <p className="muted">No finding fits this filter.</p>}
            </section>
          )}
          <NotEvaluatedList entries={run.summary.notEvaluated} rulesRun={run.summary.rulesRun} />
        </>
      )}
      {open && (
        <Inspector title={open.wording.title} onClose={close}>
          <FindingDetail listed={open} key={open.finding.fingerprint} />
        </Inspector>
      )}
    </>
  )
}

function FindingRow({ listed, open }: { readonly listed: ListedFinding; readonly open: boolean }) {
  const { finding, wording, input } = listed
  const share =
    finding.denominator !== null && finding.denominator > 0
      ? ` of ${formatNumber(finding.denominator)} (${formatPercent(finding.count / finding.denominator)})`
      : ''
  return (
    <tr className={open ? styles.open : undefined}>
      <td>
        <Pill mark={finding.severity} />
      </td>
      <td>
        <a href={`#/data/findings/${finding.fingerprint}`} aria-current={open ? 'true' : undefined}>
          {wording.title}
        </a>
      </td>
      <td>
        {input !== null && <div>{input}</div>}
        <code>{finding.place === '' ? 'the file' : finding.place}</code>
      </td>
      <td className="number">
        {formatNumber(finding.count)}
        <span className="muted">{share}</span>
      </td>
      <td className="number">{finding.patients === null ? '—' : formatNumber(finding.patients)}</td>
    </tr>
  )
}

/** Counts of earlier files stay readable, and say that they are of earlier files. */
function ChangedNote({ run }: { readonly run: RunDetail }) {
  const project = useWorkspace((w) => w.project)
  const changed = useMemo(() => (project ? changedSinceRun(run, project) : []), [run, project])
  if (changed.length === 0) return null
  return (
    <Note mark="warning">
      Run #{run.summary.number} is about earlier files: {changed.join(', ')}. What is listed may no longer be so, and rows of
      changed files can not be opened. Run all checks again.
    </Note>
  )
}

function TornNote({ inputs }: { readonly inputs: readonly RunInput[] }) {
  const torn = inputs.filter((input) => input.status !== 'read').map(({ name }) => name)
  if (torn.length === 0) return null
  return (
    <Note mark="warning">
      {torn.length === 1 ? 'One file was' : `${formatNumber(torn.length)} files were`} not read to the end: {torn.join(', ')}. Its
      findings say where reading stopped; what lies behind is not known.
    </Note>
  )
}

function RunLine() {
  const run = useWorkspace((w) => w.run)
  if (!run) return null
  return <span className="muted">run #{run.summary.number}</span>
}

const severityChoices = [
  ['all', 'All severities'],
  ...severities.map((severity) => [severity, severity[0]?.toUpperCase() + severity.slice(1)] as const),
] as const
const sideChoices = [
  ['all', 'Both sides'],
  ['legacy', 'Legacy'],
  ['target', 'Target'],
] as const
const familyChoices = [
  ['all', 'All rules'],
  ['file checks', 'File checks'],
  ['FHIR', 'FHIR'],
  ['comparison', 'Comparison of both sides'],
] as const

function Filters(props: {
  readonly filter: FindingFilter
  readonly onChange: (filter: FindingFilter) => void
  readonly search: React.RefObject<HTMLDivElement | null>
}) {
  const { filter, onChange } = props
  return (
    <div className={styles.filters}>
      <Select
        label="Severity"
        value={filter.severity}
        choices={severityChoices}
        onChange={(severity) => onChange({ ...filter, severity })}
      />
      <Select label="Side" value={filter.side} choices={sideChoices} onChange={(side) => onChange({ ...filter, side })} />
      <Select
        label="Rule family"
        value={filter.family}
        choices={familyChoices}
        onChange={(family) => onChange({ ...filter, family })}
      />
      <div ref={props.search} className={styles.search}>
        <Field label="Search" value={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      </div>
    </div>
  )
}

function focusRow(table: HTMLElement | null, by: number): void {
  const links = [...(table?.querySelectorAll<HTMLElement>('tbody a') ?? [])]
  const at = links.indexOf(document.activeElement as HTMLElement)
  links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
}
