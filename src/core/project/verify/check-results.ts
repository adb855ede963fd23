/** V8: every verdict is the one the ledger names, and what was signed follows from the verdicts. */
import { digestOf } from '../../canonical.ts'
import type { Moment } from '../../review/model/review-event.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { changedText } from '../format/sealed-text.ts'
import { nameOf, nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { chartAuditFault } from '../review/chart-audit-check.ts'
import { heldOf, signaturePayload, waiversOf } from '../review/signing-payload.ts'
import { forksStatedOn } from '../sample/settlements.ts'
import { trapsDigest } from '../sample/trap-list.ts'
import { worklistFault } from '../sample/worklist-file.ts'
import { keyNamed } from '../signing/check-signatures.ts'
import { currentDigests, payloadOf } from '../signing/signature.ts'
import type { SettledFork, SignaturePayload } from '../signing/signature-page.ts'
import { hazardFault } from './check-hazards.ts'
import { coverage } from './coverage.ts'
import { asSigned, partFault } from './signed-part.ts'

export function checkResults(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  return (
    checkVerdicts(project, entries, place) ??
    checkCalibration(project, entries, place) ??
    checkTraps(project, entries, place) ??
    checkKept(project, entries, place) ??
    checkPayloads(project, entries, place)
  )
}

/** Findings that went to the data team rest on verdicts, chart audits on their draw, hazards on their acts, and none was dropped. */
function checkKept(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const fault = commentFault(project) ?? worklistFault(project) ?? chartAuditFault(project) ?? hazardFault(project)
  if (!fault) return null
  const at = entries.findIndex(({ object }) => object === fault.object)
  return { ok: false, first: at < 0 ? nowhere : place(at), why: fault.why }
}

/** A comment is found by its digest: where its text is here, it is the one that was written. */
function commentFault(project: Project): { readonly why: string; readonly object: string | null } | null {
  const changed = changedText(project, paths.comments)
  return changed === null
    ? null
    : { why: `${paths.comments} holds under ${changed} another text than was written.`, object: null }
}

function checkVerdicts({ review }: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const known = new Map<string, { readonly at: number; readonly entry: LedgerEntry }>()
  for (const [at, entry] of entries.entries()) {
    if (!entry.object.startsWith(`${paths.verdicts}#`)) continue
    const held = known.get(entry.object)
    if (held && held.entry.digest !== entry.digest) {
      const why = `${entry.object} is named a second time, otherwise than ${nameOf(held.entry)} names it.`
      return { ok: false, first: place(at), why }
    }
    if (!held) known.set(entry.object, { at, entry })
  }
  // Projects of before there were parts may hold verdicts dated on their own.
  const hasPart = entries.some((entry) => entry.action === 'signed' && payloadOf(entry)?.part)
  for (const event of review.events) {
    const named = known.get(`${paths.verdicts}#${event.id}`)
    const other = named?.entry.digest !== digestOf(jsonOf(event))
    if (named && !other && named.entry.actor === event.by) {
      if (!hasPart || isSameMoment(event.at, named.entry.time)) continue
      const moved = `is dated otherwise than entry ${nameOf(named.entry)}, which names it: it was moved among the others.`
      return { ok: false, first: place(named.at), why: `Verdict ${event.id} ${moved}` }
    }
    const why = other
      ? 'is not the one the ledger names: it was changed or added outside.'
      : `stands in the name of ${event.by}, and ${named?.entry.actor} entered it.`
    return { ok: false, first: named ? place(named.at) : nowhere, why: `Verdict ${event.id} ${why}` }
  }
  const held = new Set<string>()
  for (const { id } of review.events) {
    if (held.has(`${paths.verdicts}#${id}`)) return { ok: false, first: nowhere, why: `Verdict ${id} stands twice in its file.` }
    held.add(`${paths.verdicts}#${id}`)
  }
  const lost = entries.findIndex((entry) => known.has(entry.object) && !held.has(entry.object))
  if (lost < 0) return null
  return { ok: false, first: place(lost), why: `The verdict ${entries[lost]?.object ?? ''} is missing from its file.` }
}

/** Verdicts follow each other by their own times, so those are the times of the ledger. */
function isSameMoment(one: Moment, other: Moment): boolean {
  return one.wall === other.wall && one.counter === other.counter
}

/** What readers said of prepared records is what the ledger names, and none of it is missing. */
function checkCalibration({ review }: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const held = new Map((review.calibration ?? []).map((event) => [`${paths.calibration}#${event.id}`, digestOf(jsonOf(event))]))
  const named = entries.filter(({ action }) => action === 'calibration')
  const other = named.find(({ object, digest }) => held.get(object) !== digest)
  const added = [...held.keys()].find((object) => !named.some((entry) => entry.object === object))
  if (!other && added === undefined) return null
  return {
    ok: false,
    first: other ? place(entries.indexOf(other)) : nowhere,
    why: `What was said of a prepared record (${other?.object ?? added}) is not what the ledger names.`,
  }
}

/** Revealed traps are the ones that were seeded before anybody read. */
function checkTraps({ review }: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const seeded = entries.findLastIndex(({ action }) => action === 'traps-seeded')
  const revealed = entries.findLastIndex(({ action }) => action === 'traps-revealed')
  if (!review.traps || review.traps.length === 0) {
    if (revealed < 0 || revealed < seeded || revealed < entries.findLastIndex(({ action }) => action === 'sample-drawn'))
      return null
    return {
      ok: false,
      first: place(revealed),
      why: 'The ledger names seeded defects that were revealed, and the project holds none.',
    }
  }
  const digest = trapsDigest(review.traps)
  if (entries[seeded]?.digest === digest && entries[revealed]?.digest === digest) return null
  return { ok: false, first: place(revealed), why: 'The seeded defects are not those that were hidden before reading began.' }
}

/** A signature over an earlier state is judged by V9; its numbers can not be recomputed from what is here now. */
function checkPayloads(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  const current = currentDigests(project)
  let recomputed = 0
  for (const [index, entry] of entries.entries()) {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    const fault = payload?.part ? partFault(payload, entry, entries.slice(0, index)) : null
    if (fault !== null) return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} ${fault}` }
    const covered = payload && coverage(project, payload, current)
    // Of a part that was read on from, the numbers follow from the verdicts that its signer had; what it has to admit, from the ledger.
    if (!covered || !(covered.part || covered.changed.every(({ what }) => what === 'names'))) continue
    recomputed++
    const forks = forksStatedOn({ other: project.other, ledger: entries }, index, payload.head.devices)
    const ledger = entries.slice(0, index)
    const before = covered.part ? asSigned(project, payload) : { ...project, ledger }
    const part = otherPart(payload, before, { forks, ledger })
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
  ['part', 'part that was read'],
  ['progress', 'numbers'],
  ['claims', 'numbers'],
  ['population', 'numbers'],
  ['double', 'second readings'],
  ['agreement', 'agreement of readers'],
  ['sensitivity', 'seeded defects'],
  ['calibration', 'prepared records'],
  ['attention', 'attention of readers'],
  ['blind', 'rule of what readers saw'],
  ['unblinded', 'verdicts changed after the notes were seen'],
  ['notes', 'records read with the notes hidden'],
  ['readers', 'readers'],
  ['reads', 'readers and how they read'],
  ['draw', 'facts of the draw'],
  ['run', 'facts of the run'],
  ['open', 'findings'],
  ['accepted', 'accepted findings'],
  ['hazards', 'hazards'],
  ['waivers', 'waivers'],
  ['forks', 'settled forks'],
  ['held', 'acceptances of held work'],
]

/** Parts that are absent only where the ledger has nothing of the kind, whatever version wrote the page. */
const neverLeftOut: ReadonlySet<keyof SignaturePayload> = new Set([
  'part',
  'waivers',
  'forks',
  'held',
  'attention',
  'blind',
  'unblinded',
])

interface Admitted {
  readonly forks: readonly SettledFork[]
  /** All that stands before the page, whatever its head leaves out. */
  readonly ledger: readonly LedgerEntry[]
}

function otherPart(payload: SignaturePayload, before: Project, { forks: settled, ledger }: Admitted): string | null {
  const { statement, meaning, name, role, time, covers, tool } = payload
  const {
    forks: _,
    waivers: __,
    held: ___,
    ...rest
  } = signaturePayload(before, { statement, meaning, name, role, time, covers, tool }, payload.rules ?? 0)
  const own: SignaturePayload = {
    ...rest,
    ...(settled.length > 0 ? { forks: settled } : {}),
    ...waiversOf({ ledger }),
    ...heldOf({ ledger }),
  }
  // Versions that enrol names with keys state their rules: beside them nobody signs by earlier ones.
  const earlier = payload.rules === undefined && !ledger.some(({ action }) => action === keyNamed)
  // Pages of earlier versions say nothing about some parts; later ones can not leave out what they do not like.
  const stated = parts.filter(
    ([part]) => payload[part] !== undefined || neverLeftOut.has(part) || (!earlier && isDue(part, payload, own)),
  )
  // Who enrols a name later changes no page, so names are looked up, not listed again.
  const stranger = payload.people?.some(
    ({ reader, name: said }) => !before.keys.some((key) => key.actor === reader && key.name === said),
  )
  if (stranger) return 'names of readers'
  return stated.find(([part]) => partDigest(own, part, earlier) !== partDigest(payload, part, earlier))?.[1] ?? null
}

/** Whether a page of this version has to state the part: `own` is what it would state. */
function isDue(part: keyof SignaturePayload, { rules = 0, signer }: SignaturePayload, own: SignaturePayload): boolean {
  if (part === 'reads') return signer !== undefined
  // Nobody who reads with a version that notes it signs with one before.
  if (part === 'notes') return rules >= 3 || (own.notes ?? []).some(({ hidden, open }) => hidden + open > 0)
  return true
}

/** What gates a claim followed other rules in pages of earlier versions: of those the counts are recomputed, not what follows from them. */
function partDigest(page: SignaturePayload, part: keyof SignaturePayload, earlier: boolean): string {
  if (!earlier) return digestOf(jsonOf({ part: page[part] }))
  if (part === 'claims')
    return digestOf(
      jsonOf(page.claims.map(({ claim, size, n, x, mustSee, mustSeeWrong }) => ({ claim, size, n, x, mustSee, mustSeeWrong }))),
    )
  if (part === 'sensitivity' || part === 'double') return ''
  return digestOf(jsonOf({ part: part === 'agreement' ? (page.agreement?.records ?? null) : page[part] }))
}
