/** Durations as people type them: `4` minutes, `90 s`, `1:30`, `3-5`, `about 2 h`, `2 / 4 / 8` for least, usual and most. */

import { readSpokenTime } from '../../../../core/workflow/interop/pasted-list.ts'
import { type Distribution, meanOf } from '../../../../core/workflow/map/distribution.ts'

const units: Readonly<Record<string, number>> = { s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400, day: 86_400, days: 86_400 }

/** Seconds, or null for what is no duration; a number alone is minutes. */
export function readDuration(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(text.trim())
  if (!match) return null
  const unit = match[2] === '' ? 60 : units[(match[2] ?? '').toLowerCase()]
  // Whole milliseconds: 1060.9 min has to read back as exactly 63654 s.
  return unit === undefined ? null : Math.round(Number((match[1] ?? '').replace(',', '.')) * unit * 1000) / 1000
}

/** A new mean keeps the spread that was known; three values make a triangle. Undefined for what can not be read. */
export function readTimes(text: string, before: Distribution | null): Distribution | null | undefined {
  if (text.trim() === '') return null
  const parts = text.split('/').map(readDuration)
  if (parts.some((part) => part === null)) return readSpokenTime(text)?.time
  const [first, second, third] = parts
  if (parts.length === 3 && first != null && second != null && third != null)
    return first <= second && second <= third ? { dist: 'triangular', min: first, mode: second, max: third } : undefined
  if (parts.length !== 1 || first == null) return undefined
  if (before && 'mean' in before) return { ...before, mean: first }
  return { dist: 'constant', value: first }
}

/** The shortest text that `readTimes` reads back. */
export function writeTimes(times: Distribution | null): string {
  if (times === null) return ''
  if (times.dist === 'triangular') return three([times.min, times.mode, times.max])
  return shortest(meanOf(times))
}

/** Whole minutes need no unit: `2 / 4 / 8`. */
function three(seconds: readonly number[]): string {
  const minutes = seconds.every((each) => each % 6 === 0 && each < 7200)
  return seconds.map((each) => (minutes ? String(each / 60) : shortest(each))).join(' / ')
}

function shortest(seconds: number): string {
  if (seconds >= 7200 && seconds % 360 === 0) return `${seconds / 3600} h`
  if (seconds % 6 === 0) return `${seconds / 60} min`
  return `${Math.round(seconds * 100) / 100} s`
}

/** How a duration varies, in words. */
export function spreadOf(times: Distribution | null): string {
  if (times === null) return ''
  switch (times.dist) {
    case 'constant':
      return 'always the same'
    case 'triangular':
    case 'uniform':
      return 'between least and most'
    case 'empirical':
      return `${times.values.length} measured values`
    default:
      return `${times.dist}, mean`
  }
}
