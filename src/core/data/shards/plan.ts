/**
 * The plan of a run that is larger than one machine: inputs by digest, and where their records can be cut.
 * The digest needs every byte once, so the same pass scans the records: cuts are known record starts, never guesses from quotes.
 */
import { digestOf, type Json } from '../../canonical.ts'
import { hashOf } from '../../file-hash.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import type { GroupColumns } from '../columns/grouping.ts'
import type { ReadStatus } from '../model/events.ts'
import type { JsonObject } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import type { ValidateSource } from '../model/validation.ts'
import { lookInto, readAs } from '../read/look-into.ts'
import { type OpenTable, openTable } from '../read/table.ts'
import type { RecordView } from '../read/text/record-view.ts'

/** An input by its bytes, and where its records can be cut. */
export interface PlannedBytes {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Of the first table, where the input is cut; what the parts must add up to. */
  readonly records: number
  readonly status: ReadStatus
  /**
   * Offsets of records at which reading can begin, ascending; the first is that of the first record. Empty where the input can only be
   * read whole (another encoding than it is scanned in, an archive, a sheet, several tables): then the merge reads it.
   */
  readonly cuts: readonly number[]
}

export interface PlannedInput extends PlannedBytes {
  readonly path: string
  readonly table: string
  readonly reading: ReadingChoices
  readonly schema: JsonObject | null
}

/** Holds no cell of any input; the names of columns that were declared and of files it does hold. */
export interface ShardPlan {
  readonly kind: 'carryover-plan'
  readonly format: 1
  readonly verb: 'profile'
  readonly tool: string
  readonly groups: GroupColumns
  readonly inputs: readonly PlannedInput[]
}

export interface PlanInput {
  readonly inputs: readonly ValidateSource[]
  /** Path of each input, as the shards find it. */
  readonly paths: readonly string[]
  readonly groups: GroupColumns
  readonly tool: string
}

/** At most so many cuts per input, and so many bytes at least between two. */
const mostCuts = 1024
const leastBytes = 64

/** Reads every input once, at the speed of scanning. */
export async function* planShards(given: PlanInput, signal: AbortSignal): AsyncGenerator<Update<never, ShardPlan>> {
  const total = given.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const inputs: PlannedInput[] = []
  let before = 0
  for (const [i, input] of given.inputs.entries()) {
    const planner = new InputPlanner(input)
    for await (const done of planner.read(signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: input.source.name }
    before += input.source.size
    inputs.push(planner.planned(given.paths[i] ?? input.source.name))
  }
  const { groups, tool } = given
  yield { kind: 'result', value: { kind: 'carryover-plan', format: 1, verb: 'profile', tool, groups, inputs } }
}

/** Parts name the plan they belong to by this. */
export function planDigest(plan: object): string {
  return digestOf(JSON.parse(JSON.stringify(plan)) as Json)
}

/** Why this version must not take up the plan; null where it made it: another one may count, cut or judge otherwise. */
export function madeByOther(plan: { readonly tool: string }, tool: string): string | null {
  return plan.tool === tool ? null : `The plan was made by version ${plan.tool}, and this is ${tool}. Make a new plan.`
}

/** Looks at one input for a plan. */
export class InputPlanner {
  private readonly cuts: number[] = []
  private sha256 = ''
  private records = 0
  private status: ReadStatus = 'unreadable'
  /** End of the last record if it was whole; -1 where it was not. */
  private lastEnd = -1
  private readonly spacing: number
  private readonly input: ValidateSource

  constructor(input: ValidateSource) {
    this.input = input
    this.spacing = Math.max(leastBytes, Math.ceil(input.source.size / mostCuts))
  }

  async *read(signal: AbortSignal): AsyncGenerator<number> {
    const { source, reading, format } = this.input
    const hash = hashOf(source)
    const { recognised } = await lookInto(source, reading, signal)
    const isTable = recognised.kind === 'format' && (readAs(format) ?? recognised.format) === 'csv'
    const open = isTable ? await openTable(source, reading, 0, signal) : null
    if (open?.readFrom) {
      yield* this.scan(open, (chunk) => hash.update(chunk), signal)
      if (open.next() !== null) this.cuts.length = 0
    } else {
      let done = 0
      for await (const chunk of source.stream()) {
        stopIfAborted(signal)
        hash.update(chunk)
        done += chunk.length
        yield done
      }
    }
    this.sha256 = await hash.digest()
  }

  private scan(open: OpenTable, bytes: (chunk: Uint8Array) => void, signal: AbortSignal): AsyncIterable<number> {
    this.cuts.push(open.structure.bodyByte)
    return open.read(
      {
        bytes,
        record: (view, whole, byteOf) => this.see(view, whole, byteOf),
        problem() {},
        end: ({ records, status }) => {
          this.records = records
          this.status = status
        },
      },
      signal,
    )
  }

  /** A cut needs nothing of what stands before it: the record before is whole, and no blank line lies between. */
  private see(view: RecordView, whole: boolean, byteOf: (index: number) => number): void {
    const { bytes, start, end } = view
    const byte = byteOf(start)
    const gap = this.lastEnd < 0 ? 0 : byte - this.lastEnd
    const follows = gap === 1 || (gap === 2 && start >= 2 && bytes[start - 2] === 13 && bytes[start - 1] === 10)
    if (whole && follows && byte - (this.cuts.at(-1) ?? 0) >= this.spacing) this.cuts.push(byte)
    this.lastEnd = whole ? byteOf(end) : -1
  }

  planned(path: string): PlannedInput {
    const { table, reading, schema } = this.input
    return { path, table, reading, schema, ...this.cut() }
  }

  /** What was found out about its bytes. */
  cut(): PlannedBytes {
    const { cuts, sha256, records, status, input } = this
    return { name: input.source.name, bytes: input.source.size, sha256, records, status, cuts }
  }
}

/** A stretch of one input: records that begin at `from` or later and before `to`; null for the end of the file. */
export interface ShardRange {
  readonly input: number
  readonly from: number
  readonly to: number | null
}

/** What shard `index` (1-based) of `count` reads: stretches of about the same number of bytes, whatever the inputs are. */
export function rangesOf(
  plan: { readonly inputs: readonly Pick<PlannedBytes, 'bytes' | 'cuts'>[] },
  index: number,
  count: number,
): ShardRange[] {
  const total = plan.inputs.reduce((sum, { bytes, cuts }) => sum + (cuts.length > 0 ? bytes : 0), 0)
  const ranges: ShardRange[] = []
  let before = 0
  plan.inputs.forEach(({ bytes, cuts }, input) => {
    if (cuts.length === 0) return
    const mine = cuts
      .map((from, i) => ({ from, to: cuts[i + 1] ?? null }))
      .filter(({ from, to }) => shardAt(before + (from + (to ?? bytes)) / 2, total, count) === index)
    const first = mine[0]
    const last = mine.at(-1)
    if (first && last) ranges.push({ input, from: first.from, to: last.to })
    before += bytes
  })
  return ranges
}

function shardAt(middle: number, total: number, count: number): number {
  return Math.min(count, Math.floor((middle / Math.max(1, total)) * count) + 1)
}
