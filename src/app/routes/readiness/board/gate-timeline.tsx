/** History of the gates: one line per phase over time, and the same as a table with the criteria that moved each gate. */
import { useMemo } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { type GateChange, gateChanges } from '../../../../core/readiness/board/gate-history.ts'
import { gateWord } from '../../../../core/readiness/board/report.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { type Gate, phases } from '../../../../core/readiness/model/phase.ts'
import { formatMoment } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { gateMark } from './marks.ts'
import styles from './timeline.module.css'

/** Changes listed at once; the others are counted. */
const listed = 30
/** Causes named in a row; the others are counted. */
const named = 3

export function GateTimeline({ project }: { readonly project: Project }) {
  const { other, ledger } = project
  const changes = useMemo(() => gateChanges({ other, ledger }), [other, ledger])
  if (changes.length === 0) return null
  return (
    <section className="stack above-wide" aria-labelledby="gate-history">
      <h2 id="gate-history">History of the gates</h2>
      <Lines changes={changes} />
      <p className="muted caption">
        From left to right, {formatMoment(changes[0]?.at ?? '')} to {formatMoment(changes.at(-1)?.at ?? '')}; the taller a bar,
        the worse the gate: blocked, at risk, ready, and a line while it waits.
      </p>
      <details>
        <summary>
          {changes.length} {changes.length === 1 ? 'change' : 'changes'} as a table
        </summary>
        <ChangeTable changes={changes} />
      </details>
    </section>
  )
}

const width = 640
const rowHeight = 18
const left = 110

/** Each change has the same width: days without one would only be empty. The table has the times. */
function Lines({ changes }: { readonly changes: readonly GateChange[] }) {
  const moments = [...new Set(changes.map(({ at }) => at))]
  // The first column is before anything was put on record.
  const step = (width - left) / (moments.length + 1)
  const spans = phases.flatMap(({ id }, row) => {
    const own = changes.filter(({ phase }) => phase === id)
    const points = [
      { column: 0, gate: 'waiting' as Gate },
      ...own.map(({ at, to }) => ({ column: moments.indexOf(at) + 1, gate: to })),
    ]
    return points.map(({ column, gate }, index) => ({
      key: `${id} ${index}`,
      row,
      gate,
      from: left + column * step,
      to: left + (points[index + 1]?.column ?? moments.length + 1) * step,
    }))
  })
  return (
    <svg
      className={`box full ${styles.lines}`}
      viewBox={`0 0 ${width} ${phases.length * rowHeight + 4}`}
      role="img"
      aria-label={`Gates of six phases over ${moments.length} ${moments.length === 1 ? 'moment' : 'moments'} of change; the table has each one`}
    >
      {phases.map(({ id, title }, row) => (
        <text key={id} x={0} y={row * rowHeight + 14}>
          {title}
        </text>
      ))}
      {spans
        .filter(({ from, to }) => to > from)
        .map(({ key, row, gate, from, to }) => (
          <g key={key} data-gate={gate}>
            {/* Height says the gate as well as colour: the worse, the taller. */}
            <rect x={from + 1} y={row * rowHeight + 16 - heights[gate]} width={Math.max(1, to - from - 2)} height={heights[gate]}>
              <title>{gateWord(gate)}</title>
            </rect>
          </g>
        ))}
    </svg>
  )
}

const heights: Readonly<Record<Gate, number>> = { blocked: 14, 'at risk': 9, ready: 5, 'not due': 2, waiting: 2 }

function ChangeTable({ changes }: { readonly changes: readonly GateChange[] }) {
  const titles = new Map(phases.map(({ id, title }) => [id, title]))
  const shown = changes.toReversed().slice(0, listed)
  return (
    <>
      <ScrollRegion label="Changes of gates" className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Phase</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Because of</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((change) => (
              <tr key={`${change.at} ${change.phase} ${change.from} ${change.to}`}>
                <td>{formatMoment(change.at)}</td>
                <th scope="row">{titles.get(change.phase)}</th>
                <td>
                  <Pill mark={gateMark(change.from)}>{gateWord(change.from)}</Pill>
                </td>
                <td>
                  <Pill mark={gateMark(change.to)}>{gateWord(change.to)}</Pill>
                </td>
                <td>
                  <Causes change={change} />
                  {!change.entered && <span className="muted"> This line is not in the ledger as it stands.</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {changes.length > shown.length && (
        <p className="muted">and {changes.length - shown.length} earlier ones, in the JSON of the go/no-go page</p>
      )}
    </>
  )
}

function Causes({ change: { because } }: { readonly change: GateChange }) {
  const more = because.slice(named)
  return (
    <ul className={styles.causes}>
      {because.slice(0, named).map(({ criterion, from, to }) => (
        <li key={criterion}>
          <a href={`#/readiness?criterion=${slugOf(criterion)}`}>{slugOf(criterion).replaceAll('-', ' ')}</a>{' '}
          <span className="muted">{from === to ? 'ends within the week' : `${from ?? 'not judged'} → ${to}`}</span>
        </li>
      ))}
      {more.length > 0 && (
        <li className="muted" title={more.map(({ criterion }) => slugOf(criterion).replaceAll('-', ' ')).join(', ')}>
          and {more.length} more
        </li>
      )}
    </ul>
  )
}
