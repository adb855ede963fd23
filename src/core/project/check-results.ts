/** V8: every verdict is the one the ledger names, and what was signed follows from the verdicts. */
import { digestOf } from '../canonical.ts'
import { nameOf, nowhere, type Place, type Verdict } from './chain.ts'
import { coverage } from './coverage.ts'
import { paths } from './documents.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'
import { jsonOf } from './save.ts'
import { currentDigests, currentRun, payloadOf, type SignaturePayload, signaturePayload } from './signature.ts'

export function checkResults(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  return checkVerdicts(project, entries, place) ?? checkPayloads(project, entries, place)
}

function checkVerdicts({ review }: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const known = new Map<string, string | null>()
  for (const entry of entries) if (entry.object.startsWith(`${paths.verdicts}#`)) known.set(entry.object, entry.digest)
  for (const event of review.events)
    if (known.get(`${paths.verdicts}#${event.id}`) !== digestOf(jsonOf(event)))
      return {
        ok: false,
        first: nowhere,
        why: `Verdict ${event.id} is not the one the ledger names: it was changed or added outside.`,
      }
  const held = new Set(review.events.map((event) => `${paths.verdicts}#${event.id}`))
  const lost = entries.findIndex((entry) => known.has(entry.object) && !held.has(entry.object))
  if (lost < 0) return null
  return { ok: false, first: place(lost), why: `The verdict ${entries[lost]?.object ?? ''} is missing from its file.` }
}

/** A signature over an earlier state is judged by V9; its numbers can not be recomputed from what is here now. */
function checkPayloads(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  const current = currentDigests(project)
  const run = currentRun(project)
  let recomputed = 0
  for (const [index, entry] of entries.entries()) {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    if (!payload || coverage(payload, current, run).covers === 'earlier') continue
    recomputed++
    const part = otherPart(payload, { ...project, ledger: entries.slice(0, index) })
    if (part) {
      const why = `The ${part} of signature ${nameOf(entry)} do not follow from what it was signed over.`
      return { ok: false, first: place(index), why }
    }
  }
  const counted = `${project.review.events.length} verdicts recounted`
  return { ok: true, why: recomputed === 0 ? `${counted}.` : `${counted}, ${recomputed} signed pages recomputed.` }
}

/** What a page states in numbers, and how that is called. Its words are those of the person, its head is judged by V4. */
const parts: readonly (readonly [keyof SignaturePayload, string])[] = [
  ['progress', 'numbers'],
  ['claims', 'numbers'],
  ['population', 'numbers'],
  ['readers', 'readers'],
  ['draw', 'facts of the draw'],
  ['run', 'facts of the run'],
  ['open', 'findings'],
  ['accepted', 'accepted findings'],
]

function otherPart(payload: SignaturePayload, before: Project): string | null {
  const { statement, meaning, name, role, time, covers, tool } = payload
  const own = signaturePayload(before, { statement, meaning, name, role, time, covers, tool })
  return parts.find(([part]) => digestOf(jsonOf({ part: own[part] })) !== digestOf(jsonOf({ part: payload[part] })))?.[1] ?? null
}
