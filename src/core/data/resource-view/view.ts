/** What a reader of a resource sees: rows of a label and values, the same for every type, in the order a clinician looks for them. */
import type { JsonSteps } from '../read/json/json-tree.ts'

export interface ShownCoding {
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
}

export type ShownValue =
  /** `codings` stand behind the text, to be shown on request. */
  | { readonly kind: 'text'; readonly text: string; readonly codings: readonly ShownCoding[] }
  /** FHIR date, dateTime or instant as written. */
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'period'; readonly start: string | null; readonly end: string | null }
  /** XHTML as it came: only for the sanitiser. */
  | { readonly kind: 'narrative'; readonly text: string }
  /** An element with parts of its own. */
  | { readonly kind: 'parts'; readonly rows: readonly ShownRow[] }

export interface ShownRow {
  /** Member name in JSON; for a choice the one that is there. */
  readonly name: string
  readonly label: string
  /** From the resource down. */
  readonly path: JsonSteps
  /** Empty where nothing is recorded. */
  readonly values: readonly ShownValue[]
  /** Why nothing is recorded, where the resource says so: a code of data-absent-reason. */
  readonly absent: string | null
}

export interface ResourceView {
  readonly type: string
  readonly id: string | null
  /** What is looked for in a resource of this type, recorded or not. */
  readonly main: readonly ShownRow[]
  /** Everything else that is in it. */
  readonly rest: readonly ShownRow[]
  readonly narrative: string | null
}
