/** What tasks found out about the inputs of a run, as the one who makes its report asks for it; nothing of an input is read then. */
import type { NotEvaluated } from '../../finding.ts'
import type { ToldStretch } from '../fhir/visit/run-contract.ts'
import type { ToldKeys } from '../keys/key-run.ts'
import type { StretchTotals } from './table-front.ts'

/** Bytes of an input that no task judged, from `from` (inclusive) to `to` (exclusive). */
export interface ToldGap {
  readonly from: number
  readonly to: number
  /** Why not, in words. */
  readonly why: string
}

export interface ToldTable {
  readonly kind: 'table'
  /** In the order of the file; empty where all of it was judged. */
  readonly gaps: readonly ToldGap[]
  /** Of the whole file; null where nobody read it in one piece. */
  readonly sha256: string | null
  /** Digest `sha256-blocks/256MiB`; null where tasks had blocks of another size. */
  readonly sha256Blocks: string | null
  /** In the order of the file. */
  readonly stretches: readonly StretchTotals[]
  /** By stretch: records and problems that were handed on. */
  events(stretch: number): Promise<Uint8Array>
  /** By stretch: records whose keys have to be compared or told. */
  strays(stretch: number): Promise<Uint8Array>
  /** By stretch: keys that lead to patients, three words for each list of `BlastRadius.keysWanted` and record: 1 where there is one, and its halves. */
  patientKeys(stretch: number): Promise<Uint32Array>
}

export interface ToldLines {
  readonly kind: 'lines'
  readonly gaps: readonly ToldGap[]
  readonly sha256: string | null
  readonly sha256Blocks: string | null
  /** Bytes of the lines, as they were read. */
  readonly size: number
  /** Why the end of its container could not be unpacked; null where it could. */
  readonly damage: string | null
  /** In the order of the file. */
  stretches(): AsyncIterable<ToldStretch>
}

export interface ToldRun {
  /** By input; null for one that is read here. */
  readonly inputs: readonly (ToldTable | ToldLines | null)[]
  /** By set of keys of the run. */
  readonly keys: readonly ToldKeys[]
  /** What tasks that were set aside would have judged. */
  readonly notJudged: readonly NotEvaluated[]
}
