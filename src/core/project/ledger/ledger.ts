/** The ledger: append-only entries, hash-chained per device, so that a change of any earlier word is found. */
import * as v from 'valibot'
import type { Json } from '../../canonical.ts'
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
   * frame-committed, seed-rolled, sample-drawn, sample-extended, traps-seeded, calibration-prepared, calibration, bundle-issued, bundle-keyed, bundle-opened, record-opened, verdict, adjudicated, traps-revealed, signed, statement, statement-withdrawn, pairs-searched,
   * threshold-set, input-added, input-edited, cells-edited, input-removed, input-restored, example-taken, origin-signed, agreed, merged, exported, finding-kept, finding-looked-at, golden-chosen, number-copied, trap-voided,
   * fork-settled, held-accepted, duty-waived, state-given-up, draw-given-up, charts-listed, charts-drawn, chart-marked, hazard-added, hazard-changed, hazard-accepted, hazard-closed, safety-signed,
   * evidence-stale, seal-keyed, private-shared, epoch-begun, private-withdrawn, witness-named. A later version may know more, and a reader keeps what it does not know.
   */
  readonly action: string
  /** Path, keyed record hash or id of what was acted on; never patient data. */
  readonly object: string
  /** `sha256:…` of the content acted on; null where the action has none. */
  readonly digest: string | null
  /** Only on `signed`, `device-keyed`, `seal-keyed`, `role-granted`, `held-accepted`, `duty-waived`, `origin-signed`, `safety-signed`, `private-shared`, `epoch-begun` and `private-withdrawn`. */
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
