/** Findings: what is wrong, how many, how bad, what to do; every number opens down to its rows. */
import { useMemo, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { EmptyState, PageHead } from '../../components/panel.tsx'
import { Select } from '../../components/select.tsx'
import { formatNumber } from '../../format.ts'
import { useActions } from '../../frame/actions.ts'
import { Inspector } from '../../frame/inspector.tsx'
import { useKeys } from '../../frame/keys.ts'
import { runAllChecks } from '../../workspace/run.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { AcceptDialog } from './accept-dialog.tsx'
import styles from './data.module.css'
import { ExportMenu } from './export-menu.tsx'
import { FindingDetail } from './finding-detail.tsx'
import type { FindingFilter, ListedFinding } from './findings.ts'
import { FindingFilters, NothingFits } from './findings-filters.tsx'
import { RunNotes } from './findings-notes.tsx'
import { FindingsTable } from './findings-table.tsx'
import { NotEvaluatedList } from './not-evaluated.tsx'
import { useFindings } from './use-findings.ts'
import { WorklistNote } from './worklist-note.tsx'

/** @param finding fingerprint of the finding that is open, or null */
export function FindingsPage({ finding }: { readonly finding: string | null }) {
  const { run, earlier, against, list, shown, filter, hrefOf, show, setFilter, compareWith } = useFindings(finding)
  const [accepting, setAccepting] = useState<ListedFinding | null>(null)
  const [exporting, setExporting] = useState(false)
  const table = useRef<HTMLElement>(null)
  const search = useRef<HTMLDivElement>(null)
  const open = list.find((each) => each.finding.fingerprint === finding) ?? null
  const current = (): ListedFinding | undefined => focused(table.current, shown, hrefOf) ?? open ?? undefined
  const accept = (listed: ListedFinding | undefined): void => {
    if (listed && listed.state !== 'fixed') setAccepting(listed)
  }
  useKeys(table, {
    J: () => step(1),
    K: () => step(-1),
    ArrowDown: () => focusRow(table.current, 1),
    ArrowUp: () => focusRow(table.current, -1),
    ArrowRight: () => {
      const listed = current()
      if (listed) show(listed.finding.fingerprint)
    },
    ArrowLeft: close,
    A: () => accept(current()),
    E: () => setExporting(true),
  })
  useKeys('page', { '/': () => search.current?.querySelector('input')?.focus() })
  const worst = shown.find(({ state }) => state !== 'fixed')
  useActions(
    useMemo(
      () => [
        ...(worst ? [{ id: 'worst', label: 'Open the worst finding', run: () => show(worst.finding.fingerprint) }] : []),
        ...(open && open.state !== 'fixed'
          ? [{ id: 'accept', label: 'Accept the open finding…', keys: 'A', run: () => setAccepting(open) }]
          : []),
      ],
      [worst, open, show],
    ),
  )

  function step(by: number): void {
    const at = shown.findIndex((each) => each.finding.fingerprint === finding)
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))]
    if (next) show(next.finding.fingerprint)
  }
  function close(): void {
    show(null)
  }

  return (
    <>
      <PageHead title="Findings" beside={run && <span className="muted">run #{run.summary.number}</span>}>
        {run && <ExportMenu run={run} against={against} open={exporting} onOpenChange={setExporting} />}
        {worst && (
          <Button look="primary" onPress={() => show(worst.finding.fingerprint)}>
            Open worst group
          </Button>
        )}
      </PageHead>
      <WorklistNote />
      {!run ? (
        <NotRun />
      ) : (
        <>
          <RunNotes run={run} />
          <div className={styles.bar}>
            <FindingFilters filter={filter} onChange={setFilter} list={list} search={search} />
            {earlier.length > 0 && (
              <Select
                label="Compare with"
                value={String(against?.number ?? '')}
                choices={earlier.slice(0, 20).map((each) => [String(each.number), `Run #${each.number}`] as const)}
                onChange={(number) => compareWith(Number(number))}
              />
            )}
          </div>
          {list.length === 0 ? (
            <EmptyState
              title={`No findings in ${formatNumber(run.summary.inputs.reduce((sum, input) => sum + input.records, 0))} records`}
            >
              <p>
                {formatNumber(run.summary.rulesRun)} rules ran, {formatNumber(run.summary.notEvaluated.length)} could not.
              </p>
            </EmptyState>
          ) : (
            <>
              <Counted shown={shown} list={list} />
              <section ref={table} aria-label="Findings" className={styles.scroll}>
                <FindingsTable shown={shown} open={open} hrefOf={hrefOf} against={against?.number ?? null} />
                {shown.length === 0 && <NothingFits onClear={() => setFilter(showAll)} />}
              </section>
            </>
          )}
          <NotEvaluatedList entries={run.summary.notEvaluated} rulesRun={run.summary.rulesRun} />
        </>
      )}
      {open && (
        <Inspector title={open.wording.title} onClose={close}>
          <FindingDetail listed={open} key={open.finding.fingerprint} onAccept={() => accept(open)} />
        </Inspector>
      )}
      {accepting && <AcceptDialog listed={accepting} key={accepting.finding.fingerprint} onClose={() => setAccepting(null)} />}
    </>
  )
}

const showAll: FindingFilter = { severity: 'all', side: 'all', family: 'all', state: 'all', text: '' }

function NotRun() {
  const running = useWorkspace((w) => w.running)
  const earlier = useWorkspace((w) => w.project?.runs.at(-1) ?? null)
  return (
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
  )
}

/** "12 of 48 findings: 3 new, 7 known, 2 fixed". */
function Counted({ shown, list }: { readonly shown: readonly ListedFinding[]; readonly list: readonly ListedFinding[] }) {
  const count = (state: ListedFinding['state']): string => formatNumber(shown.filter((each) => each.state === state).length)
  const all =
    shown.length === list.length ? formatNumber(list.length) : `${formatNumber(shown.length)} of ${formatNumber(list.length)}`
  return (
    <p className={`${styles.counted} muted`} role="status">
      {all} findings: {count('new')} new, {count('known')} known, {count('fixed')} fixed
    </p>
  )
}

function links(table: HTMLElement | null): readonly HTMLAnchorElement[] {
  return [...(table?.querySelectorAll<HTMLAnchorElement>('tbody a') ?? [])]
}

function focusRow(table: HTMLElement | null, by: number): void {
  const all = links(table)
  const at = all.indexOf(document.activeElement as HTMLAnchorElement)
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus()
}

/** The finding whose row has the focus. */
function focused(
  table: HTMLElement | null,
  shown: readonly ListedFinding[],
  hrefOf: (fingerprint: string) => string,
): ListedFinding | undefined {
  const href = links(table)
    .find((link) => link === document.activeElement)
    ?.getAttribute('href')
  return shown.find(({ finding }) => hrefOf(finding.fingerprint) === href)
}
