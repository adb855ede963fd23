/** What a transform makes of a legacy value: the value the target must hold, in a form that can be compared without guessing. */

export type Carried =
  | { readonly kind: 'text'; readonly text: string }
  /** A number compared by value: `1.0` is `1` after the rule. */
  | { readonly kind: 'number'; readonly text: string }
  /** `text` is a FHIR date of the precision the legacy value has; `swapped` the date that results when day and month change places. */
  | { readonly kind: 'date'; readonly text: string; readonly swapped: string | null }
  /** `system` is empty where the target element is a plain code. */
  | { readonly kind: 'code'; readonly system: string; readonly code: string; readonly display: string }
  /** `unit` as legacy prints it, `code` its UCUM code; both empty where the value has none. */
  | {
      readonly kind: 'quantity'
      readonly comparator: string
      readonly value: string
      readonly unit: string
      readonly code: string
    }
  /** A link to another record by that record's key. */
  | { readonly kind: 'reference'; readonly table: string; readonly key: string }
  /** The rule has no answer: the value is not in the value map, or is no date, no number. */
  | { readonly kind: 'unmapped'; readonly text: string; readonly why: string }

/** A bound transform; `null` means "not recorded". Cells come in the order the field line names them. */
export type Apply = (cells: readonly string[]) => Carried | null

export type Params = ReadonlyMap<string, string>

export interface ValueLine {
  readonly code: string
  readonly display: string
  readonly system: string
  readonly target: string
  readonly relationship: 'equivalent' | 'wider' | 'narrower' | 'inexact' | 'unmatched'
}

export interface ValueMap {
  readonly name: string
  /** By source code, exactly as the legacy system writes it. */
  readonly lines: ReadonlyMap<string, ValueLine>
}

export type ValueMaps = ReadonlyMap<string, ValueMap>

export interface Transform {
  readonly name: string
  /** The rule as a reader of the review sees it, e.g. "date, day first". */
  words(params: Params): string
  /** Whether following the rule can lose something. */
  readonly loss: 'none' | 'possible' | 'declared'
  /** Binds parameters once per run; a text is the reason why they do not fit. */
  bind(params: Params, maps: ValueMaps): Apply | string
  /** Takes a target value back to the legacy text it was made of, where exactly one can be meant; null where these parameters lose something. */
  inverse?(params: Params, maps: ValueMaps): ((text: string) => string | null) | null
}
