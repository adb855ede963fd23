/** A number that opens to the runs it was made of, where a run can be discarded with a reason or made to count again. */
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { TimedRun } from '../../../../core/workflow/timed-tests/run.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatMoment } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { discardRun } from '../acts/timed-tests.ts'
import styles from './timed.module.css'
import { discardReasons } from './timed-reasons.ts'
import { personNames, secondsText, type TimedView } from './timed-view.ts'

interface Opened {
  readonly what: string
  readonly lines: readonly number[]
  readonly formula: readonly string[]
}

const OpenContext = createContext<(opened: Opened) => void>(() => undefined)

/** Holds the one dialog of the page; it follows the runs while they are corrected. */
export function TimedOpenable({ view, children }: { readonly view: TimedView; readonly children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const lines = new Set(opened?.lines)
  return (
    <OpenContext value={setOpened}>
      {children}
      {opened && (
        <Dialog title={opened.what} open wide onClose={() => setOpened(null)}>
          {opened.formula.length > 0 && (
            <ul className={styles.formula}>
              {opened.formula.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <RunTable view={view} runs={view.runs.filter((run) => lines.has(run.at))} />
          <DialogActions>
            <Button onPress={() => setOpened(null)}>Close</Button>
          </DialogActions>
        </Dialog>
      )}
    </OpenContext>
  )
}

export function OpensToRuns(props: {
  readonly what: string
  readonly runs: readonly TimedRun[]
  readonly formula?: readonly string[]
  readonly children: ReactNode
}) {
  const { what, runs, formula = [], children } = props
  const open = useContext(OpenContext)
  return (
    <button
      type="button"
      className="dotted-link digits"
      onClick={() => open({ what, lines: runs.map((run) => run.at), formula })}
    >
      {children}
      <span className="visually-hidden">; {what}, show runs</span>
    </button>
  )
}

function RunTable({ view, runs }: { readonly view: TimedView; readonly runs: readonly TimedRun[] }) {
  if (runs.length === 0) return <p className="muted">No run stands behind this; it is an estimate or a fact of the map.</p>
  const names = personNames(view.runs)
  return (
    <ScrollRegion label="Runs" className={`scroll tall ${styles.scroll}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">System</th>
            <th scope="col">Who</th>
            {['Time', 'Clicks', 'Keys', 'Screens'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
            <th scope="col">Interrupted</th>
            <th scope="col">Counts</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.at}>
              <th scope="row">{formatMoment(run.startedAt)}</th>
              <td>{view.systems[run.system]}</td>
              <td>{run.person === null ? 'not named' : names.get(run.person)}</td>
              <td className="number">{secondsText(run.seconds)}</td>
              {[run.clicks, run.keys, run.screens].map((count, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three cells that never change places
                <td key={at} className="number">
                  {count ?? '—'}
                </td>
              ))}
              <td>{run.interruptions ? `${run.interruptions} ×, ${secondsText(run.interruptedSeconds ?? 0)}` : 'no'}</td>
              <td>
                <Standing view={view} run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Standing({ view, run }: { readonly view: TimedView; readonly run: TimedRun }) {
  if (view.readOnly) return <>{run.discarded === null ? 'yes' : `no: ${run.discarded}`}</>
  return (
    <select
      aria-label={`Does the run of ${formatMoment(run.startedAt)} count`}
      value={run.discarded ?? ''}
      onChange={(event) => {
        const reason = event.target.value
        void discardRun(run.at, reason, reason === '' ? 'A run counts again' : 'A run was discarded')
      }}
    >
      <option value="">yes</option>
      {[...new Set([...discardReasons, ...(run.discarded === null ? [] : [run.discarded])])].map((reason) => (
        <option key={reason} value={reason}>
          no: {reason}
        </option>
      ))}
    </select>
  )
}
