/** Reconcile: did everything arrive, unchanged where it must be; every number opens down to records side by side. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSearch } from 'wouter'
import { parseElementPath } from '../../../../core/data/crosswalk/mapping/element-path.ts'
import { notComparedSentence } from '../../../../core/data/crosswalk/plan/not-compared.ts'
import { isLostLinks } from '../../../../core/data/reconcile/account/lost-links.ts'
import type { ReconcileResult } from '../../../../core/data/reconcile/account/result.ts'
import type { Finding } from '../../../../core/finding.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { MenuButton } from '../../../components/menu-button.tsx'
import { Note, PageHead } from '../../../components/panel.tsx'
import { useActions } from '../../../frame/actions.ts'
import { Inspector } from '../../../frame/inspector.tsx'
import { useReveal } from '../../../session/reveal.ts'
import { useWorkspace, workspace } from '../../../session/state.ts'
import { type Choice, type Reconciled, runReconciliation, useReconciliation, usualChoice } from '../acts/reconcile.ts'
import styles from '../data.module.css'
import { NextStepBar } from '../progress/next-step-bar.tsx'
import { RunningPanel } from '../progress/running-panel.tsx'
import { showPart } from '../progress/show-part.ts'
import { Documents } from './documents.tsx'
import { Duplicates } from './duplicates.tsx'
import { ExplanationsList } from './explanations-list.tsx'
import { LoadComparison } from './load-comparison.tsx'
import { OpenRecordsList } from './open-records-list.tsx'
import { ReconcileChoice } from './reconcile-choice.tsx'
import { ExplainButton, exportChoices, exportReconciliation } from './reconcile-export.tsx'
import { ReconcilePanel } from './reconcile-panel.tsx'
import { AmbiguityQueue, ControlTotals, NotReconciled, PatientsBySafety, Patterns, ReconcileFacts } from './reconcile-parts.tsx'
import { BalanceTable, ColumnHelp, EqualRules, FieldTable, type Opened } from './reconcile-tables.tsx'

/** @param pair legacy table whose fields are shown, or null for the first with differences */
export function ReconcilePage({ pair }: { readonly pair: string | null }) {
  const { done, live, stale } = useReconciliation()
  const running = useWorkspace((w) => w.running)
  const [choosing, setChoosing] = useState(false)
  const [last, setLast] = useState<Choice | null>(null)
  const run = (choice: Choice): void => {
    setLast(choice)
    setChoosing(false)
    void runReconciliation(choice)
  }
  const again = (): void => run(last ?? usualChoice(workspace().project?.sources ?? [], workspace().files))
  useActions(
    useMemo(
      () => [
        {
          id: 'reconcile',
          label: 'Run the reconciliation',
          run: () => void runReconciliation(usualChoice(workspace().project?.sources ?? [], workspace().files)),
        },
      ],
      [],
    ),
  )
  const shown = done !== null && !choosing
  const revealed = useReveal()
  return (
    <>
      <PageHead title="Reconcile">
        {shown && (
          <>
            <MenuButton
              label="Export"
              choices={exportChoices}
              onChoose={(id) => exportReconciliation(id, done.result, done.read, revealed)}
            />
            <ExplainButton />
            <Button onPress={() => setChoosing(true)}>Choose files…</Button>
            <Button look="primary" isDisabled={running !== null} onPress={again}>
              Run reconciliation
            </Button>
          </>
        )}
      </PageHead>
      <NextStepBar />
      <RunningPanel />
      {live && (
        <p className="muted">
          {formatCount(live.records, 'record')} read, {formatNumber(live.unaccounted)} unaccounted so far
        </p>
      )}
      {!shown && running === null && <ReconcileChoice onRun={run} />}
      {shown && (
        <>
          {stale && (
            <Note mark="warning">These numbers are about earlier files or an earlier mapping. Run the reconciliation again.</Note>
          )}
          <Balance done={done} pair={pair} />
        </>
      )}
      <ExplanationsList />
      <LoadComparison />
      <Documents />
      <Duplicates />
    </>
  )
}

function Balance({ done, pair }: { readonly done: Reconciled; readonly pair: string | null }) {
  const { result, read } = done
  const [opened, setOpened] = useState<Opened | null>(null)
  const table =
    result.tables.find((each) => each.table === pair) ?? result.tables.find(({ withDifferences }) => withDifferences > 0)
  const fields = result.fields.filter((field) => field.table === (table ?? result.tables[0])?.table)
  const repeated = result.findings.filter(({ code }) => code === 'data/key-repeated')
  const names = read.map(({ name }) => name)
  const detail = useRef<HTMLHeadingElement>(null)
  // The fields stand below all tables: whoever chose a table is taken there.
  const showFields = useCallback(() => {
    detail.current?.scrollIntoView({ block: 'start' })
    detail.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    if (pair !== null) showFields()
  }, [pair, showFields])
  // “See which” leads here from any data page.
  const part = new URLSearchParams(useSearch()).get('show')
  useEffect(() => {
    if (part !== null) showPart(part)
  }, [part])
  return (
    <>
      {repeated.map((finding) => (
        <Note key={finding.fingerprint} mark="error">
          {formatNumber(finding.count)} records share a key at {finding.place}: every number below that joins by it is doubtful.
        </Note>
      ))}
      <NotComparedNote result={result} />
      {result.notEvaluated.filter(isLostLinks).map(({ what, why }) => (
        <Note key={what} mark="error">
          {what}: {why}. Nothing of it is written into the ledger.
        </Note>
      ))}
      <ReconcileFacts result={result} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="box scroll" tabIndex={0} aria-label="Balance by table">
        <BalanceTable result={result} pair={table?.table ?? null} onOpen={setOpened} onFields={showFields} />
      </section>
      <ColumnHelp />
      {fields.length > 0 && (
        <section className={`around-wide ${styles.wide}`}>
          <h2 ref={detail} tabIndex={-1}>
            {(table ?? result.tables[0])?.table}, field by field
          </h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
          <section className="box scroll" tabIndex={0} aria-label="Field by field">
            <FieldTable fields={fields} onOpen={setOpened} />
          </section>
          <EqualRules fields={fields} />
        </section>
      )}
      <OpenRecordsList result={result} names={names} />
      <Patterns result={result} />
      <ControlTotals result={result} />
      <PatientsBySafety result={result} />
      <AmbiguityQueue result={result} names={names} />
      <NotReconciled result={result} />
      {opened && (
        <Inspector title={titleOf(opened)} onClose={() => setOpened(null)}>
          <ReconcilePanel key={titleOf(opened)} findings={findingsOf(opened, result)} done={done} />
        </Inspector>
      )}
    </>
  )
}

/** Before any number: what none of them speaks of, each with its reason. */
function NotComparedNote({ result: { notCompared, isUnconfirmed } }: { readonly result: ReconcileResult }) {
  if (isUnconfirmed)
    return (
      <Note mark="warning">
        The field map is not confirmed yet, so no record was compared and none is lost.{' '}
        <a href="#/data/mapping?tab=suggested">Confirm its lines</a>, then reconcile again.
      </Note>
    )
  if (notCompared.length === 0) return null
  return (
    <Note mark="error">
      <span id="not-compared" tabIndex={-1}>
        {notComparedSentence(notCompared)}
      </span>
      <ul>
        {notCompared.map(({ what, target, why }) => (
          <li key={`${what}${target}${why}`}>
            <strong>{target === '' ? what : `${what} → ${target}`}</strong>: {why}
          </li>
        ))}
      </ul>
    </Note>
  )
}

function titleOf(opened: Opened): string {
  switch (opened.kind) {
    case 'field':
      return opened.field
    case 'patients':
      return `${opened.table}: patients unbalanced`
    case 'unexplained':
      return `${opened.table}: unexplained in the target`
    default:
      return `${opened.table}: ${opened.kind}`
  }
}

/** The findings a number stands for. */
function findingsOf(opened: Opened, result: ReconcileResult): readonly Finding[] {
  if (opened.kind === 'field') {
    const field = result.fields.find((each) => each.field === opened.field)
    const parsed = parseElementPath(field?.target ?? '')
    const plain = typeof parsed === 'string' ? field?.target : parsed.plain
    const type = typeof parsed === 'string' ? undefined : parsed.type
    return result.findings.filter(({ place, code }) => place === plain || (place === type && code === 'data/allergy-altered'))
  }
  const targets = new Set(
    result.fields.filter(({ table }) => table === opened.table).map(({ target }) => target.split(/[.(]/)[0] ?? ''),
  )
  const ofTable = ({ place }: Finding): boolean => place === opened.table || targets.has(place)
  const codes: Readonly<Record<string, readonly string[]>> = {
    unaccounted: ['data/record-unaccounted', 'data/item-lost', 'data/allergy-lost', 'data/patient-lost', 'data/ambiguous-match'],
    unexplained: [
      'data/orphan-target',
      'data/item-appeared',
      'data/patient-appeared',
      'data/item-resurrected',
      'data/allergy-resurrected',
    ],
  }
  const wanted = codes[opened.kind]
  return result.findings.filter((finding) => ofTable(finding) && (wanted === undefined || wanted.includes(finding.code)))
}
