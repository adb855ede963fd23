/** What readers hand on: a row of a table or a resource, with the place in the original file it came from. */

/** Parsed JSON: numbers as the engine reads them, members in file order. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [name: string]: JsonValue | undefined
}

/** Where a record stands: `byte` and `length` in the original file, `line` physical and 1-based, `record` 1-based after the header. */
export interface RecordPlace {
  readonly record: number
  readonly line: number
  readonly byte: number
  readonly length: number
}

/** One row of a table; cells are decoded and unquoted, otherwise exactly the text of the file, in the order of the header. */
export interface Row extends RecordPlace {
  readonly kind: 'row'
  readonly cells: readonly string[]
}

/** One FHIR resource, or any JSON object of an NDJSON file; `type` is empty where it has no `resourceType`. */
export interface ResourceRecord extends RecordPlace {
  readonly kind: 'resource'
  readonly type: string
  readonly id: string | null
  readonly value: JsonObject
  /** Path of the resource inside its file, e.g. `entry[3].resource` of a Bundle; null where the record is the line or file itself. */
  readonly within: string | null
  /** `fullUrl` of the Bundle entry; references by urn:uuid are resolved by it. */
  readonly fullUrl?: string | null
  /** Where elements of its document stand; left out where a record is one line. */
  readonly places?: ElementPlaces
}

/** Gives the places of elements of one document by their path, `Bundle.entry[3].resource.status`. */
export interface ElementPlaces {
  /** Offset of the value, or of the deepest parent that is there. */
  find(path: string): number
  /** Line and column, 1-based, of an offset. */
  spot(byte: number): { readonly line: number; readonly column: number; readonly byte: number }
}
