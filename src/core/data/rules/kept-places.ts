/** Places of records that may have to be named after the reading: record, line and byte in typed arrays. */
import type { Location } from '../../finding.ts'

export class KeptPlaces {
  private size = 0
  private places = new Float64Array(3 * 256)
  private field: string | null = null

  /** The number under which the place is found again. */
  add(at: Location): number {
    if (at.kind !== 'cell') return -1
    if (this.size * 3 === this.places.length) {
      const bigger = new Float64Array(this.places.length * 2)
      bigger.set(this.places)
      this.places = bigger
    }
    this.field = at.field
    this.places.set([at.record, at.line, at.byte], this.size * 3)
    return this.size++
  }

  at(number: number, input: number): Location {
    const [record = 0, line = 0, byte = 0] = this.places.subarray(number * 3, number * 3 + 3)
    return { kind: 'cell', input, field: this.field, path: null, record, line, byte, id: null }
  }
}
