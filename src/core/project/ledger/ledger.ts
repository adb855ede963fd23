/** The ledger: append-only entries, hash-chained per device, so that a change of any earlier word is found. */
import * as v from 'valibot'
import { canonicalJson, type Json, sha256Hex } from '../../canonical.ts'
import { type Moment, momentSchema } from '../../review/model/review-event.ts'
import { json, type Kept, object } from '../../values/document.ts'

/** What a caller says; the chain adds the rest. */
export interface EntryDraft {
  readonly device: string
  readonly time: Moment
  /** Slug of the person. */
  readonly actor: string
  /**
   * project-created, salt-set, device-keyed, key-enrolled, key-named, role-granted, source-read, mapping-confirmed, run-finished, finding-accepted, plan-locked, plan-reopened,
   * frame-committed, seed-rolled, sample-drawn, sample-extended, traps-seeded, calibration-prepared, calibration, bundle-issued, bundle-keyed, bundle-opened, record-opened, verdict, adjudicated, traps-revealed, signed, statement,
   * threshold-set, input-added, input-edited, cells-edited, input-removed, input-restored, example-taken, origin-signed, agreed, merged, exported, finding-kept, finding-looked-at, golden-chosen, number-copied, trap-voided,
   * fork-settled, held-accepted, duty-waived, state-given-up, draw-given-up, charts-listed, charts-drawn, chart-marked, hazard-added, hazard-changed, hazard-accepted, hazard-closed, safety-signed,
   * evidence-stale. A later version may know more, and a reader keeps what it does not know.
   */
  readonly action: string
  /** Path, keyed record hash or id of what was acted on; never patient data. */
  readonly object: string
  /** `sha256:…` of the content acted on; null where the action has none. */
  readonly digest: string | null
  /** Only on `signed`, `device-keyed`, `role-granted`, `held-accepted`, `duty-waived`, `origin-signed` and `safety-signed`. */
  readonly signature?: SignatureFields
}

export interface SignatureFields {
  readonly payload: Json
  /** Public key as JWK. */
  readonly publicKey: Json
  /** base64url; ECDSA P-256 as raw r‖s. */
  readonly signature: string
}

const hexDigest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'should be 64 hexadecimal digits'))

export const ledgerEntry = object({
  seq: v.pipe(v.number(), v.safeInteger('should be a whole number')),
  device: v.string(),
  time: momentSchema,
  actor: v.string(),
  action: v.string(),
  object: v.string(),
  digest: v.nullable(v.string()),
  prev: hexDigest,
  payload: v.exactOptional(json()),
  publicKey: v.exactOptional(json()),
  signature: v.exactOptional(v.string()),
  hash: hexDigest,
})
/** One line of `ledger.jsonl`; `hash` covers everything else (RFC 8785 text, SHA-256, lower-case hex). */
export type LedgerEntry = Kept<typeof ledgerEntry>

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

/** SHA-256 of the UTF-8 of a text in lower-case hex, as the platform gives it. */
export type TextDigest = (text: string) => string

/** Hash of an entry without its `hash`; every other member counts, known or not. */
export function hashOf(entry: Omit<LedgerEntry, 'hash'>, digest: TextDigest = sha256Hex): string {
  return digest(plainText(entry, null) ?? canonicalJson({ ...entry, hash: undefined }))
}

/** Canonical text of an entry, as its line in `ledger.jsonl` has it. */
export function entryText(entry: LedgerEntry): string {
  return plainText(entry, entry.hash) ?? canonicalJson({ ...entry })
}

/** One line of `ledger.jsonl`, line end included. */
export function ledgerLine(entry: LedgerEntry): string {
  return `${entryText(entry)}\n`
}

/** Text that JSON writes as it is: nothing to escape, nothing outside ASCII. */
const asWritten = /^[ !#-[\]-~]*$/

/**
 * The canonical text of an entry with the usual members and plain texts, put together in their order; null for any other entry, which
 * takes the long way. A ledger of 100,000 entries is read several times faster so.
 */
function plainText(entry: Omit<LedgerEntry, 'hash'>, hash: string | null): string | null {
  const { seq, device, time, actor, action, object, digest, prev } = entry
  let members = 0
  for (const name in entry) if (name !== 'hash') members++
  let clock = 0
  for (const _ in time) clock++
  if (members !== 8 || clock !== 2 || !Number.isSafeInteger(seq) || !Number.isSafeInteger(time.counter)) return null
  const texts = `${action}${actor}${device}${digest ?? ''}${hash ?? ''}${object}${prev}${time.wall}`
  if (!asWritten.test(texts)) return null
  const own = hash === null ? '' : `"hash":"${hash}",`
  const named = digest === null ? 'null' : `"${digest}"`
  return `{"action":"${action}","actor":"${actor}","device":"${device}","digest":${named},${own}"object":"${object}","prev":"${prev}","seq":${String(seq)},"time":{"counter":${String(time.counter)},"wall":"${time.wall}"}}`
}

/** A line as `plainText` writes it: members in their order, plain texts, whole numbers as JSON writes them. */
const plainLine = (() => {
  const text = '([ !#-[\\]-~]*)'
  const hash = '([0-9a-f]{64})'
  const whole = '(0|-?[1-9]\\d{0,14})'
  return new RegExp(
    `^{"action":"${text}","actor":"${text}","device":"${text}","digest":(?:null|"${text}"),"hash":"${hash}","object":"${text}",` +
      `"prev":"${hash}","seq":${whole},"time":{"counter":${whole},"wall":"${text}"}}$`,
  )
})()

/** The entry of a line that is canonical by its look alone; null for any other line, which has to be parsed and written again to know. */
export function plainEntry(line: string): LedgerEntry | null {
  const parts = plainLine.exec(line)
  if (!parts) return null
  const [, action = '', actor = '', device = '', digest = null, hash = '', object = '', prev = '', seq, counter, wall = ''] =
    parts
  return {
    action,
    actor,
    device,
    digest,
    hash,
    object,
    prev,
    seq: Number(seq),
    time: { counter: Number(counter), wall },
  }
}

/** Latest moments by last entry of a list: lists grow at their end, so only what is new is looked at. */
const latest = new WeakMap<LedgerEntry, Moment>()

/** The latest moment of all devices; null before the first entry. Whatever is done next comes after all that is known here. */
export function latestMoment(entries: readonly LedgerEntry[]): Moment | null {
  const end = entries.at(-1)
  if (!end) return null
  let from = entries.length - 1
  while (from > 0 && !latest.has(entries[from] ?? end)) from--
  const start = entries[from] ?? end
  let moment = latest.get(start) ?? start.time
  for (const { time } of entries.slice(from + 1)) if (isLater(time, moment)) moment = time
  latest.set(end, moment)
  return moment
}

function isLater(a: Moment, b: Moment): boolean {
  const apart = Date.parse(a.wall) - Date.parse(b.wall)
  return apart > 0 || (apart === 0 && a.counter > b.counter)
}

/**
 * Hybrid logical clock: never runs backwards on one device, even when the wall clock does.
 * `wall` is RFC 3339 with offset; the counter orders what happened within one reading of the clock.
 */
export function nextMoment(last: Moment | null, wall: string): Moment {
  if (last === null || Date.parse(wall) > Date.parse(last.wall)) return { wall, counter: 0 }
  return { wall: last.wall, counter: last.counter + 1 }
}
