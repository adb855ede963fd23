/** A few patients, the same ones in every part of a run: what is assumed about both sides is concluded from them. */
import { compareText } from '../../../finding.ts'
import { placeOfPatient } from './item-log.ts'

/** Those that stand first in the order of patients, whatever the order of the files. */
const mostPatients = 60

/** The patients whose entries are looked at, of those given. */
export function evidencePatients(patients: Iterable<string>): readonly string[] {
  const first: { readonly patient: string; readonly place: number }[] = []
  for (const patient of new Set(patients)) {
    const place = placeOfPatient(patient)
    if (first.length === mostPatients && place > (first.at(-1)?.place ?? 0)) continue
    first.push({ patient, place })
    first.sort((a, b) => a.place - b.place || compareText(a.patient, b.patient))
    first.length = Math.min(first.length, mostPatients)
  }
  return first.map(({ patient }) => patient)
}

/** Something held for each of them while both sides are read. */
export class FirstPatients<Held> {
  private readonly held = new Map<string, { readonly place: number; readonly value: Held }>()
  private limit = Number.POSITIVE_INFINITY
  private last = ''
  private lastHeld: Held | null = null
  private readonly make: () => Held

  constructor(make: () => Held) {
    this.make = make
  }

  /** To be asked for every patient that is met; null for one that is not among the first. */
  of(patient: string): Held | null {
    if (patient === this.last) return this.lastHeld
    this.last = patient
    this.lastHeld = patient === '' ? null : this.found(patient)
    return this.lastHeld
  }

  private found(patient: string): Held | null {
    const known = this.held.get(patient)
    if (known !== undefined) return known.value
    const place = placeOfPatient(patient)
    if (place >= this.limit) return null
    this.held.set(patient, { place, value: this.make() })
    if (this.held.size > mostPatients) {
      const [[farthest = '', { place: limit }] = ['', { place: this.limit }]] = [...this.held].sort(
        ([a, one], [b, other]) => other.place - one.place || compareText(b, a),
      )
      this.limit = limit
      this.held.delete(farthest)
    }
    return this.held.get(patient)?.value ?? null
  }

  /** In an order that does not depend on that of the files. */
  list(): readonly Held[] {
    return [...this.held].sort(([a], [b]) => compareText(a, b)).map(([, { value }]) => value)
  }
}
