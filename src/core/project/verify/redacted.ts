/**
 * What the owner's committee may have: ledger, keys, plan, list of records, draw, counts and certificates; no data, no verdict on a record, no private
 * part. V1 to V7 and V10 to V12 verify as they do in the whole project; what was left out, and what this file can not prove, is named. An entry of
 * the ledger names the file, so that no project becomes one by losing its verdicts.
 */
import { digestOf, type Json, utf8 } from '../../canonical.ts'
import { paths } from '../format/documents.ts'
import type { Project, ProjectFiles } from '../format/project.ts'
import { saveProject } from '../format/save.ts'
import { nowhere, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { deviceKeyed } from '../signing/signed-heads.ts'
import { certificateOf, certificateText } from './certificate.ts'
import { runFault } from './check-documents.ts'
import { signaturesOf } from './coverage.ts'

/** Left out beside `private/`: verdicts by record, worklist, hazard log, texts of people, and everything that describes the files. */
const shown: ReadonlySet<string> = new Set([
  paths.manifest,
  paths.ledger,
  paths.heads,
  paths.plan,
  paths.frame,
  paths.draw,
  paths.forks,
  paths.givenUp,
  paths.quarantined,
  paths.redacted,
])

const folders = /^(?:keys|runs)\//

/** Object of the entry that hands the file out. */
export const redactedName = 'redacted.carryover'

/** What `redacted.json` says. */
function noteOf(project: Project): { readonly format: string; readonly leftOut: readonly string[] } {
  const left = [...saveProject(project).keys()].filter(
    (path) => !shown.has(path) && !folders.test(path) && !path.startsWith('private/'),
  )
  return { format: 'carryover-redacted/2', leftOut: [...left.sort(), 'private/'] }
}

/** The act that is recorded before the file is written. */
export function redactedAct(project: Project): Pick<LedgerEntry, 'action' | 'object' | 'digest'> {
  return { action: 'exported', object: redactedName, digest: digestOf(noteOf(project)) }
}

/** The redacted project as files; its own file says what it lacks. */
export function redactedFiles(project: Project): ProjectFiles {
  const kept = [...saveProject(project)].filter(([path]) => shown.has(path) || folders.test(path))
  const bytes = utf8(`${JSON.stringify(noteOf(project), null, 2)}\n`)
  return new Map([...kept, ...certificateFiles(project), [paths.redacted, bytes] as const].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Every signed page as text, by path. */
export function certificateFiles(project: Project): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    signaturesOf(project).map(({ entry, payload }) => [pagePath(entry), utf8(certificateText(certificateOf(payload)))]),
  )
}

function pagePath({ hash }: LedgerEntry): string {
  return `certificates/${hash.slice(0, 16)}.txt`
}

/** True where verdicts and what they were made from are not there to be judged; the note alone excuses nothing that is there. */
export function isRedacted({ other, review, sources, mapping }: Project): boolean {
  return other.has(paths.redacted) && review.events.length === 0 && sources.length === 0 && mapping.size === 0
}

/** What nobody can read off such a file, as sentences. */
export const redactedLimits: readonly string[] = [
  'Verdicts are not in this file: counts, bounds and agreement of readers are taken from the signed statement.',
  'Sources, mapping and accepted findings are not in it: whether the signature covers the present data is not judged.',
  'That nobody read a record twice or decided between own readings is not judged either: it follows from the verdicts.',
]

/** A page beside the ledger that is not what its signature gives; null where every one is, and where there is none. */
export function pageFault(project: Project): string | null {
  const pages = certificateFiles(project)
  // A page that was handed out before has the words of its version.
  const earlier = new Map(
    signaturesOf(project).map(({ entry, payload }) => {
      const words = payload.notes === undefined ? (['nearest', 'earlier'] as const) : (['nearest'] as const)
      return [pagePath(entry), words.map((each) => certificateText(certificateOf(payload, each)))]
    }),
  )
  for (const [path, bytes] of project.other) {
    if (!path.startsWith('certificates/')) continue
    const page = pages.get(path)
    if (!page) return `${path} belongs to no signature of the ledger.`
    const text = new TextDecoder().decode(bytes)
    if (new TextDecoder().decode(page) !== text && !earlier.get(path)?.includes(text))
      return `${path} is not the page that was signed: its text was changed.`
  }
  return null
}

/** V8 of a committee's file: runs and pages are what the ledger gives, and somebody handed the file out. */
export function checkRedacted(project: Project, files: ProjectFiles, entries: readonly LedgerEntry[]): Verdict {
  const fail = (why: string): Verdict => ({ ok: false, first: nowhere, why })
  const run = runFault(project.runs, entries)
  if (run) return fail(run.why)
  const page = pageFault(project)
  if (page !== null) return fail(page)
  const stray = [...files.keys()].find(
    (path) => !shown.has(path) && !folders.test(path) && !path.startsWith('certificates/') && path !== '.gitignore',
  )
  if (stray !== undefined) return fail(`${stray} has no place in a committee's file: it was put there.`)
  const handedOut = entries.findLast(({ action, object }) => action === 'exported' && object === redactedName)
  const keyed = entries.some(({ action }) => action === deviceKeyed)
  if (handedOut?.digest !== noteDigest(project) && keyed)
    return fail(
      handedOut
        ? `${paths.redacted} is not what the ledger names: it was changed, or comes from an earlier file. Ask for a new one.`
        : 'Nobody handed this file out: verdicts and sources were taken out of a project.',
    )
  return { ok: true, why: `Runs and pages are those of the ledger. ${redactedLimits[0]}` }
}

function noteDigest({ other }: Project): string | null {
  try {
    const note: Json = JSON.parse(new TextDecoder().decode(other.get(paths.redacted)))
    return digestOf(note)
  } catch {
    return null
  }
}
