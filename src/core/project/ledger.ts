/** The ledger: append-only entries, hash-chained per device, so that a change of any earlier word is found. */
import { canonicalJson, type Json, sha256Hex } from '../canonical.ts'
import type { Moment } from '../review/decision.ts'

/** What a caller says; the chain adds the rest. */
export interface EntryDraft {
  readonly device: string
  readonly time: Moment
  /** Slug of the person. */
  readonly actor: string
  /**
   * project-created, salt-set, key-enrolled, role-granted, source-read, mapping-confirmed, run-finished, finding-accepted, plan-locked, plan-reopened,
   * frame-committed, seed-rolled, sample-drawn, record-opened, verdict, adjudicated, signed, statement, threshold-set, exported,
   * evidence-stale. A later version may know more, and a reader keeps what it does not know.
   */
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
export type LedgerEntry = {
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

export const firstPrev = '0'.repeat(64)

/** Last entry of a device in the order of the file; null before its first. */
export function lastEntryOf(entries: readonly LedgerEntry[], device: string): LedgerEntry | null {
  return entries.findLast((entry) => entry.device === device) ?? null
}

/** The next link of a device's chain; the caller appends it and stores it before anything is shown as recorded. */
export function nextEntry(last: LedgerEntry | null, draft: EntryDraft): LedgerEntry {
  const body = {
    seq: (last?.seq ?? 0) + 1,
    device: draft.device,
    time: { wall: draft.time.wall, counter: draft.time.counter },
    actor: draft.actor,
    action: draft.action,
    object: draft.object,
    digest: draft.digest,
    prev: last?.hash ?? firstPrev,
    ...(draft.signature
      ? { payload: draft.signature.payload, publicKey: draft.signature.publicKey, signature: draft.signature.signature }
      : {}),
  }
  return { ...body, hash: hashOf(body) }
}

/** Appends several drafts of one device in order. */
export function appendEntries(entries: readonly LedgerEntry[], drafts: readonly EntryDraft[]): readonly LedgerEntry[] {
  const list = [...entries]
  for (const draft of drafts) list.push(nextEntry(lastEntryOf(list, draft.device), draft))
  return list
}

/** Hash of an entry without its `hash`; every other member counts, known or not. */
export function hashOf(entry: Omit<LedgerEntry, 'hash'>): string {
  return sha256Hex(canonicalJson({ ...entry, hash: undefined }))
}

/** One line of `ledger.jsonl`, line end included. */
export function ledgerLine(entry: LedgerEntry): string {
  return `${canonicalJson({ ...entry })}\n`
}

/**
 * Hybrid logical clock: never runs backwards on one device, even when the wall clock does.
 * `wall` is RFC 3339 with offset; the counter orders what happened within one reading of the clock.
 */
export function nextMoment(last: Moment | null, wall: string): Moment {
  if (last === null || Date.parse(wall) > Date.parse(last.wall)) return { wall, counter: 0 }
  return { wall: last.wall, counter: last.counter + 1 }
}
