/** Runs one shard of a plan: its stretches are read and profiled, nothing else of the inputs is looked at. */
import type { Update } from '../../operation.ts'
import type { TableState } from '../columns/table-profiler.ts'
import type { ValidateSource } from '../model/validation.ts'
import { profilerOf } from '../profile/profile.ts'
import { openTable } from '../read/table.ts'
import { type GroupingJson, type PartRange, partFormat, type ShardPart } from './part.ts'
import { madeByOther, planDigest, rangesOf, type ShardPlan, type ShardRange } from './plan.ts'
import { columnJson } from './state-json.ts'

/** `inputs` in the order of the plan. `shard` is 1-based. The part is the same whichever machine makes it; a sentence where another version made the plan. */
export async function* runShard(
  plan: ShardPlan,
  inputs: readonly ValidateSource[],
  shard: number,
  of: number,
  tool: string,
  signal: AbortSignal,
): AsyncGenerator<Update<never, ShardPart | string>> {
  const made = madeByOther(plan, tool)
  if (made !== null) {
    yield { kind: 'result', value: made }
    return
  }
  const wanted = rangesOf(plan, shard, of)
  const length = ({ input, from, to }: ShardRange): number => (to ?? plan.inputs[input]?.bytes ?? 0) - from
  const total = wanted.reduce((sum, range) => sum + length(range), 0)
  const ranges: PartRange[] = []
  let before = 0
  for (const range of wanted) {
    const given = inputs[range.input]
    if (!given) continue
    const reader = new RangeReader(given, range)
    for await (const done of reader.read(plan, signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: given.source.name }
    before += length(range)
    ranges.push(reader.part())
  }
  const head = { kind: 'carryover-part', format: partFormat, plan: planDigest(plan), planned: plan } as const
  yield { kind: 'result', value: { ...head, shard, of, ranges } }
}

class RangeReader {
  private records = 0
  private state: TableState | null = null
  private readonly given: ValidateSource
  private readonly range: ShardRange

  constructor(given: ValidateSource, range: ShardRange) {
    this.given = given
    this.range = range
  }

  async *read(plan: ShardPlan, signal: AbortSignal): AsyncGenerator<number> {
    const { from, to } = this.range
    const end = to ?? Number.POSITIVE_INFINITY
    const open = await openTable(this.given.source, this.given.reading, this.range.input, signal)
    const profiler = profilerOf(this.given, open.structure, open.encoding, plan.groups)
    let isOver = false
    const sink: Parameters<typeof open.read>[0] = {
      record: (view, whole, byteOf) => {
        isOver ||= byteOf(view.start) >= end
        if (isOver) return
        this.records++
        if (whole) profiler.see(view, byteOf)
      },
      problem() {},
      end() {},
    }
    for await (const done of open.readFrom?.(from, sink, signal) ?? []) {
      yield Math.min(done, end) - from
      if (isOver) break
    }
    this.state = profiler.finish()
  }

  part(): PartRange {
    const { range, records, state } = this
    return {
      ...range,
      records,
      columns: (state?.columns ?? []).map(columnJson),
      groupings: (state?.groupings ?? []).map(
        ({ groups }): GroupingJson => ({
          groups: groups && [...groups.values()].map(({ at, records: n, filled }) => [at.byte, at.span, n, [...filled]]),
        }),
      ),
    }
  }
}
