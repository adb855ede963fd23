/** V8: runs, accepted findings and input files are those that the ledger names, and signatures stand over a mapping that somebody confirmed. */
import { digestOf } from '../../canonical.ts'
import { isAssignment } from '../../data/baseline/acceptance.ts'
import { lastPut, otherFile } from '../../readiness/kept-files/input-acts.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { signedUnconfirmed } from '../review/confirmed-mapping.ts'
import { deviceKeyed } from '../signing/signed-heads.ts'

/**
 * The first document that the ledger names otherwise, or null. What early versions named without a digest is not judged; since devices have
 * keys, every run and acceptance has its entry, and none of them goes missing.
 */
export function checkDocuments(
  { runs, baseline, other }: Pick<Project, 'runs' | 'baseline' | 'other'>,
  entries: readonly LedgerEntry[],
  place: Place,
): Verdict | null {
  const fault = runFault(runs, entries) ?? acceptanceFault(baseline, entries)
  if (fault) return { ok: false, first: fault.at < 0 ? nowhere : place(fault.at), why: fault.why }
  for (const [path, acts] of lastPut(entries)) {
    const bytes = other.get(path)
    const why = bytes === undefined ? null : otherFile(acts, digestOf(new TextDecoder().decode(bytes)))
    const last = acts.at(-1)
    if (why !== null && last) return { ok: false, first: place(entries.indexOf(last)), why: `${path}: ${why}.` }
  }
  const signed = signedUnconfirmed(entries)
  return signed === null
    ? null
    : { ok: false, first: place(signed), why: 'A signature stands over a mapping that no named person had confirmed by then.' }
}

interface Fault {
  /** Index of the entry; −1 where none names it. */
  readonly at: number
  readonly why: string
}

/** Last entry of each object among these actions, with all digests that were named for it. */
function namedBy(entries: readonly LedgerEntry[], actions: readonly string[]) {
  const named = new Map<string, { at: number; readonly digests: (string | null)[] }>()
  for (const [at, { action, object, digest }] of entries.entries()) {
    if (!actions.includes(action)) continue
    const held = named.get(object)
    if (held) {
      held.at = at
      held.digests.push(digest)
    } else named.set(object, { at, digests: [digest] })
  }
  return named
}

/** Records of runs, which the committee's file has as well. */
export function runFault(runs: Project['runs'], entries: readonly LedgerEntry[]): Fault | null {
  const named = namedBy(entries, ['run-finished'])
  const keyed = entries.findIndex(({ action }) => action === deviceKeyed)
  for (const run of runs) {
    const known = named.get(`runs/${run.id}/summary.json`)
    const words = `The record of run #${run.number}`
    if (!known) {
      if (keyed >= 0) return { at: -1, why: `${words} is named by no entry of the ledger: it was added outside.` }
    } else if (!known.digests.includes(null) && !known.digests.includes(digestOf(jsonOf(run))))
      return { at: known.at, why: `${words} is not what the ledger names: it was changed outside.` }
  }
  const held = new Set(runs.map(({ id }) => `runs/${id}/summary.json`))
  for (const [object, { at }] of named)
    if (at > keyed && keyed >= 0 && object.startsWith('runs/') && !held.has(object))
      return { at, why: `${object} is missing: the ledger names that run, and no run is ever removed.` }
  return null
}

/** Of several acts on one finding the last one counts: an earlier acceptance does not come back. */
function acceptanceFault(baseline: Project['baseline'], entries: readonly LedgerEntry[]): Fault | null {
  const named = namedBy(entries, ['finding-accepted', 'finding-assigned', 'acceptance-withdrawn'])
  const keyed = entries.findIndex(({ action }) => action === deviceKeyed)
  for (const each of baseline) {
    const known = named.get(each.fingerprint)
    const words = `The acceptance of ${each.fingerprint}`
    if (!known) {
      if (inForceIn(entries)) return { at: -1, why: `${words} is named by no entry of the ledger: it was added outside.` }
    } else if (known.digests.at(-1) !== digestOf(jsonOf(each)) && !(known.at < keyed && known.digests.includes(null)))
      return { at: known.at, why: `${words} is not what the ledger names last: it was changed outside.` }
    else if (entries[known.at]?.action === 'finding-assigned' && !isAssignment(each))
      return { at: known.at, why: `${words} stands on an act that only says who is to mend it: nobody accepted it.` }
  }
  const held = new Set(baseline.map(({ fingerprint }) => fingerprint))
  for (const [object, { at, digests }] of named)
    if (digests.at(-1) !== null && keyed >= 0 && at > keyed && !held.has(object))
      return { at, why: `The acceptance of ${object} is missing: the ledger names it, and nobody withdrew it.` }
  return null
}

function inForceIn(entries: readonly LedgerEntry[]): boolean {
  return entries.some(({ action }) => action === 'role-granted')
}
