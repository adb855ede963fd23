/** Where readers and checks report during a validation: sightings are counted, records with errors are remembered one bit each. */
import type { Fact, Sighting } from '../finding.ts'
import { type Place, Tally } from '../tally.ts'
import { wordingOf } from './checks/index.ts'
import type { ReadProblem } from './read/events.ts'
import type { NotEvaluated } from './validation.ts'

export class ReportSink {
  readonly tally: Tally
  private readonly flagged: Uint8Array[] = []
  private flaggedCount = 0
  private readonly names: readonly string[]
  private readonly skipped = new Map<string, NotEvaluated>()
  private readonly numbered = new Map<number, ReadonlyMap<string, string>>()

  constructor(names: readonly string[], seed: string, maxRows: number) {
    this.names = names
    const first = Math.ceil(maxRows / 2)
    this.tally = new Tally({ first, sampled: maxRows - first }, seed)
  }

  /**
   * Places of columns that nobody declared: their names are cells of the file, which may be values (a first row taken for the header),
   * and a place is written into runs and exports.
   */
  numberColumns(input: number, places: ReadonlyMap<string, string>): void {
    this.numbered.set(input, places)
  }

  add(sighting: Sighting, place: string): void {
    const { at } = sighting
    const input = at.kind === 'cell' || at.kind === 'input' ? at.input : null
    const severity = sighting.severity ?? wordingOf(sighting.code)?.severity ?? 'error'
    this.tally.add(sighting, this.placeOf(input, place), severity)
    if (at.kind === 'cell' && (severity === 'error' || severity === 'critical')) this.flag(at.input, at.record)
  }

  problem({ sighting, place }: ReadProblem): void {
    this.add(sighting, place)
  }

  denominator(code: string, place: string, input: number, of: number): void {
    this.tally.denominator(code, this.placeOf(input, place), of)
  }

  /** Numbers about a finding as a whole, such as how many distinct values it concerns. */
  note(code: string, place: string, input: number, facts: readonly Fact[]): void {
    this.tally.note(code, this.placeOf(input, place), facts)
  }

  notEvaluated(entry: NotEvaluated): void {
    this.skipped.set(`${entry.what}\n${entry.why}`, entry)
  }

  get skippedChecks(): NotEvaluated[] {
    return [...this.skipped.values()]
  }

  get recordsWithErrors(): number {
    return this.flaggedCount
  }

  private placeOf(input: number | null, place: string): Place {
    if (input === null) return { place, input, inputName: null }
    return { place: this.numbered.get(input)?.get(place) ?? place, input, inputName: this.names[input] ?? null }
  }

  private flag(input: number, record: number): void {
    if (record < 1) return
    let bits = this.flagged[input] ?? new Uint8Array(1024)
    const byte = record >> 3
    if (byte >= bits.length) {
      const bigger = new Uint8Array(Math.max(byte + 1, bits.length * 2))
      bigger.set(bits)
      bits = bigger
    }
    this.flagged[input] = bits
    const mask = 1 << (record & 7)
    if (((bits[byte] ?? 0) & mask) !== 0) return
    bits[byte] = (bits[byte] ?? 0) | mask
    this.flaggedCount++
  }
}
