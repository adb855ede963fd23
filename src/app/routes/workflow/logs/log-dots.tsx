/** The dotted chart: a line per case in the order of their begin, a dot per event. Waves, gaps and batches are seen at once. */
import { useMemo } from 'react'
import { dayText } from '../../../../core/values/day.ts'
import { chartSpans, type DottedChart } from '../../../../core/workflow/log/dotted-chart.ts'
import { formatNumber } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import styles from './logs.module.css'

const width = 960
const height = 280

export function LogDots({ chart }: { readonly chart: DottedChart }) {
  const drawing = useMemo(() => draw(chart), [chart])
  const { by, spans } = useMemo(() => chartSpans(chart), [chart])
  if (drawing === null) return null
  const { cases, of } = chart
  const day = (time: number): string => dayText(new Date(time).toISOString())
  const amount =
    cases.length < of
      ? `Every ${formatNumber(Math.round(of / cases.length))}th of ${formatNumber(of)} cases is shown.`
      : `All ${formatNumber(of)} cases are shown.`
  return (
    <section className={`stack below-wide ${styles.section}`}>
      <h2>Cases over time</h2>
      <ScrollRegion className={`box scroll ${styles.scroll}`} label="Drawing of cases over time">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          className={`full ${styles.dots}`}
          role="img"
          aria-label={`A dot per event of ${cases.length} cases, from ${day(drawing.first)} to ${day(drawing.last)}; the same as a table below`}
        >
          <path d={drawing.path} className={styles.dot} />
        </svg>
      </ScrollRegion>
      <p className="muted caption">
        A line per case, the first on top; a dot per event, from {day(drawing.first)} to {day(drawing.last)}. {amount}
      </p>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{by === 'day' ? 'Day' : 'Month'}</th>
              <th scope="col" className="number">
                Cases that begin
              </th>
              <th scope="col" className="number">
                Events
              </th>
            </tr>
          </thead>
          <tbody>
            {spans.map(({ from, begins, events }) => (
              <tr key={from}>
                <th scope="row">{by === 'day' ? dayText(from) : dayText(from).slice(3)}</th>
                <td className="number">{formatNumber(begins)}</td>
                <td className="number">{formatNumber(events)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

/** All dots as one path; null where nothing is timed. */
function draw({
  line,
  time,
  cases,
}: DottedChart): { readonly path: string; readonly first: number; readonly last: number } | null {
  if (time.length === 0) return null
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const one of time) {
    first = Math.min(first, one)
    last = Math.max(last, one)
  }
  const parts: string[] = []
  for (let i = 0; i < time.length; i++) {
    const x = 8 + (((time[i] as number) - first) / Math.max(1, last - first)) * (width - 16)
    const y = 8 + ((line[i] as number) / Math.max(1, cases.length - 1)) * (height - 16)
    parts.push(`M${x.toFixed(1)} ${y.toFixed(1)}h.01`)
  }
  return { path: parts.join(''), first, last }
}
