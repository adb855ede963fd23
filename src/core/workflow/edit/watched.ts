/** `private/workflows/<id>/watched.json`: what was seen of a shift and is not on a map yet. Work named in haste may name people, so it stays private. */

import { Fields, isObject, type ReadProblem } from '../map/fields.ts'
import type { Read } from '../map/read.ts'
import type { Seen } from './capture.ts'

export const watchedFormat = 'carryover-watched-shift/1'

/** The piece of work that is being timed; `from` in milliseconds since 1970. */
export type Running = Omit<Seen, 'to'>

export interface Watched {
  /** In the order it was seen. */
  readonly seen: readonly Seen[]
  readonly running: Running | null
}

export const nothingWatched: Watched = { seen: [], running: null }

/** What was seen when the running piece of work ends now. */
export function stopped({ seen, running }: Watched, now: number): readonly Seen[] {
  return running === null
    ? seen
    : [...seen, { ...running, label: running.label.trim() === '' ? `Work of ${running.role}` : running.label, to: now }]
}

/** Work without a role or a time is named and left out. */
export function readWatched(json: unknown): Read<Watched> {
  const problems: ReadProblem[] = []
  if (!isObject(json)) {
    problems.push({ place: '$', sentence: 'The file is not a watched shift: it does not hold a JSON object.' })
    return { value: nothingWatched, problems }
  }
  const f = new Fields(json, '$', problems)
  const format = f.text('format')
  if (format !== watchedFormat) {
    const sentence = `$.format is ${JSON.stringify(format)}; this version reads "${watchedFormat}".`
    return { value: nothingWatched, problems: [...problems, { place: '$.format', sentence }] }
  }
  const seen = f.list('seen', (fields, place): Seen | null => {
    const begun = readRunning(fields)
    const to = instant(fields, 'to')
    if (begun !== null && to !== null && to >= begun.from) return { ...begun, to }
    problems.push({ place, sentence: `${place} has no role, no beginning or no end; it was left out.` })
    return null
  })
  const running = f.whole(
    'running',
    (value, place) => (isObject(value) ? readRunning(new Fields(value, place, problems)) : null),
    'work with a role and a beginning',
  )
  return { value: { seen: seen.filter((each) => each !== null), running }, problems }
}

function readRunning(fields: Fields): Running | null {
  const role = fields.text('role')
  const from = instant(fields, 'from')
  const label = fields.text('label') ?? ''
  const [clicks, screens] = [fields.number('clicks', 0) ?? 0, fields.number('screens', 0) ?? 0]
  return role === null || role === '' || from === null ? null : { label, role, from, clicks, screens }
}

function instant(fields: Fields, name: string): number | null {
  const wanted = 'a moment such as "2026-07-01T09:00:00.000Z"'
  return fields.whole(
    name,
    (value) => {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
      return Number.isNaN(at) ? null : at
    },
    wanted,
  )
}

/** One piece of work per line, times in UTC. */
export function watchedText({ seen, running }: Watched): string {
  const begun = ({ label, role, from, clicks, screens }: Running) => ({ label, role, from: text(from), clicks, screens })
  const lines = seen.map((each) => `    ${JSON.stringify({ ...begun(each), to: text(each.to) })}`)
  const members = [
    `  "format": ${JSON.stringify(watchedFormat)}`,
    lines.length === 0 ? '  "seen": []' : `  "seen": [\n${lines.join(',\n')}\n  ]`,
    `  "running": ${JSON.stringify(running === null ? null : begun(running))}`,
  ]
  return `{\n${members.join(',\n')}\n}\n`
}

function text(at: number): string {
  return new Date(at).toISOString()
}
