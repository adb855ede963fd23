/** What a person signs: a statement bound by digests to everything it speaks about, over the head of the ledger. */

import { fromBase64url, toBase64url } from '../../base64url.ts'
import { canonicalJson, digestOf, digestOfBytes, type Json, utf8 } from '../../canonical.ts'
import type { ReviewEvent } from '../../review/model/review-event.ts'
import { fits } from '../../values/document.ts'
import { readingDigest } from '../format/inputs-changed.ts'
import type { Project } from '../format/project.ts'
import type { RunSummary } from '../format/run.ts'
import { jsonOf } from '../format/save.ts'
import type { LedgerEntry, SignatureFields } from '../ledger/ledger.ts'
import { lowS } from './low-s.ts'
import { type CoveredDigests, type Meaning, type SignaturePayload, signaturePage } from './signature-page.ts'

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
    verdicts: verdictsDigest(events),
    baseline: digestOf(jsonOf(project.baseline)),
  }
}

/** Whatever the order of the lines. */
export function verdictsDigest(events: readonly ReviewEvent[]): string {
  return digestOf(jsonOf([...events].sort((a, b) => (a.id < b.id ? -1 : 1))))
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
export function payloadOf(entry: Pick<LedgerEntry, 'payload'>): SignaturePayload | null {
  return fits(entry.payload, signaturePage) ? entry.payload : null
}
