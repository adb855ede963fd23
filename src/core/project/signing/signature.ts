/** What a person signs: a statement bound by digests to everything it speaks about, over the head of the ledger. */

import { fromBase64url, toBase64url } from '../../base64url.ts'
import { canonicalJson, digestOf, digestOfBytes, type Json, utf8 } from '../../canonical.ts'
import type { Severity } from '../../finding.ts'
import type { ReaderCalibration } from '../../review/decision/calibration.ts'
import type { ReaderNotes } from '../../review/decision/notes-hidden.ts'
import type { TrapResult } from '../../review/pair/traps.ts'
import type { ReaderChanges } from '../../review/plan/blind.ts'
import type { Blind } from '../../review/plan/sampling-plan.ts'
import type { ReaderAttention } from '../../review/result/attention.ts'
import type { DoubleProgress, ReviewAgreement } from '../../review/result/double-reading.ts'
import type { ReaderReads } from '../../review/result/reads.ts'
import type { ClaimResult, ReviewProgress } from '../../review/result/result.ts'
import { readingDigest } from '../format/inputs-changed.ts'
import type { Project } from '../format/project.ts'
import type { RunSummary } from '../format/run.ts'
import { jsonOf } from '../format/save.ts'
import { misfit } from '../format/shape.ts'
import type { HazardCounts } from '../hazards/log/hazard-log.ts'
import type { DeviceRoot } from '../ledger/head.ts'
import type { LedgerEntry, SignatureFields } from '../ledger/ledger.ts'
import { lowS } from './low-s.ts'
import { type AcceptedWork, payloadShape, type Waiver } from './signature-shape.ts'

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

/** What a signed page says of the forks that were settled before it. */
export type SettledFork = {
  readonly device: string
  readonly seq: number
  readonly by: string
  readonly reason: string
  readonly at: string
  /** Entries put aside. */
  readonly entries: number
}
