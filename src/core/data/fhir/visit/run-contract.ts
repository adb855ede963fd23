/** What a run asks of the judge of FHIR resources, and tells it. */
import type { NotEvaluated, Sighting } from '../../../finding.ts'
import type { ByteSource } from '../../../operation.ts'
import type { ReadProblem, ResourceEvent } from '../../model/events.ts'
import type { ResourceRecord } from '../../model/record.ts'

/** What the manifest of a bulk export says about records: deleted ones, types that are not here whole, the server they come from. */
export type ExportFact =
  | { readonly kind: 'deleted'; readonly type: string; readonly id: string }
  | { readonly kind: 'incomplete'; readonly type: string }
  /** Some bytes of a file were not judged: which types lie there, nobody knows. */
  | { readonly kind: 'torn' }
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

/** A stretch of lines that a task judged: its blocks, what was counted beside, and the bytes done with it. */
export interface ToldStretch {
  /** Each a `JudgedBlock`, which nobody but the judge looks into; so are the totals. */
  readonly blocks: AsyncIterable<object>
  readonly totals: object
  readonly done: number
  /** Number of its first record where what lies before was not judged; null where it follows the stretch before. */
  readonly first: number | null
}

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
  /** As `readLines`, of a file that tasks judged; nothing of it is read. `size`: its bytes; `isTorn`: some of them were not judged. */
  takeLines?(
    told: { readonly stretches: AsyncIterable<ToldStretch>; readonly size: number; readonly isTorn: boolean },
    input: number,
    signal: AbortSignal,
  ): AsyncIterable<LinesEvent>
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
