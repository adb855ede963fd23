/** Results of a run: lead time, busy staff, queues over the day and what the time goes into, each as a chart and as a table. */
import { useState } from 'react'
import { weekdays } from '../../../../core/workflow/map/scenario.ts'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { formatDuration, formatNumber, formatPercent } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import styles from './simulate.module.css'
import { IntervalChart, Legend, LineChart, LineLegend, PartsChart } from './simulate-charts.tsx'
import { OpensTo } from './simulate-opened.tsx'
import {
  axisOf,
  leadRows,
  type Pair,
  partsOf,
  queueByHour,
  type Row,
  roleIds,
  roleName,
  roleRows,
  type Shown,
  sideWords,
  timeAxis,
} from './simulate-view.ts'

interface ResultsProps {
  readonly workflow: Workflow
  readonly pair: Pair
}

export function SimulationResults({ workflow, pair }: ResultsProps) {
  return (
    <>
      <LeadTime pair={pair} />
      <Busy workflow={workflow} pair={pair} />
      <Queues workflow={workflow} pair={pair} />
      <TimeParts workflow={workflow} pair={pair} />
    </>
  )
}

/** Seed, replications and interval, under every chart. */
function Caption({ pair, what }: { readonly pair: Pair; readonly what: string }) {
  const counts = sides.map((side) => `${sideWords[side].toLowerCase()} ${pair[side].replications}`).join(', ')
  return (
    <p className="muted caption">
      {what} Seed {pair.current.seed}; replications: {counts} of at most {pair.current.budget}; {formatNumber(pair.current.cases)}{' '}
      cases each, the first {pair.current.warmup} (current) and {pair.future.warmup} (future) left out as warm-up; 95 % intervals.
    </p>
  )
}

function LeadTime({ pair }: { readonly pair: Pair }) {
  const rows = leadRows(pair).filter((row) => row.current !== null || row.future !== null)
  const most = Math.max(1, ...rows.flatMap((row) => [row.current?.interval[1] ?? 0, row.future?.interval[1] ?? 0]))
  return (
    <section className={styles.card} aria-labelledby="lead-time">
      <h2 id="lead-time">Lead time</h2>
      {rows.length > 0 ? (
        <>
          <Legend />
          <div className="scroll">
            <IntervalChart
              label="Lead time, current and future; the table below holds the numbers"
              rows={rows}
              axis={timeAxis(most)}
              format={formatDuration}
            />
          </div>
          <RowTable caption="Lead time" rows={rows} format={formatDuration} pair={pair} />
        </>
      ) : (
        <p>
          {sides.every((side) => pair[side].unstable.length > 0)
            ? 'No lead time: a queue never ends on either side.'
            : 'No lead time on either side: the notes above say why.'}
        </p>
      )}
      <Caption pair={pair} what="From coming to ending, waiting included." />
    </section>
  )
}

function Busy({ workflow, pair }: ResultsProps) {
  const rows = roleRows(workflow, pair)
  if (rows.length === 0) return null
  const most = Math.max(1, ...rows.flatMap((row) => [row.current?.mean ?? 0, row.future?.mean ?? 0]))
  return (
    <section className={styles.card} aria-labelledby="busy">
      <h2 id="busy">Staff busy</h2>
      <Legend />
      <div className="scroll">
        <IntervalChart
          label="Share of open hours in which staff is busy, current and future; the table below holds the numbers"
          rows={rows}
          axis={axisOf(most)}
          format={formatPercent}
          limit={{ at: 1, words: 'all open hours' }}
        />
      </div>
      <RowTable caption="Staff busy, share of open hours" rows={rows} format={formatPercent} pair={pair} />
      <Caption pair={pair} what="Work begun up to the last arrival, as a share of staff × open hours." />
    </section>
  )
}

const allDays = weekdays.map((_, at) => at)
const dayWords = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function Queues({ workflow, pair }: ResultsProps) {
  const ids = roleIds(pair)
  const [chosen, setChosen] = useState<string | null>(null)
  const [day, setDay] = useState('all')
  const role = chosen !== null && ids.includes(chosen) ? chosen : longestQueue(pair, ids)
  if (role === null) return null
  const days = day === 'all' ? allDays : [Number(day)]
  const hours = sides.map((side) =>
    queueByHour(
      pair[side].roles.find((each) => each.id === role),
      days,
    ),
  )
  const values = hours.map((each) => each.map((shown) => shown?.mean ?? null))
  const most = Math.max(0.1, ...values.flat().map((value) => value ?? 0))
  const name = roleName(workflow, role)
  return (
    <section className={styles.card} aria-labelledby="queue">
      <h2 id="queue">Queue over the day</h2>
      <div className="row-end">
        <Select label="Role" value={role} choices={ids.map((id) => [id, roleName(workflow, id)] as const)} onChange={setChosen} />
        <Select
          label="Days"
          value={day}
          choices={[['all', 'All days'] as const, ...dayWords.map((word, at) => [String(at), word] as const)]}
          onChange={setDay}
        />
      </div>
      <LineLegend lines={sides.map((side) => ({ name: sideWords[side], look: side }))} />
      <div className="scroll">
        <LineChart
          label={`Mean number waiting for ${name} by hour of the day; the table below holds the numbers`}
          lines={sides.map((side, at) => ({ name: sideWords[side], look: side, values: values[at] ?? [] }))}
          axis={axisOf(most)}
          steps={[0, 6, 12, 18, 23].map((at) => ({ at, words: `${String(at).padStart(2, '0')}:00` }))}
          format={(value) => String(Math.round(value * 100) / 100)}
        />
      </div>
      <details>
        <summary>Numbers by hour</summary>
        <RowTable
          caption={`Mean number waiting for ${name}`}
          rows={Array.from({ length: 24 }, (_, at) => ({
            name: `${String(at).padStart(2, '0')}:00`,
            current: hours[0]?.[at] ?? null,
            future: hours[1]?.[at] ?? null,
          }))}
          format={(value) => value.toFixed(2)}
          pair={pair}
        />
      </details>
      <Caption
        pair={pair}
        what="People or items waiting for the role, averaged over each hour; batches still being gathered are not in it."
      />
    </section>
  )
}

function longestQueue(pair: Pair, ids: readonly string[]): string | null {
  const wait = (id: string): number => pair.future.roles.find((role) => role.id === id)?.wait.mean ?? 0
  return [...ids].sort((a, b) => wait(b) - wait(a))[0] ?? null
}

function TimeParts({ workflow, pair }: ResultsProps) {
  const parts = sides.map((side) => partsOf(workflow, side, pair[side]))
  const [current, future] = parts
  if (!current || !future || sides.some((side) => pair[side].unstable.length > 0)) return null
  const names = [
    ['working', 'Working'],
    ['rekeying', 'Re-keying'],
    ['waiting', 'Waiting'],
  ] as const
  return (
    <section className={styles.card} aria-labelledby="parts">
      <h2 id="parts">Where the time goes</h2>
      <div className="scroll">
        <PartsChart
          label="Working, re-keying and waiting per case, current and future on one scale; the table below holds the numbers"
          bars={parts.map((each, at) => ({
            name: at === 0 ? sideWords.current : sideWords.future,
            parts: names.map(([key, name]) => ({ name, value: each[key].mean })),
          }))}
        />
      </div>
      <RowTable
        caption="Time per case"
        rows={names.map(([key, name]) => ({ name, current: current[key], future: future[key] }))}
        format={formatDuration}
        pair={pair}
      />
      <Caption
        pair={pair}
        what="Sums over all visits of a case; branches that run at the same time count each. Re-keying is the work of steps of that kind."
      />
    </section>
  )
}

/** The interval of a mean, under it. */
function Spread({ shown, format }: { readonly shown: Shown | null; readonly format: (value: number) => string }) {
  if (shown === null) return null
  return (
    <small className={`nowrap ${styles.spread} muted`}>
      {format(shown.interval[0])} – {format(shown.interval[1])}
    </small>
  )
}

function RowTable({
  caption,
  rows,
  format,
  pair,
}: {
  readonly caption: string
  readonly rows: readonly Row[]
  readonly format: (value: number) => string
  readonly pair: Pair
}) {
  return (
    <div className="scroll">
      <table>
        <caption className="visually-hidden">{caption}; each number opens to its replications</caption>
        <thead>
          <tr>
            <th scope="col">{caption}</th>
            {sides.map((side) => (
              <th key={side} scope="col" className="number">
                {sideWords[side]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {sides.map((side) => (
                <td key={side} className="number">
                  <OpensTo
                    what={`${caption}, ${row.name}, ${sideWords[side].toLowerCase()}`}
                    shown={row[side]}
                    format={format}
                    seed={pair[side].seed}
                  />
                  <Spread shown={row[side]} format={format} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
