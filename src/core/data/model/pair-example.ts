/** A handful of records on both sides with their field map, by which a difference between two systems shows what it flags. */
export interface PairExample {
  /** Lines of the field map without its head: the first five columns, or all of a line that is not carried. */
  readonly map: readonly string[]
  /** CSV by the name of its table. */
  readonly legacy: Readonly<Record<string, string>>
  /** Resources of FHIR, or CSV by the name of its table. */
  readonly target: readonly object[] | Readonly<Record<string, string>>
  /** Value maps as CSV, by name. */
  readonly values?: Readonly<Record<string, string>>
}
