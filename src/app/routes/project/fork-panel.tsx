/** Two continuations of one device's chain: what each holds, which one stands, who says so and why. */
import { useMemo, useState } from 'react'
import { type Continuation, continuationsOf, settleFork } from '../../../core/project/copies/fork-settlement.ts'
import { type Fork, forksIn } from '../../../core/project/ledger/ledger-union.ts'
import { entriesAside, settlementsOf, verdictsAside } from '../../../core/project/sample/settlements.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { Note } from '../../components/panel.tsx'
import { useNamed, WhoWorks } from '../../frame/who-works.tsx'
import { act } from '../../session/act.ts'
import { useWorkspace } from '../../session/state.ts'
import styles from './fork-panel.module.css'

export function Forks() {
  const project = useWorkspace((w) => w.project)
  const forks = useMemo(() => (project ? forksIn(project.ledger) : []), [project])
  if (!project) return null
  const settled = settlementsOf(project)
  return (
    <>
      {forks.map((fork) => (
        <ForkPanel key={`${fork.device}/${fork.seq}`} fork={fork} />
      ))}
      {settled.length > 0 && (
        <details>
          <summary>
            {formatNumber(settled.length)} settled {settled.length === 1 ? 'fork' : 'forks'};{' '}
            {formatNumber(entriesAside(project).length)} entries with {formatNumber(verdictsAside(project).length)} verdicts are
            put aside
          </summary>
          <ul>
            {settled.map(({ device, seq, by, reason, at, givenUp }) => (
              <li key={`${device}/${seq} ${at}`}>
                {device} from entry {seq} on, settled by {by}, {formatMoment(at)}: {reason} ({formatNumber(givenUp.length)}{' '}
                entries put aside)
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function ForkPanel({ fork }: { readonly fork: Fork }) {
  const ledger = useWorkspace((w) => w.project?.ledger)
  const named = useNamed()
  const sides = useMemo(() => continuationsOf(ledger ?? [], fork), [ledger, fork])
  const [kept, setKept] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const settle = async (): Promise<void> => {
    if (kept === null) return setProblem('Choose the continuation that stands.')
    setProblem(await act((project, hand) => settleFork(project, fork, kept, reason, hand)))
  }
  return (
    <section className={`stack-wide ${styles.fork}`} aria-label={`Fork of ${fork.device} at entry ${fork.seq}`}>
      <h2>Two continuations of one device</h2>
      <p>
        Somebody went on from an old copy on the device <code>{fork.device}</code>: from entry {fork.seq} on its chain has{' '}
        {sides.length} continuations. Nothing can be signed until a named person says which one stands. The other one is put
        aside, whole and readable, and counts nothing: what was read there has to be read again.
      </p>
      {!named && <WhoWorks question="Who settles this?" button="Settle in this name" className={'row-end'} />}
      <fieldset className={`tiles ${styles.sides}`}>
        <legend>Which continuation stands?</legend>
        {sides.map((side, index) => (
          <label key={side.first} className={`line-start ${styles.side}`}>
            <input type="radio" name={`fork ${fork.device}`} checked={kept === side.first} onChange={() => setKept(side.first)} />
            <span>
              <strong>Continuation {index + 1}</strong>
              {factsOf(side).map((fact) => (
                <span key={fact}>{fact}</span>
              ))}
              <code>{side.first.slice(0, 16)}…</code>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label="Why does it stand?" value={reason} onChange={setReason} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      <Button look="primary" onPress={() => void settle()} isDisabled={!named}>
        Settle the fork
      </Button>
    </section>
  )
}

function factsOf({ entries }: Continuation): readonly string[] {
  const [first, last] = [entries[0], entries.at(-1)]
  const count = (actions: readonly string[]): number => entries.filter(({ action }) => actions.includes(action)).length
  const people = [...new Set(entries.map(({ actor }) => actor))].join(', ')
  return [
    `${formatNumber(entries.length)} entries by ${people}`,
    `${formatNumber(count(['verdict', 'adjudicated']))} verdicts, ${formatNumber(count(['signed']))} signatures, ${formatNumber(count(['sample-drawn']))} draws`,
    first && last ? `${formatMoment(first.time.wall)} to ${formatMoment(last.time.wall)}` : '',
  ]
}
