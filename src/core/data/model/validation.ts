/** What a validation is told of each file, what is known on the way, and what comes out. */
import type { Finding, NotEvaluated, SafetyClass, Severity } from '../../finding.ts'
import type { ByteSource } from '../../operation.ts'
import type { ReadStatus, Structure } from './events.ts'
import type { FieldProfile, GroupProfile } from './field-profile.ts'
import type { Measure } from './measure.ts'
import type { JsonObject } from './record.ts'
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

export interface InputReport {
  readonly name: string
  readonly table: string
  readonly side: Side | null
  readonly format: SourceFormat | null
  readonly bytes: number
  /** Hex SHA-256 of the bytes; null until the file was read to its end. */
  readonly sha256: string | null
  /** Hex digest `sha256-blocks/256MiB` (`blocksDigest`); left out where it is not known. */
  readonly sha256Blocks?: string
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
  /** Those of them that tasks were to judge and did not: then the run is not whole. Left out where all was judged. */
  readonly notJudged?: readonly NotEvaluated[]
  /** What was evaluated on texts instead of bytes, and why: the result is the same, the run slower. */
  readonly fallbacks?: readonly NotEvaluated[]
  readonly rulesRun: number
}

export interface TableSafety {
  readonly class: SafetyClass
  readonly why: string
}

/** Size and digest that the package promises for a file, and what it asks that can not be honoured. */
export interface DeclaredFile {
  readonly resource: string
  readonly bytes: number | null
  /** Hex SHA-256; null where none is declared, or only one of another kind. */
  readonly sha256: string | null
  readonly notEvaluated: readonly NotEvaluated[]
}
