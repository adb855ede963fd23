/** What a person signs: a statement bound by digests to everything it speaks about, over the head of the ledger. */

import { fromBase64url, toBase64url } from '../base64url.ts'
import { canonicalJson, digestOf, digestOfBytes, type Json, utf8 } from '../canonical.ts'
import { whyNotAccepted } from '../data/baseline/acceptance.ts'
import type { Severity } from '../finding.ts'
import { attentionOf, type ReaderAttention } from '../review/attention.ts'
import { type Blind, changedAfterNotes, type ReaderChanges } from '../review/blind.ts'
import { calibrationResult, type ReaderCalibration } from '../review/calibration.ts'
import { decisionsOf, type RecordDecision } from '../review/decision.ts'
import {
  type DoubleProgress,
  doubleProgress,
  doubleReadingOf,
  type ReviewAgreement,
  reviewAgreement,
} from '../review/double-reading.ts'
import type { DrawnRecord } from '../review/draw.ts'
import { notesOf, type ReaderNotes } from '../review/notes-hidden.ts'
import { type ReaderReads, readsOf } from '../review/reads.ts'
import { type ClaimResult, claimResults, type ReviewProgress, recordsAsked, reviewProgress } from '../review/result.ts'
import { populationOf } from '../review/sampling-plan.ts'
import type { TrapResult } from '../review/traps.ts'
import { isAccepted } from './accepted.ts'
import { drawsOf, eventsOfDraw, extendedAt } from './draw-events.ts'
import { type HazardCounts, hazardCounts } from './hazard-counts.ts'
import { type DeviceRoot, headOf } from './head.ts'
import { type AcceptedWork, acceptedWorkIn } from './held-work.ts'
import { readingDigest } from './inputs-changed.ts'
import { type LedgerEntry, latestMoment, type SignatureFields } from './ledger.ts'
import { lowS } from './low-s.ts'
import type { Project } from './project.ts'
import { unfinishedReading } from './readings-missing.ts'
import type { RunSummary } from './run.ts'
import { jsonOf } from './save.ts'
import { type SettledFork, settledForks } from './settlements.ts'
import { misfit } from './shape.ts'
import { payloadShape } from './signature-shape.ts'
import { areTrapsRevealed, trapResultOf } from './trap-list.ts'
import { type Waiver, waiversOfDraw } from './waivers.ts'

export const meanings = ['review', 'approval', 'rejection', 'responsibility', 'authorship'] as const
export type Meaning = (typeof meanings)[number]

/** Digests of everything a signature speaks about; null where the project has none yet. */
export type CoveredDigests = {
  readonly frame: string | null
  readonly plan: string | null
  readonly mapping: string
  readonly sources: string
  readonly run: string | null
  /** The whole document of the draw: seed, who rolled, how often, why again, records. */
  readonly sample: string | null
  readonly verdicts: string
  readonly baseline: string
}

export type SignaturePayload = {
  readonly format: 'carryover-signature/1'
  /** Which rules its numbers follow; absent in signatures made before seeded defects and agreement gated. */
  readonly rules?: number
  /** The text exactly as it was shown. */
  readonly statement: string
  readonly meaning: Meaning
  /** A review signed before everything that the plan asks for was read; absent otherwise. It speaks for what its signer read by then. */
  readonly part?: true
  readonly name: string
  readonly role: string
  /** RFC 3339 with offset. */
  readonly time: string
  readonly project: { readonly id: string; readonly name: string; readonly legacy: string; readonly target: string }
  readonly head: { readonly digest: string; readonly devices: readonly DeviceRoot[] }
  readonly digests: CoveredDigests
  readonly run: { readonly id: string; readonly number: number } | null
  readonly draw: {
    readonly seed: string
    readonly rolledBy: readonly string[]
    readonly times: number
    /** Samples drawn in the project, from whatever list of records. */
    readonly total: number
    readonly reason: string | null
    /** Records on the list drawn first, where it was extended to every record afterwards; else absent. */
    readonly first?: number
  } | null
  readonly population: number
  readonly claims: readonly ClaimResult[]
  readonly progress: ReviewProgress
  /** Second readings and how far readers agree; absent in signatures of early versions, null where the plan asks for one reader only. */
  readonly double?: DoubleProgress | null
  readonly agreement?: ReviewAgreement | null
  /** Seeded defects caught; absent in signatures of early versions, null where none was seeded. */
  readonly sensitivity?: TrapResult | null
  /** Prepared records that opened sessions; absent in signatures of early versions, null where the plan asked for none. */
  readonly calibration?: { readonly readers: readonly ReaderCalibration[] } | null
  /** Sections that were confirmed too quickly or not read, by reader; absent where no chart was read, and in signatures of early versions. */
  readonly attention?: readonly ReaderAttention[]
  /** Where the plan hides what the program found until readers have judged; absent where the plan does not say it. */
  readonly blind?: Blind
  /** Records that each reader judged with the program's notes hidden, as noted at reading; absent in signatures before rules 3. */
  readonly notes?: readonly ReaderNotes[]
  /** Names of readers who enrolled one; absent in signatures before rules 3. */
  readonly people?: readonly { readonly reader: string; readonly name: string }[]
  /** Verdicts that readers changed once they had seen what the program had found; absent where there is none. */
  readonly unblinded?: readonly ReaderChanges[]
  /** Records read by each reader, sorted by reader. */
  readonly readers: readonly { readonly reader: string; readonly records: number }[]
  /** The same with how each read; absent in signatures of early versions. */
  readonly reads?: readonly ReaderReads[]
  /** Slug of who signs; absent in signatures of early versions. */
  readonly signer?: string
  /** Why this person approves although a claim does not hold, or does not approve; absent where nothing was given. */
  readonly reason?: string
  /** Findings of the run by severity, without and with an accepted reason. */
  readonly open: Readonly<Record<Severity, number>>
  readonly accepted: readonly { readonly fingerprint: string; readonly reason: string; readonly by: string }[]
  /** Domains the signature is about. */
  readonly covers: readonly string[]
  readonly tool: string
  /** The hazard log by state and residual risk; absent where it is empty, and in signatures of early versions. */
  readonly hazards?: HazardCounts
  /** Forks of the ledger that were settled before; absent where there were none, and in signatures of early versions. */
  readonly forks?: readonly SettledFork[]
  /** Separations of duties that were waived before; absent where none was, and in signatures of early versions. */
  readonly waivers?: readonly Waiver[]
  /** Work of people without a role that was accepted before; absent where none was, and in signatures of early versions. */
  readonly held?: readonly AcceptedWork[]
  /** When the key was enrolled that this one took the place of, RFC 3339; absent where it is this person's first one there. */
  readonly keyReplaced?: string
}

/** Signs bytes with a key that never leaves its store. */
export interface Signer {
  /** JWK. */
  readonly publicKey: Json
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

export type Verifier = (publicKey: Json, signature: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>

export interface SigningWords {
  readonly statement: string
  readonly meaning: Meaning
  readonly name: string
  readonly role: string
  readonly time: string
  readonly covers: readonly string[]
  readonly tool: string
  readonly signer?: string
  readonly reason?: string
  readonly keyReplaced?: string
}

/** The last complete run: partial results are never evidence. */
export function currentRun(project: Project): RunSummary | null {
  return project.runs.findLast((run) => !run.partial) ?? null
}

/** Field map and value maps together, by path. */
export function mappingDigest(mapping: Project['mapping']): string {
  return digestOf([...mapping].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => [path, text]))
}

export function currentDigests(project: Project): CoveredDigests {
  const { plan, frame, draw, events } = project.review
  const run = currentRun(project)
  return {
    frame: frame === null ? null : digestOfBytes(utf8(frame)),
    plan: plan && digestOf(jsonOf(plan)),
    mapping: mappingDigest(project.mapping),
    sources: digestOf(
      project.sources
        .map((source) => ({ id: source.id, side: source.side, sha256: source.sha256, reading: readingDigest(source) }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ),
    run: run && digestOf(jsonOf(run)),
    sample: draw && digestOf(jsonOf(draw)),
    verdicts: digestOf(jsonOf([...events].sort((a, b) => (a.id < b.id ? -1 : 1)))),
    baseline: digestOf(jsonOf(project.baseline)),
  }
}

/**
 * Since 2 a claim holds only where every reader has read the seeded defects and saw enough of them, weighed by what each read; since 3 a page
 * says of how many records each reader judged with the program's notes hidden, and who the readers are.
 */
const resultRules = 3

/** Everything the signature binds, computed from the project; only the words come from the person. */
export function signaturePayload(project: Project, words: SigningWords): SignaturePayload {
  const { plan, draw } = project.review
  const { id, name, legacy, target } = project.manifest
  const drawn = draw?.records ?? []
  const decisions = decisionsOf(eventsOfDraw(project))
  const run = currentRun(project)
  const part = words.meaning === 'review' && unfinishedReading(project) !== null
  // A rejection and a part are signed at any time and tell nobody which defects were seeded, not even by their number.
  const early = words.meaning === 'rejection' || part
  const sensitivity = early && !areTrapsRevealed(project.ledger) ? null : trapResultOf(project)
  const asked = recordsAsked(plan, drawn, decisions, sensitivity)
  const asOf = notBefore(words.time, project.ledger)
  return {
    format: 'carryover-signature/1',
    rules: resultRules,
    ...words,
    ...(part ? { part } : {}),
    // A clock that is behind dates no page before what it stands on.
    time: asOf,
    project: { id, name, legacy, target },
    head: headOf(project.ledger),
    digests: currentDigests(project),
    run: run && { id: run.id, number: run.number },
    draw: draw && {
      seed: draw.seed,
      rolledBy: draw.rolledBy,
      times: draw.times,
      total: drawsOf(project.ledger).total,
      reason: draw.reason,
      ...(plan && extendedAt(project.ledger) >= 0 ? { first: plan.strata.reduce((sum, { n }) => sum + n, 0) } : {}),
    },
    population: plan ? populationOf(plan) : 0,
    claims: plan && draw ? claimResults(plan, drawn, decisions, sensitivity) : [],
    progress: reviewProgress(asked, decisions),
    ...doubleParts(project, decisions, asked),
    sensitivity,
    calibration: plan?.calibration ? { readers: calibrationResult(project.review.calibration ?? []) } : null,
    ...attentionPart(project, asked),
    ...(plan?.blind === undefined ? {} : { blind: plan.blind, ...unblindedPart(project, asked) }),
    notes: notesOf(eventsOfDraw(project), new Set(asked.map(({ id }) => id))),
    ...readersOf(project, decisions),
    open: openFindings(project, run, asOf),
    ...hazardsPart(project),
    ...forksOf(project),
    ...waiversOf(project),
    ...heldOf(project),
    accepted: acceptedOn(project, asOf).map(({ fingerprint, reason, by }) => ({ fingerprint, reason, by })),
  }
}

/** A clock that is behind, or was set back, makes no acceptance good again that had expired when the ledger was written last. */
function notBefore(time: string, ledger: Project['ledger']): string {
  const last = latestMoment(ledger)?.wall
  return last !== undefined && Date.parse(last) > Date.parse(time) ? last : time
}

function doubleParts(
  { review: { draw, plan } }: Project,
  decisions: ReadonlyMap<string, RecordDecision>,
  records: readonly DrawnRecord[],
): Pick<SignaturePayload, 'double' | 'agreement'> {
  const double = doubleReadingOf(draw, plan)
  if (!draw || !double) return { double: null, agreement: null }
  return {
    double: doubleProgress({ ...draw, records }, decisions, double),
    agreement: reviewAgreement({ ...draw, records }, decisions),
  }
}

function readersOf(
  { review, keys }: Project,
  decisions: ReadonlyMap<string, RecordDecision>,
): Pick<SignaturePayload, 'readers' | 'people'> & { readonly reads: readonly ReaderReads[] } {
  const reads = readsOf(decisions, new Set(review.draw?.records.map(({ id }) => id)))
  const names = new Map(keys.map(({ actor, name }) => [actor, name]))
  const people = reads.flatMap(({ reader }) => (names.get(reader)?.trim() ? [{ reader, name: names.get(reader) ?? '' }] : []))
  return { readers: reads.map(({ reader, records }) => ({ reader, records })), reads, people }
}

function attentionPart(project: Project, records: readonly DrawnRecord[]): Pick<SignaturePayload, 'attention'> {
  const attention = attentionOf(eventsOfDraw(project), new Set(records.map(({ id }) => id)))
  return attention.length > 0 ? { attention } : {}
}

function unblindedPart(project: Project, records: readonly DrawnRecord[]): Pick<SignaturePayload, 'unblinded'> {
  const unblinded = changedAfterNotes(project.review.plan, records, eventsOfDraw(project))
  return unblinded.length > 0 ? { unblinded } : {}
}

function hazardsPart(project: Project): Pick<SignaturePayload, 'hazards'> {
  const hazards = hazardCounts(project)
  return hazards ? { hazards } : {}
}

function forksOf(project: Project): Pick<SignaturePayload, 'forks'> {
  const forks = settledForks(project)
  return forks.length > 0 ? { forks } : {}
}

function waiversOf({ ledger }: Project): Pick<SignaturePayload, 'waivers'> {
  const waivers = waiversOfDraw(ledger)
  return waivers.length > 0 ? { waivers } : {}
}

function heldOf({ ledger }: Project): Pick<SignaturePayload, 'held'> {
  const held = acceptedWorkIn(ledger)
  return held.length > 0 ? { held } : {}
}

function acceptedOn(project: Project, time: string): Project['baseline'] {
  return project.baseline.filter((each) => whyNotAccepted(each, time) === null)
}

function openFindings(project: Project, run: RunSummary | null, time: string): Record<Severity, number> {
  const open: Record<Severity, number> = { critical: 0, error: 0, warning: 0, info: 0 }
  for (const finding of run?.findings ?? [])
    if (!isAccepted(finding, project.baseline, time)) open[finding.severity] += finding.count
  return open
}

/** The bytes under a signature: a name that keeps them apart from any other signed thing, then RFC 8785. */
export function signedBytes(payload: Json): Uint8Array<ArrayBuffer> {
  return utf8(`carryover-signature-v1\n${canonicalJson(payload)}`)
}

export async function signPayload(payload: SignaturePayload, signer: Signer): Promise<SignatureFields> {
  return await signJson(jsonOf(payload), signer)
}

/** Signs any member of the ledger that carries a payload. */
export async function signJson(json: Json, signer: Signer): Promise<SignatureFields> {
  const signature = lowS(await signer.sign(signedBytes(json)))
  return { payload: json, publicKey: signer.publicKey, signature: toBase64url(signature) }
}

/** True when the signature of a ledger entry is valid for its payload and its key. */
export async function signatureHolds(entry: LedgerEntry, verifier: Verifier): Promise<boolean> {
  const signature = fromBase64url(entry.signature ?? '')
  if (!signature || entry.payload === undefined || entry.publicKey === undefined) return false
  return await verifier(entry.publicKey, signature, signedBytes(entry.payload))
}

/** The payload of a `signed` entry; null where it has another shape. */
export function payloadOf(entry: LedgerEntry): SignaturePayload | null {
  return entry.payload !== undefined && isPayload(entry.payload) ? entry.payload : null
}

function isPayload(value: Json): value is Json & SignaturePayload {
  return misfit(value, payloadShape) === null
}
