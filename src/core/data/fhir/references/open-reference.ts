/** What is said of a reference whose target is not there: its place, its key, and how much it weighs. */
import type { Sighting } from '../../../finding.ts'
import type { Place } from '../visit/places.ts'
import type { PlacedSighting } from '../visit/visit.ts'
import type { Hash64 } from './id-hash.ts'
import type { WaitingRow } from './waiting-log.ts'

export function placeOf(row: WaitingRow, at: { readonly place: Place; readonly input: number }): Sighting['at'] {
  const path = row.path ?? at.place.path
  return {
    kind: 'cell',
    input: at.input,
    field: null,
    path,
    record: row.record,
    line: row.line,
    byte: row.byte,
    id: row.words?.id ?? null,
  }
}

export function keyOf(hash: Hash64, place: number): string {
  return `${hash.high}:${hash.low}:${place}`
}

/** Elements whose broken reference leaves a record of harm without its patient. */
const criticalPlaces = new Set(
  ['AllergyIntolerance', 'MedicationRequest', 'MedicationStatement', 'Condition', 'Immunization'].flatMap((type) => [
    `${type}.subject`,
    `${type}.patient`,
  ]),
)

export function critical(place: Place): { readonly severity?: 'critical' } {
  return criticalPlaces.has(place.path) ? { severity: 'critical' } : {}
}

/** One of those beyond what is kept with its place: it counts, and its finding lists others. */
export function countedOnly({ code, place, severity }: PlacedSighting, input: number): PlacedSighting {
  const facts = [{ name: 'place', value: countedWords }]
  const at = { kind: 'input', input, line: null, byte: null } as const
  return { code, place, at, evidence: { facts }, ...(severity === undefined ? {} : { severity }) }
}

export const countedWords = 'counted only; other places are listed with this finding'
