/** Offline verification of a project: the same checks in the app and on the command line; the first broken entry is named. */
import { digestOf, digestOfBytes, utf8 } from '../canonical.ts'
import { decisionsOf } from '../review/decision.ts'
import { draw, ticketsDigest } from '../review/draw.ts'
import { parseFrame } from '../review/frame.ts'
import { claimResults, reviewProgress } from '../review/result.ts'
import { drawCounts } from '../review/sampling-plan.ts'
import { type BrokenPlace, checkChains, checkHashes, checkHeads, nameOf, type Place, type Verdict } from './chain.ts'
import { signaturesOf } from './coverage.ts'
import { paths } from './documents.ts'
import { headOf } from './head.ts'
import type { LedgerEntry } from './ledger.ts'
import { readLedger } from './ledger-file.ts'
import { openProject } from './open.ts'
import type { Project, ProjectFiles } from './project.ts'
import { jsonOf } from './save.ts'
import { currentDigests, payloadOf, signatureHolds, type Verifier } from './signature.ts'

export interface VerifyCheck {
  readonly id: 'V1' | 'V2' | 'V3' | 'V4' | 'V5' | 'V7' | 'V8' | 'V9'
  readonly title: string
  readonly ok: boolean
  readonly first: BrokenPlace | null
  /** What is wrong, or what was checked. */
  readonly why: string
}

export interface VerifyReport {
  readonly ok: boolean
  readonly checks: readonly VerifyCheck[]
  readonly head: string
  readonly entries: number
  readonly signatures: number
  /** `none` where nothing is signed, or the ledger lies alone. */
  readonly covers: 'current' | 'earlier' | 'none'
}

export interface VerifyOptions {
  /** A head that was printed or sent earlier, out of reach of an editor of the file: the ledger must still lead to it. */
  readonly expectedHead?: string
}

const nowhere: BrokenPlace = { device: null, seq: null, line: null }

const titles = {
  V1: 'Every line of the ledger parses and is canonical',
  V2: 'Every entry has the hash of its content',
  V3: 'The chains are unbroken',
  V4: 'Signatures stand on the head of the ledger',
  V5: 'Signatures are valid and their keys were enrolled',
  V7: 'The sample follows from frame and seed',
  V8: 'Counts and bounds follow from the verdicts',
  V9: 'The last signature covers what is here now',
} as const

/** Verifies files; null where `carryover.json` itself can not be read, which is no verdict. */
export async function verifyProject(
  files: ProjectFiles,
  verifier: Verifier,
  options: VerifyOptions = {},
): Promise<VerifyReport | null> {
  const { project } = openProject(files)
  if (!project) return null
  const text = new TextDecoder().decode(files.get(paths.ledger) ?? new Uint8Array())
  const { entries, place, verdicts } = await ledgerVerdicts(text, project.manifest.id, verifier, options)
  const signed = signaturesOf(project)
  return reportOf(
    entries,
    [
      ...verdicts,
      ['V7', checkDraw(project, entries, place)],
      ['V8', checkResults(project, entries, place)],
      ['V9', checkCoverage(project)],
    ],
    signed.at(-1)?.coverage.covers ?? 'none',
  )
}

/** Verifies a ledger that lies alone: V1 to V5. What its signatures cover can not be seen without the project. */
export async function verifyLedgerAlone(text: string, verifier: Verifier, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { entries, verdicts } = await ledgerVerdicts(text, null, verifier, options)
  return reportOf(entries, verdicts, 'none')
}

type NamedVerdict = readonly [VerifyCheck['id'], Verdict]

async function ledgerVerdicts(
  text: string,
  projectId: string | null,
  verifier: Verifier,
  options: VerifyOptions,
): Promise<{ readonly entries: readonly LedgerEntry[]; readonly place: Place; readonly verdicts: readonly NamedVerdict[] }> {
  const { entries, lines, problems } = readLedger(text)
  const place: Place = (index) => ({
    device: entries[index]?.device ?? null,
    seq: entries[index]?.seq ?? null,
    line: lines[index] ?? null,
  })
  const [problem] = problems
  const parsed: Verdict = problem
    ? { ok: false, first: { device: problem.device, seq: problem.seq, line: problem.line }, why: problem.why }
    : { ok: true, why: `${entries.length} entries.` }
  const verdicts: readonly NamedVerdict[] = [
    ['V1', parsed],
    ['V2', checkHashes(entries, place)],
    ['V3', checkChains(entries, place)],
    ['V4', checkHeads(entries, place, options.expectedHead)],
    ['V5', await checkSignatures(projectId, entries, place, verifier)],
  ]
  return { entries, place, verdicts }
}

function reportOf(
  entries: readonly LedgerEntry[],
  verdicts: readonly NamedVerdict[],
  covers: VerifyReport['covers'],
): VerifyReport {
  const checks = verdicts.map(([id, verdict]) => ({
    id,
    title: titles[id],
    ok: verdict.ok,
    first: verdict.ok ? null : verdict.first,
    why: verdict.why,
  }))
  return {
    ok: checks.every((check) => check.ok),
    checks,
    head: headOf(entries).digest,
    entries: entries.length,
    signatures: entries.filter((entry) => entry.action === 'signed').length,
    covers,
  }
}

async function checkSignatures(
  projectId: string | null,
  entries: readonly LedgerEntry[],
  place: Place,
  verifier: Verifier,
): Promise<Verdict> {
  const enrolled = new Set<string>()
  let signatures = 0
  for (const [index, entry] of entries.entries()) {
    if (entry.action === 'key-enrolled' && entry.digest !== null) enrolled.add(entry.digest)
    if (entry.action !== 'signed') continue
    signatures++
    const why = await signatureFault(projectId, entry, enrolled, verifier)
    if (why) return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} ${why}` }
  }
  return { ok: true, why: signatures === 0 ? 'Nothing is signed yet.' : `${signatures} valid.` }
}

async function signatureFault(
  projectId: string | null,
  entry: LedgerEntry,
  enrolled: ReadonlySet<string>,
  verifier: Verifier,
): Promise<string | null> {
  const payload = payloadOf(entry)
  if (!payload || entry.publicKey === undefined) return 'has no readable payload or key.'
  if (entry.digest !== digestOf(jsonOf(payload))) return 'names another content than the one it carries.'
  if (projectId !== null && payload.project.id !== projectId) return `was made for another project (${payload.project.id}).`
  if (!enrolled.has(digestOf(entry.publicKey))) return 'was made with a key that nobody had enrolled by then.'
  return (await signatureHolds(entry, verifier)) ? null : 'is not valid: the text or the key was changed.'
}

function checkDraw(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  const { plan, frame: text, draw: document } = project.review
  if (!document) return { ok: true, why: 'No sample is drawn yet.' }
  const fail = (why: string, index: number | null = null): Verdict => ({
    ok: false,
    first: index === null ? nowhere : place(index),
    why,
  })
  if (!plan || text === null) return fail('The plan or the frame of the sample is missing.')
  const read = parseFrame(text)
  if (!read.ok) return fail(`The frame can not be read: ${read.problems[0] ?? ''}`)
  const frame = digestOfBytes(utf8(text))
  const committed = entries.findLastIndex((entry) => entry.action === 'frame-committed')
  const locked = entries.findLastIndex((entry) => entry.action === 'plan-locked')
  const rolled = entries.findLastIndex((entry) => entry.action === 'seed-rolled')
  const drawn = entries.findLastIndex((entry) => entry.action === 'sample-drawn')
  if (entries[committed]?.digest !== frame || document.frame !== frame)
    return fail('The frame is not the one that was committed.', committed)
  if (entries[locked]?.digest !== digestOf(jsonOf(plan))) return fail('The plan is not the one that was locked.', locked)
  if (!(locked < rolled && committed < rolled && rolled < drawn))
    return fail('The seed was rolled before plan and frame were committed.', rolled)
  const again = draw(read.frame, document.seed, drawCounts(plan))
  if (!again.ok) return fail(again.problem)
  const tickets = ticketsDigest(again.records)
  if (tickets !== ticketsDigest(document.records) || tickets !== document.tickets)
    return fail('The records of the sample are not the ones that seed and frame give.', drawn)
  if (entries[drawn]?.digest !== tickets) return fail('The sample is not the one the ledger names.', drawn)
  return { ok: true, why: `${again.records.length} records drawn again, the same.` }
}

function checkResults(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  const { plan, draw: document, events } = project.review
  const known = new Map<string, string | null>()
  for (const entry of entries) if (entry.object.startsWith(`${paths.verdicts}#`)) known.set(entry.object, entry.digest)
  for (const event of events)
    if (known.get(`${paths.verdicts}#${event.id}`) !== digestOf(jsonOf(event)))
      return {
        ok: false,
        first: nowhere,
        why: `Verdict ${event.id} is not the one the ledger names: it was changed or added outside.`,
      }
  const held = new Set(events.map((event) => `${paths.verdicts}#${event.id}`))
  const lost = entries.findIndex((entry) => known.has(entry.object) && !held.has(entry.object))
  if (lost >= 0)
    return { ok: false, first: place(lost), why: `The verdict ${entries[lost]?.object ?? ''} is missing from its file.` }
  const digests = currentDigests(project)
  for (const [index, entry] of entries.entries()) {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    if (!payload || !plan || !document) continue
    // A signature over an earlier state is judged by V9; its numbers can not be recomputed from what is here now.
    const { plan: signedPlan, sample, verdicts } = payload.digests
    if (signedPlan !== digests.plan || sample !== digests.sample || verdicts !== digests.verdicts) continue
    const decisions = decisionsOf(events)
    const claims = claimResults(plan, document.records, decisions)
    const progress = reviewProgress(document.records, decisions)
    if (digestOf(jsonOf(claims)) !== digestOf(jsonOf(payload.claims)) || digestOf(progress) !== digestOf(payload.progress))
      return { ok: false, first: place(index), why: `The numbers of signature ${nameOf(entry)} do not follow from the verdicts.` }
  }
  return { ok: true, why: `${events.length} verdicts recounted.` }
}

function checkCoverage(project: Project): Verdict {
  const last = signaturesOf(project).at(-1)
  if (!last) return { ok: true, why: 'Nothing is signed yet.' }
  const [changed] = last.coverage.changed
  if (!changed) return { ok: true, why: 'It covers plan, sample, verdicts, run, mapping and sources as they are.' }
  return { ok: false, first: { device: last.entry.device, seq: last.entry.seq, line: null }, why: changed.sentence }
}
