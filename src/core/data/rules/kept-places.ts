/** Places of records that may have to be named after the reading: record, line, byte and patient in typed arrays. */
import type { Location, Sighting } from '../../finding.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'

const width = 4
/** No patient can be told at this place. */
const nobody = -1

export class KeptPlaces {
  private size = 0
  private places = new Float64Array(0)
  private field: string | null = null

  /** The number under which the place is found again. Called while its record is read, whose patient `sink` knows. */
  add(at: Location, sink: ReportSink): number {
    if (at.kind !== 'cell') return -1
    if (this.size * width === this.places.length) {
      const bigger = new Float64Array(Math.max(width * 4, this.places.length * 2))
      bigger.set(this.places)
      this.places = bigger
    }
    this.field = at.field
    const { places } = this
    const from = this.size * width
    places[from] = at.record
    places[from + 1] = at.line
    places[from + 2] = at.byte
    places[from + 3] = sink.patientAt(at) ?? nobody
    return this.size++
  }

  /** Reports what stands at a place, about the patient of its record. */
  tell(number: number, sink: ReportSink, found: Omit<Sighting, 'at'>, input: number, place: string): void {
    const [record = 0, line = 0, byte = 0, patient = nobody] = this.places.subarray(number * width, (number + 1) * width)
    const at: Location = { kind: 'cell', input, field: this.field, path: null, record, line, byte, id: null }
    sink.add({ ...found, at }, place, patient === nobody ? undefined : patient)
  }
}
