/** What happened, as columns: one entry per event, sorted by case, then time, then the order of the file. */

/** What an event says about its activity: most logs have one event per activity, some have one for its start and one for its end. */
export const COMPLETE = 0
export const START = 1
export const OTHER = 2

/** A value per event or case that is neither name, time nor resource; -1 where it was not given. */
export interface AttributeColumn {
  readonly name: string
  readonly codes: Int32Array
  readonly values: readonly string[]
}

export interface EventLog {
  readonly name: string
  readonly cases: number
  readonly caseName: (index: number) => string
  readonly events: number
  /** Events of case c: from `caseStart[c]` to `caseStart[c + 1]`. */
  readonly caseStart: Int32Array
  readonly activities: readonly string[]
  readonly activity: Int32Array
  readonly resources: readonly string[]
  /** -1 where nobody is named. */
  readonly resource: Int32Array
  /** Milliseconds since 1970 in UTC; NaN where there is none. */
  readonly time: Float64Array
  /** Minutes east of UTC as written, to show times as people saw them; null where no time of the log says. */
  readonly offset: Int16Array | null
  readonly transition: Uint8Array
  /** Number of the activity instance, where the log numbers them; -1 where it does not. */
  readonly instance: Int32Array | null
  /** Begin of the work where a row holds both times; NaN where it does not. */
  readonly begun: Float64Array | null
  readonly eventAttributes: readonly AttributeColumn[]
  readonly caseAttributes: readonly AttributeColumn[]
}

/** What reading a log could not take as it stands; `n` is exact. */
export interface LogProblem {
  readonly code: string
  readonly n: number
  /** What happened and what was done about it. */
  readonly sentence: string
  /** Line or byte of the first one. */
  readonly place: { readonly line?: number; readonly byte?: number } | null
}

/** Bytes that the columns of a log take. */
export function columnBytes(log: EventLog): number {
  const all = [log.caseStart, log.activity, log.resource, log.time, log.offset, log.transition, log.instance, log.begun]
  const attributes = [...log.eventAttributes, ...log.caseAttributes]
  return [...all, ...attributes.map(({ codes }) => codes)].reduce((sum, column) => sum + (column?.byteLength ?? 0), 0)
}
