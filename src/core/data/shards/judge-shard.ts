/** Runs one shard of a validation: cells and single records of its stretches are judged; what looks further is left to the merge. */

import { hashOf } from '../../file-hash.ts'
import type { StreamHash, Update } from '../../operation.ts'
import { ReportSink } from '../blast-radius/report-sink.ts'
import { KeyRun } from '../keys/key-run.ts'
import type { ValidateSource } from '../model/validation.ts'
import type { TableSink } from '../read/table-body.ts'
import { RuleContext } from '../rules/context.ts'
import { compileSchema } from '../schema/compile.ts'
import { withPackages } from '../schema/resource.ts'
import { TableRun } from '../validate/table-run.ts'
import type { JudgeSums, ValidateInput } from '../validate/validate-input.ts'
import { partFormat } from './part.ts'
import { planDigest, rangesOf, type ShardRange } from './plan.ts'
import type { JudgedRange, ValidationPart } from './validation-part.ts'
import { otherThanPlanned, type ValidationPlan } from './validation-plan.ts'

/** `shard` is 1-based. The part is the same whichever machine makes it; a sentence where the inputs are not those of the plan. */
export async function* judgeShard(
  plan: ValidationPlan,
  given: ValidateInput,
  shard: number,
  of: number,
  tool: string,
  signal: AbortSignal,
): AsyncGenerator<Update<never, ValidationPart | string>> {
  const input = await withPackages({ ...given, asOf: plan.asOf }, signal)
  const other = otherThanPlanned(plan, input, tool)
  if (other !== null) {
    yield { kind: 'result', value: other }
    return
  }
  const wanted = rangesOf(plan, shard, of)
  const length = ({ input: index, from, to }: ShardRange): number => (to ?? plan.inputs[index]?.bytes ?? 0) - from
  const total = wanted.reduce((sum, range) => sum + length(range), 0)
  const rules = new RuleContext(input.rules ?? [], input.asOf ?? null, false)
  const ranges: JudgedRange[] = []
  let before = 0
  for (const range of wanted) {
    const source = input.inputs[range.input]
    if (!source) continue
    const judge = new RangeJudge(source, range, rules)
    for await (const done of judge.read(signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: source.source.name }
    before += length(range)
    const judged = await judge.range()
    if (judged) ranges.push(judged)
  }
  const digest = planDigest(plan)
  yield {
    kind: 'result',
    value: { kind: 'carryover-part', format: partFormat, verb: 'validate', plan: digest, planned: plan, shard, of, ranges },
  }
}

class RangeJudge {
  private records = 0
  private told: number[] = []
  private sums: JudgeSums | null = null
  private hasTold = false
  private readonly hash: StreamHash
  private readonly given: ValidateSource
  private readonly asked: ShardRange
  private readonly rules: RuleContext

  constructor(given: ValidateSource, asked: ShardRange, rules: RuleContext) {
    this.given = given
    this.asked = asked
    this.rules = rules
    this.hash = hashOf(given.source)
  }

  async *read(signal: AbortSignal): AsyncGenerator<number> {
    const { from, to } = this.asked
    const end = to ?? Number.POSITIVE_INFINITY
    const all = await this.table(signal)
    const told = await this.table(signal)
    let hashed = from
    let last = from
    let isOver = false
    const sink: TableSink = {
      bytes: (chunk) => {
        this.hash.update(hashed + chunk.length > end ? chunk.subarray(0, Math.max(0, end - hashed)) : chunk)
        hashed += chunk.length
      },
      record: (view, whole, byteOf) => {
        const byte = byteOf(view.start)
        isOver ||= byte >= end
        if (isOver) return
        this.records++
        if (!whole) return
        this.hasTold = false
        all.judgeAlone(view, byteOf)
        if (!this.hasTold) return
        told.judgeAlone(view, byteOf)
        this.told.push(byte - last)
        last = byte
      },
      problem() {},
      end() {},
    }
    const reading = all.readFrom?.(from, sink, signal)
    if (!reading) return
    for await (const done of reading) {
      yield Math.min(done, end) - from
      if (isOver) break
    }
    this.sums = { judge: less(all.sums.judge, told.sums.judge), rules: less(all.sums.rules, told.sums.rules) }
  }

  /** A table that tells its findings to nobody: it is only asked whether there are any. */
  private async table(signal: AbortSignal): Promise<TableRun> {
    const { given } = this
    const watch = {
      see: () => {
        this.hasTold = true
      },
    }
    const sink = new ReportSink([given.source.name], '1', 0, { watch })
    const schema = compileSchema(given.schema, given.table, given.reading)
    const table = await TableRun.open(given, 0, schema, new KeyRun(sink, {}), sink, signal)
    // Rules that ask other tables are left to the merge, so that the others need not be opened.
    table.rule([table], this.rules)
    return table
  }

  /** Null where a stretch can not be judged alone. */
  async range(): Promise<JudgedRange | null> {
    const { asked, records, told, sums } = this
    return sums && { ...asked, records, sha256: await this.hash.digest(), told, sums }
  }
}

function less(all: readonly number[], some: readonly number[]): number[] {
  return all.map((count, i) => count - (some[i] ?? 0))
}
