/**
 * Parts of a validation to the one report: the ordinary run, in which records that shards found nothing in are not judged again.
 * Whatever looks beyond one record (keys, references, watched columns, rules that ask other tables, patients) is done here, so that
 * its order, hence the report, is that of a single run, however many shards there were.
 */
import type { Update } from '../../operation.ts'
import type { ValidatePartial, ValidateResult } from '../model/validation.ts'
import { withPackages } from '../schema/resource.ts'
import { type CreateJudge, validate } from '../validate/validate.ts'
import type { ValidateInput } from '../validate/validate-input.ts'
import { JudgedInput } from './judged-input.ts'
import { tiles } from './merge-parts.ts'
import { orderedParts } from './part.ts'
import { planDigest } from './plan.ts'
import type { ValidationPart } from './validation-part.ts'
import { otherThanPlanned, type ValidationPlan } from './validation-plan.ts'

export interface MergedValidation {
  readonly result: ValidateResult
  /** Inputs all of which the merge judged: they can not be cut, or their parts do not add up to what the plan saw. */
  readonly judgedWhole: readonly string[]
}

/** Why there is no report: the parts do not make a whole, or the inputs are not those of the plan. */
export interface MergeRefusal {
  readonly refused: 'parts' | 'inputs'
  readonly says: string
}

/** Never a report of parts that do not belong together. */
export async function* mergeValidation(
  plan: ValidationPlan,
  given: readonly ValidationPart[],
  asked: ValidateInput,
  tool: string,
  signal: AbortSignal,
  createJudge?: CreateJudge,
): AsyncGenerator<Update<ValidatePartial, MergedValidation | MergeRefusal>> {
  const parts = orderedParts(given, planDigest(plan))
  const input = await withPackages({ ...asked, asOf: plan.asOf }, signal)
  if (typeof parts === 'string') {
    yield { kind: 'result', value: { refused: 'parts', says: parts } }
    return
  }
  const other = otherThanPlanned(plan, input, tool)
  if (other !== null) {
    yield { kind: 'result', value: { refused: 'inputs', says: other } }
    return
  }
  const unfit = new Set<number>()
  for (;;) {
    const judged = input.inputs.map(({ source }, index) => {
      const planned = plan.inputs[index]
      const ranges = parts.flatMap((part) => part.ranges.filter((range) => range.input === index))
      const fits = planned && !unfit.has(index) && tiles(ranges, planned.cuts, planned.records)
      return fits ? new JudgedInput(source, ranges) : null
    })
    let result: ValidateResult | null = null
    for await (const update of validate({ ...input, judged }, signal, createJudge))
      if (update.kind === 'result') result = update.value
      else yield update
    if (result === null) return
    const before = unfit.size
    for (const [index, one] of judged.entries()) {
      const name = plan.inputs[index]?.name ?? ''
      const fault = (await one?.fault()) ?? null
      const sha256 = result.inputs[index]?.sha256 ?? null
      if (fault === 'bytes' || (sha256 !== null && sha256 !== plan.inputs[index]?.sha256)) {
        const says = `${name} has other bytes here than when it was planned or judged. Make a new plan.`
        yield { kind: 'result', value: { refused: 'inputs', says } }
        return
      }
      if (fault !== null) unfit.add(index)
    }
    if (unfit.size > before && input.observer === undefined) continue
    if (unfit.size > before) {
      // Whoever lists every row has seen them once already.
      const names = [...unfit].map((index) => plan.inputs[index]?.name ?? '').join(', ')
      const says = `Parts do not add up to the records of ${names}. Run the shards again, or check it without them.`
      yield { kind: 'result', value: { refused: 'parts', says } }
      return
    }
    const judgedWhole = plan.inputs.flatMap(({ name }, index) => (judged[index] ? [] : [name]))
    yield { kind: 'result', value: { result, judgedWhole } }
    return
  }
}
