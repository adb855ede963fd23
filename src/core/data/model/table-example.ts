/** A small file by which a check or a rule of FHIR shows what it flags; read by the whole reader and judged by a whole run. */
import type { JsonObject } from './record.ts'
import type { ReadingChoices } from './source.ts'

/** A small table in words a person can read, with the schema it should follow. */
export interface TableExample {
  readonly csv: string | Uint8Array
  readonly schema?: JsonObject
  readonly reading?: ReadingChoices
  /** File name; `table.csv` when left out. */
  readonly name?: string
  /** The day of the extract. */
  readonly asOf?: string
  /** Definitions that the run is given, such as profiles. */
  readonly definitions?: readonly JsonObject[]
  /** Settings of FHIR as the command line takes them, such as `examples=false`. */
  readonly settings?: readonly string[]
  /** Other tables of the same run, by name. */
  readonly others?: Readonly<Record<string, { readonly csv: string; readonly schema?: JsonObject }>>
}
