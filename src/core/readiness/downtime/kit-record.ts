/** What a project keeps of a kit that was made: when, from what, how much of what, and its digest. The forms themselves are made again, byte for byte. */
import { digestOf, utf8 } from '../../canonical.ts'
import { type Hand, record } from '../../project/acts/hand.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import { keptIn } from '../../values/document.ts'
import { type KitRecord, kitDocument } from '../model/evidence-values.ts'
import { type DowntimeKit, type KitSources, kitFrom, makeKit } from './kit.ts'

export const kitPath = 'readiness/downtime-kit.json'
export const kitMade = 'kit-made'

/** The document of a kit: canonical, so that the same kit is the same bytes. */
export function kitText({ day, digest, clinics, from }: DowntimeKit): string {
  const counts = clinics.map(({ name, bookings, procedures, forms }) => ({ name, bookings, procedures, forms }))
  return `${JSON.stringify({ format: 'carryover-downtime-kit/1', day, digest, clinics: counts, from }, null, 2)}\n`
}

/** The kit made on this day, kept with its entry in the ledger; null where the roster names no department. */
export function withKit(project: Project, day: string, hand: Hand): Project | null {
  const kit = makeKit(project, day)
  if (!kit) return null
  const text = kitText(kit)
  const { ledger } = record(project, [{ action: kitMade, object: kitPath, digest: digestOf(text) }], hand)
  return { ...project, ledger, other: new Map(project.other).set(kitPath, utf8(text)) }
}

export interface KeptKit {
  readonly record: KitRecord
  readonly digest: string
  /** Why it no longer counts, in words; null while it is the kit that these files give. */
  readonly stale: string | null
}

/** Null where none was made, or where the document is not one. */
export function keptKit(sources: KitSources): KeptKit | null {
  const bytes = sources.other.get(kitPath)
  if (!bytes) return null
  const text = new TextDecoder().decode(bytes)
  const read = keptIn(bytes, kitDocument)
  return read && { record: read, digest: digestOf(text), stale: staleness(read, sources) }
}

function staleness(held: KitRecord, sources: KitSources): string | null {
  const before = new Map(held.from.map(({ name, digest }) => [name, digest]))
  for (const { name, digest } of kitFrom(sources)) {
    const known = before.get(name)
    before.delete(name)
    if (known !== digest) return `${name} ${known === undefined ? 'was added' : 'changed'} after the kit of ${dayText(held.day)}`
  }
  const [gone] = before.keys()
  if (gone !== undefined) return `${gone} was removed after the kit of ${dayText(held.day)}`
  // From the same files the same day gives the same kit; a record that says otherwise was not made here.
  return makeKit(sources, held.day)?.digest === held.digest
    ? null
    : 'the record of the kit is not that of a kit made from these files'
}
