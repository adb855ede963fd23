/** The ledger: append-only entries, hash-chained per device, so that a change of any earlier word is found. */
import type { Json } from '../canonical.ts'
import type { Moment } from '../review/decision.ts'

export const actions = [
  'project-created',
  'salt-set',
  'key-enrolled',
  'role-granted',
  'source-read',
  'mapping-confirmed',
  'run-finished',
  'finding-accepted',
  'plan-locked',
  'frame-committed',
  'seed-rolled',
  'sample-drawn',
  'record-opened',
  'verdict',
  'adjudicated',
  'signed',
  'statement',
  'threshold-set',
  'exported',
  'evidence-stale',
] as const
export type Action = (typeof actions)[number]

/** What a caller says; the chain adds the rest. */
export interface EntryDraft {
  readonly device: string
  readonly time: Moment
  /** Slug of the person. */
  readonly actor: string
  /** One of `actions`; later versions may know more, and a reader keeps what it does not know. */
  readonly action: string
  /** Path, keyed record hash or id of what was acted on; never patient data. */
  readonly object: string
  /** `sha256:…` of the content acted on; null where the action has none. */
  readonly digest: string | null
  /** Only on `signed`. */
  readonly signature?: SignatureFields
}

export interface SignatureFields {
  readonly payload: Json
  /** Public key as JWK. */
  readonly publicKey: Json
  /** base64url; ECDSA P-256 as raw r‖s. */
  readonly signature: string
}

/** One line of `ledger.jsonl`; `hash` covers everything else (RFC 8785 text, SHA-256, lower-case hex). */
export interface LedgerEntry {
  readonly seq: number
  readonly device: string
  readonly time: Moment
  readonly actor: string
  readonly action: string
  readonly object: string
  readonly digest: string | null
  readonly prev: string
  readonly payload?: Json
  readonly publicKey?: Json
  readonly signature?: string
  readonly hash: string
}
