/** Findings: what is wrong, how many, how bad, what to do; every number opens down to its rows. */
import { useMemo, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { Toggle } from '../../../components/toggle.tsx'
import { useActions } from '../../../frame/actions.ts'
import { Inspector } from '../../../frame/inspector.tsx'
import { useWorkspace } from '../../../session/state.ts'
import type { Address } from '../../../window/address.ts'
import { useKeys } from '../../../window/keys.ts'
import { runAllChecks } from '../acts/run.ts'
import styles from '../data.module.css'
import { AcceptDialog } from './accept-dialog.tsx'
import { CauseDetail } from './cause-detail.tsx'
import { ExportMenu } from './export-menu.tsx'
import type { FindingLine } from './finding-causes.ts'
import { FindingDetail } from './finding-detail.tsx'
import { type FindingFilter, type ListedFinding, stateWordOf } from './findings.ts'
import { FindingFilters, NothingFits } from './findings-filters.tsx'
import { RunNotes } from './findings-notes.tsx'
import { FindingsTable } from './findings-table.tsx'
import { NotEvaluatedList } from './not-evaluated.tsx'
import { useFindings } from './use-findings.ts'
import { WorklistNote } from './worklist-note.tsx'

/** @param finding fingerprint of the finding that is open, or null */
export function FindingsPage({ finding }: { readonly finding: string | null }) {
  const found = useFindings(finding)
  const { run, earlier, against, list, shown, lines, filter, open, line, cause, hrefOf, showLine, setFilter } = found
  const [accepting, setAccepting] = useState<readonly ListedFinding[]>([])
  const [exporting, setExporting] = useState(false)
  const table = useRef<HTMLElement>(null)
  const search = useRef<HTMLDivElement>(null)
  const current = (): FindingLine | undefined => focused(table.current, lines, hrefOf) ?? line ?? undefined
  const accept = (parts: readonly ListedFinding[]): void => setAccepting(parts.filter(({ state }) => state !== 'fixed'))
  useKeys(table, {
    J: () => step(1),
    K: () => step(-1),
    ArrowDown: () => focusRow(table.current, 1),
    ArrowUp: () => focusRow(table.current, -1),
    ArrowRight: () => {
      const line = current()
      if (line) showLine(line)
    },
    ArrowLeft: close,
    A: () => accept(open && !cause && !onALine() ? [open] : (current()?.parts ?? [])),
    E: () => setExporting(true),
  })
  useKeys('page', { '/': () => search.current?.querySelector('input')?.focus() })
  const worst = lines.find(({ first }) => first.state !== 'fixed')
  useActions(
    useMemo(
      () => [
        ...(worst ? [{ id: 'worst', label: 'Open the worst finding', run: () => showLine(worst) }] : []),
        ...(open && open.state !== 'fixed'
          ? [
              {
                id: 'accept',
                label: 'Accept the open finding…',
                keys: 'A',
                run: () => setAccepting(cause ? cause.parts : [open]),
              },
            ]
          : []),
      ],
      [worst, open, cause, showLine],
    ),
  )

  function step(by: number): void {
    const next = lines[Math.max(0, Math.min(lines.length - 1, (line ? lines.indexOf(line) : -1) + by))]
    if (next) showLine(next)
  }
  function close(): void {
    showLine(null)
  }
  function onALine(): boolean {
    return focused(table.current, lines, hrefOf) !== undefined
  }

  return (
    <>
      <PageHead title="Findings" beside={run && <span className="muted">run #{run.summary.number}</span>}>
        {run && <ExportMenu run={run} against={against} open={exporting} onOpenChange={setExporting} />}
        {worst && (
          <Button look="primary" onPress={() => showLine(worst)}>
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
          <div className={`row-end below apart ${styles.bar}`}>
            <FindingFilters filter={filter} onChange={setFilter} list={list} search={search} />
            {earlier.length > 0 && (
              <Select
                label="Compare with"
                value={String(against?.number ?? '')}
                choices={earlier.slice(0, 20).map((each) => [String(each.number), `Run #${each.number}`] as const)}
                onChange={(number) => found.compareWith(Number(number))}
              />
            )}
            {found.canGroup && (
              <Toggle on={!found.view.byFile} onChange={(on) => found.showByFile(!on)}>
                One line per cause
              </Toggle>
            )}
          </div>
          {list.length === 0 ? (
            <EmptyState
              title={`No findings in ${formatNumber(run.summary.inputs.reduce((sum, input) => sum + input.records, 0))} records`}
            >
              <p>
                {formatCount(run.summary.rulesRun, 'rule')} ran, {formatNumber(run.summary.notEvaluated.length)} could not.
              </p>
            </EmptyState>
          ) : (
            <>
              <Counted shown={shown} list={list} lines={lines.length} />
              <section ref={table} aria-label="Findings" className="box scroll">
                <FindingsTable lines={lines} open={line} hrefOf={hrefOf} against={against?.number ?? null} />
                {shown.length === 0 && <NothingFits onClear={() => setFilter(showAll)} />}
              </section>
            </>
          )}
          <NotEvaluatedList entries={run.summary.notEvaluated} rulesRun={run.summary.rulesRun} />
        </>
      )}
      {cause ? (
        <Inspector title={cause.first.wording.title} onClose={close}>
          <CauseDetail line={cause} key={cause.key} hrefOf={found.hrefOfPart} onAccept={accept} />
        </Inspector>
      ) : (
        open && (
          <Inspector title={open.wording.title} onClose={close}>
            {line && line.parts.length > 1 && (
              <a href={hrefOf(line)}>All {formatNumber(line.parts.length)} files with this cause</a>
            )}
            <FindingDetail listed={open} key={open.finding.fingerprint} onAccept={() => accept([open])} />
          </Inspector>
        )
      )}
      {accepting.length > 0 && (
        <AcceptDialog parts={accepting} key={accepting[0]?.finding.fingerprint} onClose={() => setAccepting([])} />
      )}
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
          ? `Run #${earlier.number} found ${formatCount(earlier.findings.length, 'kind of finding', 'kinds of findings')}`
          : 'Nothing has been checked yet'
      }
      {...(earlier ? {} : { example: ghosts.findings })}
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

/** "48 findings of 6 causes: 3 new, 38 open, 7 known, 2 fixed". */
function Counted(props: {
  readonly shown: readonly ListedFinding[]
  readonly list: readonly ListedFinding[]
  readonly lines: number
}) {
  const { shown, list, lines } = props
  const counts = ['New', 'Open', 'Known', 'Fixed'].map((word) => [word, shown.filter((one) => stateWordOf(one) === word).length])
  const all =
    shown.length === list.length ? formatNumber(list.length) : `${formatNumber(shown.length)} of ${formatNumber(list.length)}`
  return (
    <p className="caption below muted" role="status">
      {all} {list.length === 1 ? 'finding' : 'findings'}
      {lines < shown.length && ` of ${formatCount(lines, 'cause')}`}:{' '}
      {counts
        .filter(([word, n]) => word !== 'Open' || n !== 0)
        .map(([word, n]) => `${formatNumber(Number(n))} ${String(word).toLowerCase()}`)
        .join(', ')}
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

/** The line whose row has the focus. */
function focused(
  table: HTMLElement | null,
  lines: readonly FindingLine[],
  hrefOf: (line: FindingLine) => Address,
): FindingLine | undefined {
  const href = links(table)
    .find((link) => link === document.activeElement)
    ?.getAttribute('href')
  return lines.find((line) => hrefOf(line) === href)
}
