/** Where readers and checks report during a validation: sightings are counted, records with errors are remembered one bit each. */
import type { Fact, Finding, Location, NotEvaluated, SafetyClass, Severity, Sighting } from '../../finding.ts'
import { hash64 } from '../../hash64.ts'
import { type Place, Tally } from '../../tally.ts'
import type { ReadProblem } from '../model/events.ts'
import { stableNames } from '../model/stable-name.ts'
import type { TableSafety } from '../model/validation.ts'
import { Gravity, type Guess, type TableGravity } from './gravity.ts'
import { isOfRecord, type RecordPatient, saltedHash } from './record-patient.ts'
import type { SeverityRule } from './severity-policy.ts'

/** What a run says about severities and sides. */
export interface SinkChoices {
  readonly sides?: readonly (string | null)[]
  /** Rules of the project; the first that matches decides. */
  readonly severityRules?: readonly SeverityRule[]
  readonly watch?: SightingWatch
}

export class ReportSink {
  readonly tally: Tally
  private readonly gravity: Gravity
  private readonly patients = new Map<number, RecordPatient>()
  private readonly lookedUp = new Set<number>()
  private readonly choices: SinkChoices
  private readonly origins = new Map<string, { schema: string; pointer: string }[]>()
  private readonly flagged: Uint8Array[] = []
  private flaggedCount = 0
  private readonly names: readonly string[]
  private stable: readonly string[] = []
  private readonly skipped = new Map<string, NotEvaluated>()
  private readonly slower = new Map<string, NotEvaluated>()
  private readonly numbered = new Map<number, ReadonlyMap<string, string>>()

  constructor(names: readonly string[], seed: string, maxRows: number, choices: SinkChoices = {}) {
    this.names = names
    this.choices = choices
    this.gravity = new Gravity(choices.severityRules ?? [])
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

  /** Numbers, from 1, of the columns that nobody declared. */
  undeclaredColumns(input: number): readonly number[] {
    return [...(this.numbered.get(input)?.values() ?? [])].map((shown) => Number(shown.replace(/\D/g, '')))
  }

  /** `patient` is the number that `patientAt` gave while the record was read; left out, the record is the one being read. */
  add(sighting: Sighting, place: string, patient?: number): void {
    const { at } = sighting
    const input = at.kind === 'cell' || at.kind === 'input' ? at.input : null
    const severity = this.gravity.severityOf(sighting.code, input, place, sighting.severity)
    const graded = sighting.severity === undefined ? sighting : { ...sighting, severity }
    const counted = this.placeOf(input, place)
    this.tally.add(graded, counted, severity, patient ?? this.patientOf(sighting))
    this.choices.watch?.see(graded, counted.place, severity)
    const grave = severity === 'error' || severity === 'critical'
    if (at.kind === 'cell' && grave && isOfRecord(sighting.code)) this.flag(at.input, at.record)
  }

  /** Says what the findings of a table are about. */
  describe(input: number, gravity: TableGravity): void {
    this.gravity.describe(input, gravity)
  }

  /** Nobody asked for a check at a place: its findings keep the check's own severity, or one step less where the run proposed it itself. */
  guess(code: string, input: number, place: string, how: Guess = 'watched'): void {
    this.gravity.guess(code, input, place, how)
  }

  /** Findings in records of the input are about the patient that this names. */
  patientsOf(input: number, patient: RecordPatient): void {
    this.patients.set(input, patient)
  }

  /** Until the patients of an input are looked up through other tables, their number is not known. */
  patientsKnown(input: number, known: boolean): void {
    if (known) this.lookedUp.delete(input)
    else this.lookedUp.add(input)
  }

  /** The line of a schema that asked for a check at a place. */
  origin(code: string, place: string, input: number, origin: { readonly schema: string; readonly pointer: string }): void {
    const name = `${code}\n${input}\n${place}`
    this.origins.set(name, [...(this.origins.get(name) ?? []), { ...origin }])
  }

  /** Findings so far, with what they are about and why they are as grave as they are. */
  findings(): Finding[] {
    return this.tally.findings().map((found) => {
      const finding = found.input !== null && this.lookedUp.has(found.input) ? unattributed(found) : found
      const { code, input, place, severity } = finding
      const own = input === null ? place : this.columnOf(input, place)
      const safety = this.safetyOf(input, place)
      const origin = this.origins.get(`${code}\n${input}\n${own}`) ?? this.origins.get(`${code}\n${input}\n`)
      const because = this.gravity.because(code, input, own, severity)
      return {
        ...finding,
        ...(safety === undefined ? {} : { safety }),
        ...(origin === undefined ? {} : { origin }),
        ...(because === null ? {} : { severityBecause: because }),
      }
    })
  }

  tableSafety(input: number): TableSafety | null {
    return this.gravity.safetyOfTable(input)
  }

  safetyOf(input: number | null, place: string): SafetyClass | undefined {
    return this.gravity.safetyOf(input, place)
  }

  /** The name of a column whose place is its number. */
  private columnOf(input: number, place: string): string {
    for (const [column, shown] of this.numbered.get(input) ?? []) if (shown === place) return column
    return place
  }

  /** Number of the patient of the record that is being read. */
  patientAt(at: Location): number | undefined {
    return at.kind === 'cell' && at.record > 0 ? this.patients.get(at.input)?.of(at.record) : undefined
  }

  /** Number of the patient; undefined where the sighting can not be about one. */
  private patientOf({ at, code, patient, patientHash }: Sighting): number | undefined {
    if (at.kind !== 'cell') return undefined
    const reader = this.patients.get(at.input)
    if (reader) return isOfRecord(code) && at.record > 0 ? reader.of(at.record) : undefined
    const key = patientHash ?? (patient === undefined ? undefined : hash64(patient))
    return key && this.tally.people.number(saltedHash(key, this.choices.sides?.[at.input] ?? null))
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

  /** Says what is evaluated on texts instead of bytes, and why: right, but slower. */
  fallback(entry: NotEvaluated): void {
    this.slower.set(`${entry.what}\n${entry.why}`, entry)
  }

  get fallbacks(): NotEvaluated[] {
    return [...this.slower.values()]
  }

  get skippedChecks(): NotEvaluated[] {
    return [...this.skipped.values()]
  }

  get recordsWithErrors(): number {
    return this.flaggedCount
  }

  private placeOf(input: number | null, place: string): Place {
    if (input === null) return { place, input, inputName: null }
    return { place: this.numbered.get(input)?.get(place) ?? place, input, inputName: this.stableNameOf(input) }
  }

  /** For fingerprints; further tables of a file are named while the run goes on. */
  private stableNameOf(input: number): string | null {
    if (this.stable.length !== this.names.length) this.stable = stableNames(this.names)
    return this.stable[input] ?? null
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

/** Keys of other tables were counted so far, not patients. */
function unattributed({ withoutPatient: _without, ...finding }: Finding): Finding {
  const sample = finding.sample.map(({ patientNumber: _number, ...sighting }) => sighting)
  return { ...finding, patients: null, sample }
}

/** Sees every occurrence of a run as it is counted, with the place and severity it is counted under. */
export interface SightingWatch {
  see(sighting: Sighting, place: string, severity: Severity): void
}
