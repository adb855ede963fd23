/** The words of a validation: what goes in, what is known on the way, what comes out (`validate` of the command line). */
import type { Finding, SafetyClass, Severity, Sighting } from '../finding.ts'
import type { ByteSource } from '../operation.ts'
import type { TableSafety } from './blast-radius/patient-path.ts'
import type { SeverityRule } from './blast-radius/severity-policy.ts'
import type { FhirSettings } from './fhir/settings.ts'
import type { KeySizes } from './keys/key-set.ts'
import type { SpillStore } from './keys/spill.ts'
import type { FieldProfile, GroupProfile } from './profile/field-profile.ts'
import type { Measure } from './quality/measure.ts'
import type { ReadProblem, ReadStatus, ResourceEvent, Structure } from './read/events.ts'
import type { JsonObject, ResourceRecord } from './record.ts'
import type { SightingWatch } from './report/rejected-records.ts'
import type { HearRule } from './rules/context.ts'
import type { RuleFile } from './rules/rule-file.ts'
import type { DeclaredFile } from './schema/resource.ts'
import type { ReadingChoices, Side, SourceFormat } from './source.ts'

/** One file to check. */
export interface ValidateSource {
  readonly source: ByteSource
  readonly side: Side | null
  /** Null to recognise the format from the bytes. */
  readonly format: SourceFormat | null
  /** Name that schemas refer to; by default the file name without its ending. */
  readonly table: string
  readonly reading: ReadingChoices
  /** Table Schema, one resource of a data package, or JSON Schema; null where there is none. */
  readonly schema: JsonObject | null
  /** A schema read off the data, for a table that has none: what does not fit it is found, one step less grave. Null where none was made. */
  readonly guess?: JsonObject | null
  /** What a data package promises about the file. */
  readonly declared?: DeclaredFile
  /** Canonical addresses of FHIR profiles that its resources have to fit, each those of its type. */
  readonly profiles?: readonly string[]
}

export interface ValidateInput {
  readonly inputs: readonly ValidateSource[]
  /** A data package whose resources are found by table name; used for inputs without a schema of their own. */
  readonly package?: JsonObject | null
  /** Every column is looked at for damage that nobody asked about (sentinel dates, lost digits, cut texts); left out, it is. */
  readonly watch?: boolean
  /** Seed of the sample of rows kept per finding. */
  readonly seed?: string
  /** How many sightings are kept per finding: half the first ones, half a seeded sample of the rest. Counts stay exact. */
  readonly maxRows?: number
  /** Rules of the project about severities (`rules/severity.json`); the first that matches decides. */
  readonly severityRules?: readonly SeverityRule[]
  /** Sees every occurrence as it is counted; for lists without a limit. Stays on this side of a worker. */
  readonly observer?: SightingWatch
  /** Bytes that key indexes may take in memory; above it keys are spilled, and without a place for that the files are read more often. */
  readonly keyBudget?: number
  /** Temporary storage of the host for keys. */
  readonly spill?: SpillStore
  /** Secret of the project, under which keys become fingerprints; the result is the same under each. */
  readonly keySeed?: string
  /** Smaller limits than those of a real run, to try out what happens beyond them. */
  readonly keySizes?: KeySizes
  /** Rules of the team as data: `rules/*.json`. */
  readonly rules?: readonly RuleFile[]
  /** The day of the extract, ISO 8601; rules that ask for it are not evaluated where it is left out. */
  readonly asOf?: string | null
  /** What is said of FHIR resources and what is let pass; by default that of fhir/settings.ts. */
  readonly fhir?: FhirSettings
  /** Told of every rule how many records it tested, and how many of them break it. Stays on this side of a worker. */
  readonly heard?: HearRule
  /** Profiles every column in the same pass. */
  readonly profile?: boolean
  /** By input, what shards judged of it already; null or left out where nothing was. Stays on this side of a worker. */
  readonly judged?: readonly (JudgedElsewhere | null)[]
}

/** Records of one input that were judged in parts of a run: cells and single records; all else is looked at here. */
export interface JudgedElsewhere {
  /** Bytes of the file as they are read. */
  bytes(chunk: Uint8Array): void
  /** Asked once for every record in the order of the file: true where nothing is told about it, so that its counts are in `sums`. */
  isQuiet(byte: number): boolean
  readonly sums: readonly JudgeSums[]
}

/** Counts of quiet records, in the order in which the checks of the table are bound. */
export interface JudgeSums {
  readonly judge: readonly number[]
  readonly rules: readonly number[]
}

export interface InputReport {
  readonly name: string
  readonly table: string
  readonly side: Side | null
  readonly format: SourceFormat | null
  readonly bytes: number
  /** Hex SHA-256 of the bytes; null until the file was read to its end. */
  readonly sha256: string | null
  readonly structure: Structure | null
  readonly records: number
  readonly status: ReadStatus
  /** What bytes and lines of places are counted in; left out where that is the file itself. */
  readonly places?: string
  /** Numbers, from 1, of columns that nobody declared: their names may be values, so reports call them by their number. */
  readonly undeclared?: readonly number[]
  /** How its records lead to the patient, in words; left out where they do not. */
  readonly patients?: string
  /** What of a patient's record the table holds, and how that is known. */
  readonly safety?: TableSafety
}

/** Patients of one side that findings of severity critical are about, each counted once. */
export interface PatientsAtRisk {
  readonly side: Side | null
  readonly patients: number
  /** Records of the table of patients of that side; null where none is known. */
  readonly of: number | null
  /** The same by what the findings are about; a patient may be in several. */
  readonly bySafety: Readonly<Partial<Record<SafetyClass, number>>>
}

/** Quality of one column by Kahn category; measures beside completeness are added once the whole run is known. */
export interface FieldQuality {
  readonly input: number
  readonly field: string
  readonly completeness: { readonly n: number; readonly of: number } & Partial<Measure>
  readonly consistency?: Measure
  readonly plausibility?: Measure
  readonly accuracy?: Measure
  readonly timeliness?: Measure
  /** Completeness by site, source system, year and month, where such a column is declared. */
  readonly by?: readonly GroupProfile[]
}

/** The profile of one column of one input of the run. */
export interface InputFieldProfile extends FieldProfile {
  readonly input: number
}

/** Something that was asked for and not done, with the reason: never silently skipped. */
export interface NotEvaluated {
  readonly what: string
  readonly why: string
}

export interface ValidatePartial {
  readonly inputs: readonly InputReport[]
  readonly summary: Readonly<Record<Severity, number>>
  readonly findings: readonly Finding[]
}

export interface ValidateResult {
  readonly inputs: readonly InputReport[]
  /** Occurrences, not findings. */
  readonly summary: Readonly<Record<Severity, number>> & { readonly recordsWithErrors: number }
  readonly findings: readonly Finding[]
  /** One entry per side; left out where no input leads to a patient. */
  readonly patientsAtRisk?: readonly PatientsAtRisk[]
  readonly quality: readonly FieldQuality[]
  /** In the order of the columns; only where it was asked for. Values in it are sensitive. */
  readonly profiles?: readonly InputFieldProfile[]
  readonly notEvaluated: readonly NotEvaluated[]
  /** What was evaluated on texts instead of bytes, and why: the result is the same, the run slower. */
  readonly fallbacks?: readonly NotEvaluated[]
  readonly rulesRun: number
}

/** What the manifest of a bulk export says about records: deleted ones, types that are not here whole, the server they come from. */
export type ExportFact =
  | { readonly kind: 'deleted'; readonly type: string; readonly id: string }
  | { readonly kind: 'incomplete'; readonly type: string }
  | { readonly kind: 'server'; readonly base: string }

/** What comes of a block of lines that was judged elsewhere, and of the end of a file. */
export type LinesEvent =
  | { readonly kind: 'problem'; readonly problem: ReadProblem }
  | {
      readonly kind: 'judged'
      /** To be drawn once, before the next event is asked for. */
      readonly sightings: Iterable<Sighting & { readonly place: string }>
      readonly types: readonly (readonly [type: string, records: number])[]
      readonly done: number
    }
  | Extract<ResourceEvent, { readonly kind: 'end' }>

/** Judges FHIR resources across all inputs of a run; `place` is the element path without indexes. */
export interface ResourceJudge {
  see(record: ResourceRecord, input: number): Iterable<Sighting & { readonly place: string }>
  /**
   * A Bundle whose entries follow as records: its type, its entries' addresses, requests and search modes, and its invariants.
   * `recordOf` gives the record number of each entry, 0 for entries that hold none.
   */
  frame?(bundle: ResourceRecord, recordOf: readonly number[], input: number): Iterable<Sighting & { readonly place: string }>
  /** Reads a long NDJSON file and judges it with the help of other threads: what is told is the same in the same order. Null where there are none. */
  readLines?(
    source: ByteSource,
    input: number,
    signal: AbortSignal,
    bytes: (chunk: Uint8Array) => void,
  ): AsyncIterable<LinesEvent> | null
  /** Takes what other threads counted, once all is read. */
  settle?(signal: AbortSignal): Promise<void>
  /** Lets go of other threads. */
  close?(): void
  /** Deletions and servers come before the records, incomplete types before `finish`. */
  tellExport?(fact: ExportFact): void
  finish(): Iterable<Sighting & { readonly place: string }>
  denominators(): Iterable<{ readonly code: string; readonly place: string; readonly input: number; readonly of: number }>
  notEvaluated(): readonly NotEvaluated[]
  /** Why profiles that were asked for can not be judged, a sentence each. */
  unknownProfiles?(): readonly string[]
  readonly rulesRun: number
}
