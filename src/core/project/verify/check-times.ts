/**
 * V11: times that can be. A chain never runs back (its clock is a hybrid logical one), lines stand in the order of their times, a signed
 * page is younger than its key and than all it stands on, and nothing is from the future.
 */
import { digestOf } from '../../canonical.ts'
import { dayText } from '../../values/day.ts'
import { nameOf, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { payloadOf } from '../signing/signature.ts'
import type { SignaturePayload } from '../signing/signature-page.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Between the moment a page was written for signing and the entry that holds it: a passphrase is typed in between. */
const slack = 15 * minute
/** Clocks of two machines, time zones set wrongly among them. */
const ahead = day

/** `now` as RFC 3339, where the caller has a clock: core has none. */
export function checkTimes(entries: readonly LedgerEntry[], place: Place, now?: string): Verdict {
  const last = new Map<string, LedgerEntry>()
  const latest = now === undefined ? Number.POSITIVE_INFINITY : Date.parse(now) + ahead
  for (const [index, entry] of entries.entries()) {
    const why =
      chainFault(entry, last.get(entry.device)) ??
      futureFault(entry, latest) ??
      pageTimeFault(entries, index) ??
      orderFault(entry, entries[index - 1])
    if (why !== null) return { ok: false, first: place(index), why: `Entry ${nameOf(entry)} ${why}` }
    last.set(entry.device, entry)
  }
  return { ok: true, why: `${entries.length} times in order${now === undefined ? '' : `, none after ${now.slice(0, 10)}`}.` }
}

function chainFault({ time }: LedgerEntry, before: LedgerEntry | undefined): string | null {
  const at = Date.parse(time.wall)
  if (Number.isNaN(at) || !Number.isSafeInteger(time.counter) || time.counter < 0) return 'has no time that can be read.'
  const gone = before ? at - Date.parse(before.time.wall) : 1
  if (gone > 0 || (gone === 0 && time.counter > (before?.time.counter ?? -1))) return null
  return `is dated ${dayText(time.wall)}, and the entry before it on that device ${dayText(before?.time.wall ?? '')}: no clock of a ledger runs back.`
}

function futureFault({ time }: LedgerEntry, latest: number): string | null {
  return Date.parse(time.wall) > latest
    ? `is dated ${dayText(time.wall)}, which is still to come: a clock was wrong, or the entry is made up.`
    : null
}

/** Why a signed page can not be from the time it names, as the rest of a sentence; null for any other entry. */
export function pageTimeFault(entries: readonly LedgerEntry[], index: number): string | null {
  const entry = entries[index]
  const payload = entry?.action === 'signed' ? payloadOf(entry) : null
  if (!entry || !payload) return null
  const page = Date.parse(payload.time)
  if (Number.isNaN(page)) return 'holds a page without a time that can be read.'
  const says = `holds a page dated ${dayText(payload.time)}`
  if (page > Date.parse(entry.time.wall) + ahead) return `${says}, and was recorded on ${dayText(entry.time.wall)}, before that.`
  const key = entry.publicKey === undefined ? null : digestOf(entry.publicKey)
  const enrolled = entries.find(
    ({ action, actor, digest }) => action === 'key-enrolled' && actor === entry.actor && digest === key,
  )
  if (enrolled && page < Date.parse(enrolled.time.wall) - slack)
    return `${says}, and its key was enrolled on ${dayText(enrolled.time.wall)}, after that.`
  const stood = lastOf(entries, payload)
  if (stood && page < Date.parse(stood.time.wall) - slack)
    return `${says}, and stands on entry ${nameOf(stood)} of ${dayText(stood.time.wall)}, which came after that.`
  return null
}

/** The latest entry that a page was signed over. */
function lastOf(entries: readonly LedgerEntry[], { head }: SignaturePayload): LedgerEntry | null {
  const ends = new Map(head.devices.map(({ device, size }) => [device, size]))
  let latest: LedgerEntry | null = null
  for (const entry of entries)
    if (entry.seq === ends.get(entry.device) && (latest === null || Date.parse(entry.time.wall) > Date.parse(latest.time.wall)))
      latest = entry
  return latest
}

/** The order of the ledger on every machine: by time, counter and device. */
function orderFault(entry: LedgerEntry, before: LedgerEntry | undefined): string | null {
  if (!before) return null
  const apart = Date.parse(entry.time.wall) - Date.parse(before.time.wall) || entry.time.counter - before.time.counter
  const inOrder = apart > 0 || (apart === 0 && entry.device >= before.device)
  return inOrder ? null : `stands behind ${nameOf(before)}, which is later: lines of the ledger were moved.`
}
