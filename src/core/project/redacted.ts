/**
 * What the owner's committee may have: ledger, keys, plan, list of records, draw, counts and certificates; no data, no verdict on a record, no private
 * part. V1 to V5, V7 and V10 verify as they do in the whole project; what was left out is named.
 */
import { utf8 } from '../canonical.ts'
import { certificateOf, certificateText } from './certificate.ts'
import { signaturesOf } from './coverage.ts'
import { paths } from './documents.ts'
import type { Project, ProjectFiles } from './project.ts'
import { saveProject } from './save.ts'

/** Left out beside `private/`: verdicts by record, worklist, texts of people, and everything that describes the files. */
const shown = [
  paths.manifest,
  paths.ledger,
  paths.heads,
  paths.plan,
  paths.frame,
  paths.draw,
  paths.forks,
  paths.givenUp,
  paths.redacted,
] as const

/** The redacted project as files; its own file says what it lacks. */
export function redactedFiles(project: Project): ProjectFiles {
  const files = saveProject(project)
  const kept = [...files].filter(([path]) => shown.some((each) => each === path) || /^(?:keys|runs)\//.test(path))
  const left = [...files.keys()].filter((path) => !kept.some(([each]) => each === path) && !path.startsWith('private/'))
  const note = { format: 'carryover-redacted/1', leftOut: [...left.sort(), 'private/'] }
  const bytes = utf8(`${JSON.stringify(note, null, 2)}\n`)
  const certificates = signaturesOf(project).map(
    ({ entry, payload }) =>
      [`certificates/${entry.hash.slice(0, 16)}.txt`, utf8(certificateText(certificateOf(payload)))] as const,
  )
  return new Map([...kept, ...certificates, [paths.redacted, bytes] as const].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** True where verdicts and what they were made from are not there to be judged; the note alone excuses nothing that is there. */
export function isRedacted({ other, review, sources, mapping }: Project): boolean {
  return other.has(paths.redacted) && review.events.length === 0 && sources.length === 0 && mapping.size === 0
}
