/** How numbers, durations and dates read on screen. */
import { counted } from '../../core/counted.ts'
import { dayText } from '../../core/values/day.ts'

export { changeText as formatChange, durationText as formatDuration } from '../../core/duration-text.ts'

const whole = new Intl.NumberFormat('en')

export function formatNumber(value: number): string {
  return whole.format(value)
}

/** Two significant digits: "0.59 %", "61 %", "120 %". What is not none never reads as none, and what is not all never as all. */
export function formatPercent(share: number): string {
  const percent = share * 100
  if (percent === 0 || percent === 100) return `${percent} %`
  if (percent < 0.01) return '< 0.01 %'
  if (percent > 99.99 && percent < 100) return '> 99.99 %'
  // More than all is asked of a role, so that a little more never reads as all.
  if (percent > 100 && percent < 100.01) return '> 100 %'
  const digits = percent < 1 || (percent > 99 && percent < 101) ? 2 : percent < 10 ? 1 : 0
  return `${percent.toFixed(digits)} %`
}

/** "1.2 MB", in powers of ten as disks count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** Date and 24-hour time with offset, for moments that matter. */
export function formatMoment(iso: string): string {
  const match = /T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?/.exec(iso)
  if (!match) return dayText(iso)
  const zone = match[2] === 'Z' ? 'UTC' : (match[2] ?? '')
  return `${dayText(iso)} ${match[1]}${zone === '' ? '' : ` ${zone}`}`
}

/** A number as screens print it with the word it counts: “1 record”, “2,000 records”. */
export function formatCount(count: number, one: string, many?: string): string {
  return counted(count, one, many, formatNumber(count))
}
