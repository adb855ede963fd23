/** A p-chart as a picture, and the same numbers as a table. */
import type { ChartSignal, ShareChart, ShareChartPoint } from '../../../core/readiness/share-chart.ts'
import { ScrollRegion } from '../../components/scroll-region.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { formatPercent } from '../../format.ts'
import styles from './charts.module.css'

const width = 720
const height = 220
const inset = { left: 48, right: 16, top: 12, bottom: 28 }

export function SharePlot({ measure, chart }: { readonly measure: string; readonly chart: ShareChart }) {
  const { points, centre } = chart
  const least = Math.min(...points.map(({ low, share }) => Math.min(low, share)))
  const from = Math.max(0, Math.floor(least * 20 - 1) / 20)
  const step = (width - inset.left - inset.right) / points.length
  const x = (index: number): number => inset.left + step * (index + 0.5)
  const y = (share: number): number => inset.top + ((1 - share) / (1 - from || 1)) * (height - inset.top - inset.bottom)
  const stairs = (of: (point: ShareChartPoint) => number): string =>
    points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(i) - step / 2} ${y(of(point))}H${x(i) + step / 2}`).join('')
  const out = points.filter(({ signals }) => signals.length > 0).length
  return (
    <svg
      className={styles.plot}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${measure}: ${points.length} months, centre ${formatPercent(centre)}, ${out} with a signal. The table below has the numbers.`}
    >
      {[from, (1 + from) / 2, 1].map((share) => (
        <g key={share}>
          <line className={styles.grid} x1={inset.left} x2={width - inset.right} y1={y(share)} y2={y(share)} />
          <text className={styles.tick} x={inset.left - 8} y={y(share) + 4} textAnchor="end">
            {formatPercent(share)}
          </text>
        </g>
      ))}
      <path className={styles.limit} d={stairs(({ low }) => low)} />
      <path className={styles.limit} d={stairs(({ high }) => high)} />
      <line className={styles.centre} x1={inset.left} x2={width - inset.right} y1={y(centre)} y2={y(centre)} />
      <polyline className={styles.line} points={points.map(({ share }, i) => `${x(i)},${y(share)}`).join(' ')} />
      {points.map(({ month, share, signals }, i) => (
        <g key={month}>
          {signals.length > 0 ? (
            <path className={styles.out} d={`M${x(i)} ${y(share) - 7}l7 7-7 7-7-7Z`} />
          ) : (
            <circle className={styles.point} cx={x(i)} cy={y(share)} r="4" />
          )}
          {(points.length <= 12 || i % 2 === 0) && (
            <text className={styles.tick} x={x(i)} y={height - 8} textAnchor="middle">
              {monthWords(month)}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

export function ShareTable({ measure, chart }: { readonly measure: string; readonly chart: ShareChart }) {
  return (
    <ScrollRegion label={`${measure}, month by month`} className={styles.scroll}>
      <table>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col" className="number">
              Met
            </th>
            <th scope="col" className="number">
              Of
            </th>
            <th scope="col" className="number">
              Share
            </th>
            <th scope="col" className="number">
              Limits
            </th>
            <th scope="col">Signal</th>
          </tr>
        </thead>
        <tbody>
          {chart.points.map((point) => (
            <tr key={point.month}>
              <td>{monthWords(point.month)}</td>
              <td className="number">{point.met}</td>
              <td className="number">{point.of}</td>
              <td className="number">{formatPercent(point.share)}</td>
              <td className="number">
                {formatPercent(point.low)} to {formatPercent(point.high)}
              </td>
              <td>
                <SeverityMark mark={point.signals.length > 0 ? 'error' : 'ok'} /> {signalWords(point)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function signalWords({ signals, share, low }: ShareChartPoint): string {
  const words: Readonly<Record<ChartSignal, string>> = {
    limit: share < low ? 'below its limit' : 'above its limit',
    run: 'eight or more months on one side of the centre',
  }
  return signals.length === 0 ? 'within its limits' : signals.map((signal) => words[signal]).join(', ')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "Aug-2026" from `2026-08`. */
export function monthWords(month: string): string {
  return `${months[Number(month.slice(5, 7)) - 1] ?? month.slice(5)}-${month.slice(0, 4)}`
}
