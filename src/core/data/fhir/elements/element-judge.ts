/** How one element of FHIR is judged, and how it is passed when it is as it nearly always is. */
import type { JsonValue } from '../../model/record.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'

/** Judges one value (never the array around it). */
export type Judge = (value: JsonValue, place: Place, visit: Visit) => void

/**
 * True where the value is as it nearly always is: then all of its judge was done. Where it is false nothing was done, and the judge
 * has to be asked.
 */
export type QuickCheck = (value: JsonValue) => boolean
