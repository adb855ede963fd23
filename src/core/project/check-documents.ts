/** V8: runs, accepted findings and input files are those that the ledger names, and signatures stand over a mapping that somebody confirmed. */
import { digestOf } from '../canonical.ts'
import { lastPut, otherFile } from '../readiness/input-files/input-acts.ts'
import { nowhere, type Place, type Verdict } from './chain.ts'
import { signedUnconfirmed } from './confirmed-mapping.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'
import { jsonOf } from './save.ts'

/** The first document that the ledger names otherwise, or null. What early versions named without a digest is not judged. */
export function checkDocuments(
  { runs, baseline, other }: Pick<Project, 'runs' | 'baseline' | 'other'>,
  entries: readonly LedgerEntry[],
  place: Place,
): Verdict | null {
  const named = [
    ...runs.map((run) => ['run-finished', `runs/${run.id}/summary.json`, run, `The record of run #${run.number}`] as const),
    ...baseline.map((each) => ['finding-accepted', each.fingerprint, each, `The acceptance of ${each.fingerprint}`] as const),
  ]
  const digests = new Map<string, Set<string | null>>()
  const last = new Map<string, number>()
  for (const [index, { action, object, digest }] of entries.entries()) {
    if (action !== 'run-finished' && action !== 'finding-accepted') continue
    const name = `${action} ${object}`
    last.set(name, index)
    digests.set(name, (digests.get(name) ?? new Set()).add(digest))
  }
  for (const [action, object, document, words] of named) {
    const known = digests.get(`${action} ${object}`)
    if (!known || known.has(null) || known.has(digestOf(jsonOf(document)))) continue
    const at = last.get(`${action} ${object}`)
    return {
      ok: false,
      first: at === undefined ? nowhere : place(at),
      why: `${words} is not what the ledger names: it was changed outside.`,
    }
  }
  for (const [path, acts] of lastPut(entries)) {
    const bytes = other.get(path)
    const why = bytes === undefined ? null : otherFile(acts, digestOf(new TextDecoder().decode(bytes)))
    const last = acts.at(-1)
    if (why !== null && last) return { ok: false, first: place(entries.indexOf(last)), why: `${path}: ${why}.` }
  }
  const signed = signedUnconfirmed(entries)
  return signed === null
    ? null
    : { ok: false, first: place(signed), why: 'A signature stands over a mapping that nobody had confirmed by then.' }
}
