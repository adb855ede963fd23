/** What reading fewer or more records would prove, computed exactly for this number of records. */
import { useMemo, useState } from 'react'
import { million, percentText } from '../../../../core/review/model/claim.ts'
import { stratifiedUpperBound } from '../../../../core/review/statistics/bound.ts'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import styles from './plan.module.css'

const steps = [20, 30, 59, 100, 150, 200, 299, 500, 1000]

export function TradeOff({
  size,
  riskPpm,
  planned,
}: {
  readonly size: number
  readonly riskPpm: number
  readonly planned: number
}) {
  const most = Math.min(size, 1500)
  const [asked, setAsked] = useState<number | null>(null)
  const n = Math.min(asked ?? planned, most)
  const rows = useMemo(() => {
    const list = [...new Set([...steps, planned])].filter((step) => step <= size && step > 0).sort((a, b) => a - b)
    return list.map((step) => ({ n: step, upper: boundOf(size, step, riskPpm) }))
  }, [size, planned, riskPpm])
  const upper = useMemo(() => boundOf(size, n, riskPpm), [size, n, riskPpm])
  if (size === 0) return null
  return (
    <section className={`card stack-wide ${styles.card}`}>
      <h2>What a smaller or larger sample proves</h2>
      <label className={`stack ${styles.slider}`}>
        <span>
          Read <strong>{formatNumber(n)}</strong> of {formatNumber(size)} and find nothing wrong: at most{' '}
          <strong>
            {formatNumber(upper)} ({formatPercent(upper / size)})
          </strong>{' '}
          are wrong, {percentText(million - riskPpm)} sure.
        </span>
        <input
          type="range"
          min={1}
          max={most}
          value={n}
          aria-label="Records to read"
          onChange={(event) => setAsked(Number(event.target.value))}
        />
      </label>
      <table>
        <thead>
          <tr>
            <th scope="col" className="number">
              Records read
            </th>
            <th scope="col" className="number">
              At most wrong
            </th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.n} className={row.n === planned ? styles.chosen : undefined}>
              <td className="number">
                {formatNumber(row.n)}
                {row.n === planned && <span className="muted"> planned</span>}
              </td>
              <td className="number">{formatNumber(row.upper)}</td>
              <td className="number">{formatPercent(row.upper / size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function boundOf(size: number, n: number, riskPpm: number): number {
  return stratifiedUpperBound([{ size, n }], 0, riskPpm)
}
