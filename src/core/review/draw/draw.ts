/** The draw: whoever has the frame and the seed gets the same records in the same order. */
import * as v from 'valibot'
import { digestOf, sha256Hex } from '../../canonical.ts'
import { type Kept, object } from '../../values/document.ts'
import { type Frame, frameDigest } from './frame.ts'

export const drawnRecord = object({
  id: v.string(),
  stratum: v.string(),
  /** Lower-case hex SHA-256 of seed, stratum and id: the sort key. */
  ticket: v.string(),
})
export type DrawnRecord = Kept<typeof drawnRecord>

/** `review/draw.json`. */
export const drawDocument = object({
  /** 20 decimal digits, kept as text: leading zeros matter. */
  seed: v.string(),
  /** Slugs of the two people who rolled ten digits each, or of one and a public beacon. */
  rolledBy: v.array(v.string()),
  frame: v.string(),
  /** How often a sample was drawn from this frame; 1 unless somebody redrew. The reason is there for every draw after the first in the project. */
  times: v.number(),
  reason: v.nullable(v.string()),
  /** In ticket order inside each stratum, strata by name. */
  records: v.array(drawnRecord),
  /** Digest of the record list. */
  tickets: v.string(),
})
export type Draw = Kept<typeof drawDocument>

export type DrawResult =
  | { readonly ok: true; readonly records: readonly DrawnRecord[] }
  | { readonly ok: false; readonly problem: string }

const seedPattern = /^[0-9]{20}$/

export function isSeed(text: string): boolean {
  return seedPattern.test(text)
}

/** 20 digits from random bytes without bias (bytes ≥ 250 are dropped); null when too few bytes were usable. */
export function seedFromBytes(bytes: Uint8Array): string | null {
  const digits = [...bytes].filter((byte) => byte < 250).map((byte) => byte % 10)
  return digits.length >= 20 ? digits.slice(0, 20).join('') : null
}

export function ticketOf(seed: string, stratum: string, record: string): string {
  return sha256Hex(`${seed}\n${stratum}\n${record}`)
}

/** First `counts` tickets of each stratum. A count above the size of its stratum, or for a stratum that is not there, is refused. */
export function draw(frame: Frame, seed: string, counts: ReadonlyMap<string, number>): DrawResult {
  if (!isSeed(seed)) return { ok: false, problem: `The seed must be 20 decimal digits; this one has ${seed.length} characters.` }
  const records: DrawnRecord[] = []
  for (const [stratum] of counts)
    if (!frame.strata.some((each) => each.id === stratum)) return { ok: false, problem: `The frame has no stratum "${stratum}".` }
  for (const stratum of frame.strata) {
    const n = counts.get(stratum.id) ?? 0
    if (n > stratum.records.length)
      return { ok: false, problem: `Stratum ${stratum.id} holds ${stratum.records.length} records; ${n} can not be drawn.` }
    const tickets = stratum.records.map((id) => ({ id, stratum: stratum.id, ticket: ticketOf(seed, stratum.id, id) }))
    tickets.sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    for (const drawn of tickets.slice(0, n)) records.push(drawn)
  }
  return { ok: true, records }
}

/** The same draw with every record of the frame on its list, as a full review reads it: tickets and their order stay. */
export function extendedDraw(frame: Frame, before: Draw): Draw {
  const all = draw(frame, before.seed, new Map(frame.strata.map(({ id, records }) => [id, records.length])))
  const records = all.ok ? all.records : before.records
  return { ...before, records, tickets: ticketsDigest(records) }
}

/** The document of a draw, with the digests that the ledger chains. */
export function documentOfDraw(
  frame: Frame,
  seed: string,
  rolledBy: readonly string[],
  records: readonly DrawnRecord[],
  redraw: { readonly times: number; readonly reason: string } | null = null,
): Draw {
  return {
    seed,
    rolledBy,
    frame: frameDigest(frame),
    times: redraw?.times ?? 1,
    reason: redraw?.reason ?? null,
    records,
    tickets: ticketsDigest(records),
  }
}

export function ticketsDigest(records: readonly DrawnRecord[]): string {
  return digestOf(records.map(({ id, stratum, ticket }) => ({ id, stratum, ticket })))
}
