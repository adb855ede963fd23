/** A p-chart as a picture, and the same numbers as a table. */
import {
  type ChartSignal,
  type ChartSlot,
  chartSlots,
  type ShareChart,
  type ShareChartPoint,
} from '../../../../core/readiness/statistics/share-chart.ts'
import { formatPercent } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import styles from './charts.module.css'

const width = 720
const height = 220
const inset = { left: 48, right: 16, top: 12, bottom: 28 }

interface Plotted {
  readonly measure: string
  readonly chart: ShareChart
  /** Drawn months that are not finished, with what is missing in words. */
  readonly unfinished: ReadonlyMap<string, string>
}

export function SharePlot({ measure, chart, unfinished }: Plotted) {
  const { points, centre } = chart
  const slots = chartSlots(points, [...unfinished.keys()])
  const least = Math.min(...points.map(({ low, share }) => Math.min(low, share)))
  const from = Math.max(0, Math.floor(least * 20 - 1) / 20)
  const step = (width - inset.left - inset.right) / slots.length
  const x = (index: number): number => inset.left + step * (index + 0.5)
  const y = (share: number): number => inset.top + ((1 - share) / (1 - from || 1)) * (height - inset.top - inset.bottom)
  const each = <T,>(of: (point: ShareChartPoint, index: number) => T): readonly T[] =>
    slots.flatMap(({ point }, i) => (point ? [of(point, i)] : []))
  const stairs = (of: (point: ShareChartPoint) => number): string =>
    each((point, i) => `${slots[i - 1]?.point ? 'L' : 'M'}${x(i) - step / 2} ${y(of(point))}H${x(i) + step / 2}`).join('')
  const out = points.filter(({ signals }) => signals.length > 0).length
  const gaps = slots.length - points.length
  const every = Math.ceil(slots.length / 12)
  return (
    <svg
      className={`box full ${styles.plot}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${measure}: ${points.length} months, centre ${formatPercent(centre)}, ${out} with a signal${gaps > 0 ? `, ${gaps} without a share` : ''}. The table below has the numbers.`}
    >
      {slots.map(({ month, point }, i) =>
        point ? null : (
          <rect
            key={month}
            className={styles.gap}
            x={x(i) - step / 2}
            y={inset.top}
            width={step}
            height={height - inset.top - inset.bottom}
          />
        ),
      )}
      {[from, (1 + from) / 2, 1].map((share) => (
        <g key={share}>
          <line className={styles.grid} x1={inset.left} x2={width - inset.right} y1={y(share)} y2={y(share)} />
          <text className={`caption ${styles.tick}`} x={inset.left - 8} y={y(share) + 4} textAnchor="end">
            {formatPercent(share)}
          </text>
        </g>
      ))}
      <path className={`drawn-line ${styles.limit}`} d={stairs(({ low }) => low)} />
      <path className={`drawn-line ${styles.limit}`} d={stairs(({ high }) => high)} />
      <line className={styles.centre} x1={inset.left} x2={width - inset.right} y1={y(centre)} y2={y(centre)} />
      <path
        className={styles.line}
        d={each(({ share }, i) => `${slots[i - 1]?.point ? 'L' : 'M'}${x(i)} ${y(share)}`).join('')}
      />
      {each(({ month, share, signals }, i) => (
        <g key={month}>
          {signals.length > 0 ? (
            <path className={styles.out} d={`M${x(i)} ${y(share) - 7}l7 7-7 7-7-7Z`} />
          ) : (
            <circle className={styles.point} cx={x(i)} cy={y(share)} r="4" />
          )}
        </g>
      ))}
      {slots.map(({ month }, i) =>
        i % every === 0 ? (
          <text key={month} className={`caption ${styles.tick}`} x={x(i)} y={height - 8} textAnchor="middle">
            {monthWords(month)}
          </text>
        ) : null,
      )}
    </svg>
  )
}

export function ShareTable({ measure, chart, unfinished }: Plotted) {
  return (
    <ScrollRegion label={`${measure}, month by month`} className={`box scroll ${styles.scroll}`}>
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
          {chartSlots(chart.points, [...unfinished.keys()]).map((slot) => (
            <ShareRow key={slot.month} slot={slot} missing={unfinished.get(slot.month) ?? 'no chart was audited'} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function ShareRow({ slot: { month, point }, missing }: { readonly slot: ChartSlot; readonly missing: string }) {
  if (!point)
    return (
      <tr>
        <td>{monthWords(month)}</td>
        <td colSpan={4} className="muted">
          no share
        </td>
        <td>
          <SeverityMark mark="waiting" /> {missing}
        </td>
      </tr>
    )
  return (
    <tr>
      <td>{monthWords(month)}</td>
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
