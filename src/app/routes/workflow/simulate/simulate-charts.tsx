/** Charts of the Simulate screen as plain SVG; the table beside each holds the same numbers. */
import { formatPercent } from '../../../components/format.ts'
import styles from './simulate.module.css'
import { type Row, type Shown, sideWords } from './simulate-view.ts'

const width = 600
const left = 168
/** Room that half a character of a label under an axis takes; figures of 13 px are no wider. */
const halfCharacter = 4

/** Means as points with their intervals, current above future on one axis. */
export function IntervalChart({
  label,
  rows,
  axis,
  format,
  limit,
}: {
  readonly label: string
  readonly rows: readonly Row[]
  readonly axis: { readonly end: number; readonly ticks: readonly number[] }
  readonly format: (value: number) => string
  /** A line that should not be crossed, with its words. */
  readonly limit?: { readonly at: number; readonly words: string }
}) {
  const height = rows.length * 48 + 44
  // The last label stands half beyond the end of the axis.
  const right = 8 + format(axis.end).length * halfCharacter
  const x = (value: number): number => left + (Math.max(0, Math.min(value, axis.end)) / axis.end) * (width - left - right)
  return (
    <svg className={`full ${styles.chart}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={x(tick)} x2={x(tick)} y1={4} y2={height - 36} />
          <text className={styles.tick} x={x(tick)} y={height - 20} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      {limit && (
        <>
          <line className={styles.limit} x1={x(limit.at)} x2={x(limit.at)} y1={4} y2={height - 36} />
          <text className={styles.tick} x={x(limit.at)} y={height - 4} textAnchor="end">
            {limit.words}
          </text>
        </>
      )}
      {rows.map((row, at) => (
        <g key={row.name}>
          <text className={styles.rowName} x={0} y={at * 48 + 30}>
            {short(row.name, 25)}
          </text>
          {(['current', 'future'] as const).map((side, line) => {
            const shown = row[side]
            const y = at * 48 + 16 + line * 20
            return shown && <Point key={side} side={side} shown={shown} x={x} y={y} />
          })}
        </g>
      ))}
    </svg>
  )
}

function Point({
  side,
  shown,
  x,
  y,
}: {
  readonly side: 'current' | 'future'
  readonly shown: Shown
  readonly x: (value: number) => number
  readonly y: number
}) {
  return (
    <g className={styles[side]}>
      <line className={styles.bar} x1={x(0)} x2={x(shown.mean)} y1={y} y2={y} />
      <line className={styles.whisker} x1={x(shown.interval[0])} x2={x(shown.interval[1])} y1={y} y2={y} />
      {shown.interval.map((end, at) => (
        <line key={at === 0 ? 'low' : 'high'} className={styles.whisker} x1={x(end)} x2={x(end)} y1={y - 5} y2={y + 5} />
      ))}
      {side === 'current' ? (
        <circle className={styles.mark} cx={x(shown.mean)} cy={y} r={5} />
      ) : (
        <rect className={styles.mark} x={x(shown.mean) - 5} y={y - 5} width={10} height={10} />
      )}
    </g>
  )
}

/** Which shape and line is which map. */
export function Legend() {
  return (
    <p className="row caption">
      <svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" className={`muted ${styles.current}`}>
        <line className={styles.line} x1="0" x2="28" y1="7" y2="7" />
        <circle className={styles.mark} cx="14" cy="7" r="5" />
      </svg>
      {sideWords.current}
      <svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" className={styles.future}>
        <line className={styles.line} x1="0" x2="28" y1="7" y2="7" />
        <rect className={styles.mark} x="9" y="2" width="10" height="10" />
      </svg>
      {sideWords.future}
      <span className="muted">· lines through the marks: 95 % interval of the mean</span>
    </p>
  )
}

/** Which line is which, by its strokes. */
export function LineLegend({ lines }: { readonly lines: readonly { readonly name: string; readonly look: Look }[] }) {
  return (
    <p className="row caption">
      {lines.map(({ name, look }) => (
        <span key={name} className="row">
          <svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" className={styles[look]}>
            <line className={styles.line} x1="0" x2="28" y1="7" y2="7" />
          </svg>
          {name}
        </span>
      ))}
    </p>
  )
}

export type Look = 'current' | 'future' | 'third'

/** Values over equal steps: hours of a day, days after go-live. A gap where nothing is known. */
export function LineChart({
  label,
  lines,
  axis,
  steps,
  format,
}: {
  readonly label: string
  readonly lines: readonly {
    readonly name: string
    readonly look: Look
    readonly values: readonly (number | null)[]
  }[]
  readonly axis: { readonly end: number; readonly ticks: readonly number[] }
  readonly steps: readonly { readonly at: number; readonly words: string }[]
  readonly format: (value: number) => string
}) {
  const height = 208
  const count = Math.max(1, ...lines.map(({ values }) => values.length))
  const x = (at: number): number => 44 + (at / Math.max(1, count - 1)) * (width - 44 - 24)
  const y = (value: number): number => 176 - (value / axis.end) * 164
  return (
    <svg className={`full ${styles.chart}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={44} x2={width - 24} y1={y(tick)} y2={y(tick)} />
          <text className={styles.tick} x={38} y={y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {steps.map(({ at, words }) => (
        <text key={words} className={styles.tick} x={x(at)} y={height - 12} textAnchor="middle">
          {words}
        </text>
      ))}
      {lines.map(({ name, look, values }) => (
        <g key={name} className={styles[look]}>
          <path className={styles.line} d={pathOf(values, x, y)} />
        </g>
      ))}
    </svg>
  )
}

function pathOf(values: readonly (number | null)[], x: (at: number) => number, y: (value: number) => number): string {
  let pen = false
  return values
    .map((value, at) => {
      if (value === null) {
        pen = false
        return ''
      }
      const to = `${pen ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
      pen = true
      return to
    })
    .join('')
}

/** Parts of a whole, one bar per map on one scale, with their words inside where there is room. */
export function PartsChart({
  label,
  bars,
}: {
  readonly label: string
  readonly bars: readonly {
    readonly name: string
    readonly parts: readonly { readonly name: string; readonly value: number }[]
  }[]
}) {
  const looks = [styles.working, styles.rekeying, styles.waiting]
  const most = Math.max(1e-9, ...bars.map(({ parts }) => parts.reduce((sum, part) => sum + part.value, 0)))
  return (
    <svg className={`full ${styles.chart}`} viewBox={`0 0 ${width} ${bars.length * 44}`} role="img" aria-label={label}>
      <defs>
        <pattern id="rekeying" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className={styles.hatchGround} />
          <line x1="0" x2="0" y1="0" y2="6" className={styles.hatchLine} />
        </pattern>
      </defs>
      {bars.map(({ name, parts }, row) => {
        let from = 80
        const total = parts.reduce((sum, part) => sum + part.value, 0)
        return (
          <g key={name}>
            <text className={styles.rowName} x={0} y={row * 44 + 25}>
              {name}
            </text>
            {parts.map((part, at) => {
              const wide = (part.value / most) * (width - 80 - 4)
              const start = from
              from += wide
              return (
                <g key={part.name}>
                  <rect className={looks[at]} x={start} y={row * 44 + 6} width={Math.max(0, wide)} height={30} />
                  {wide > 92 && (
                    <text className={at === 0 ? styles.onWorking : styles.onPart} x={start + 8} y={row * 44 + 25}>
                      {`${part.name} ${formatPercent(part.value / (total || 1))}`}
                    </text>
                  )}
                </g>
              )
            })}
          </g>
        )
      })}
    </svg>
  )
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
