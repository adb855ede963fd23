/** `private/workflows/<id>/watched.json`: what was seen of a shift and is not on a map yet. Work named in haste may name people, so it stays private. */
import * as v from 'valibot'
import { type Kept, object } from '../../values/document.ts'
import { membersOfFormat, type Read, type ReadProblem, readPartly, records, takes } from '../../values/partial-document.ts'
import { from } from '../map/members.ts'
import type { Seen } from './capture.ts'

export const watchedFormat = 'carryover-watched-shift/1'

const moment = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => Date.parse(text)),
  takes('a moment such as "2026-07-01T09:00:00.000Z"'),
)
const begun = {
  label: v.nullish(v.string(), ''),
  role: v.pipe(v.string(), v.nonEmpty()),
  from: moment,
  clicks: v.nullish(from(0), 0),
  screens: v.nullish(from(0), 0),
}
const seen = v.pipe(
  object({ ...begun, to: moment }),
  v.check((work) => work.to >= work.from),
)
const running = v.pipe(object(begun), takes('work with a role and a beginning'))
/** The piece of work that is being timed; `from` in milliseconds since 1970. */
export type Running = Kept<typeof running>

export const watchedDocument = object({
  /** In the order it was seen. */
  seen: records(seen, 'role, no beginning or no end'),
  running: v.nullish(running, null),
})
export type Watched = Kept<typeof watchedDocument>

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
  const members = membersOfFormat(json, watchedFormat, 'a watched shift', problems)
  return members && problems.length === 0
    ? { value: readPartly(members, watchedDocument, problems), problems }
    : { value: nothingWatched, problems }
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
