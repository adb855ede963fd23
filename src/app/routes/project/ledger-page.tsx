/** The ledger: every act with who, when and what, and whether the chains hold. */
import { useMemo, useState } from 'react'
import { ledgerLine } from '../../../core/project/ledger/entry-hash.ts'
import { statesGivenUp } from '../../../core/project/ledger/given-up.ts'
import { headOf } from '../../../core/project/ledger/head.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { EmptyState, Note, PageHead } from '../../components/panel.tsx'
import { useLedgerState } from '../../people/ledger-state.ts'
import { useWorkspace } from '../../session/state.ts'
import { download } from '../../window/download.ts'
import { Forks } from './fork-panel.tsx'
import { HeadAnchor } from './head-anchor.tsx'
import styles from './project.module.css'
import { TimeStampPanel } from './time-stamp-panel.tsx'

const shownAtOnce = 500

export function LedgerPage() {
  const project = useWorkspace((w) => w.project)
  const ledger = project?.ledger
  const state = useLedgerState()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const entries = useMemo(
    () =>
      (ledger ?? [])
        .filter(
          (entry) =>
            wanted === '' || `${entry.actor} ${entry.action} ${entry.object} ${entry.hash}`.toLowerCase().includes(wanted),
        )
        .reverse(),
    [ledger, wanted],
  )
  if (!project || !ledger || !state) return null
  return (
    <>
      <div className={`${styles.page} no-print`}>
        <PageHead title="Ledger">
          {project.ledger.length > 0 && <Button onPress={() => print()}>Print the head</Button>}
          <Button onPress={() => download('ledger.jsonl', ledger.map(ledgerLine).join(''), 'application/jsonl')}>Export</Button>
        </PageHead>
        {state.problem === null ? (
          <Note mark="ok">
            {formatNumber(state.entries)} {state.entries === 1 ? 'entry' : 'entries'}: every hash and chain holds. Head{' '}
            <code>{headOf(ledger).digest}</code>
          </Note>
        ) : (
          <Note mark="error">The ledger does not hold: {state.problem}</Note>
        )}
        {project.ledger.length > 0 && <TimeStampPanel project={project} />}
        {state.moved && <Note mark={state.moved.kind === 'part' ? 'info' : 'warning'}>{state.moved.words}</Note>}
        <Forks />
        {statesGivenUp(ledger).map(({ by, at, head }) => (
          <Note key={`${at} ${head}`} mark="warning">
            {by} replaced another state of this project on {formatMoment(at)}. What was recorded only there is gone; the samples
            drawn in it count. Its head was <code>{head}</code>
          </Note>
        ))}
        {ledger.length === 0 ? (
          <EmptyState title="Nothing has been recorded yet">
            <p>Runs, plans, draws, verdicts and signatures are written here, one line each, and can not be changed afterwards.</p>
          </EmptyState>
        ) : (
          <>
            <div className={styles.filter}>
              <Field label="Filter by person, action or object" value={text} onChange={setText} />
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
            <section className="scroll full" tabIndex={0} aria-label="Entries of the ledger">
              <table>
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">Who</th>
                    <th scope="col">Action</th>
                    <th scope="col">Object</th>
                    <th scope="col">Hash</th>
                  </tr>
                </thead>
                <tbody>
                  {entries.slice(0, shownAtOnce).map((entry) => (
                    <tr key={entry.hash}>
                      <td>{formatMoment(entry.time.wall)}</td>
                      <td>{entry.actor}</td>
                      <td>{entry.action.replaceAll('-', ' ')}</td>
                      <td>
                        <code>{entry.object.length > 40 ? `${entry.object.slice(0, 16)}…` : entry.object}</code>
                      </td>
                      <td>
                        <code title={entry.hash}>{entry.hash.slice(0, 12)}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            {entries.length > shownAtOnce && (
              <p className="muted">
                {formatNumber(shownAtOnce)} of {formatNumber(entries.length)} entries shown, the latest first. Export gives all.
              </p>
            )}
          </>
        )}
      </div>
      <HeadAnchor project={project} />
    </>
  )
}
