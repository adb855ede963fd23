/** The plan of a reconciliation that is larger than one machine: both sides by digest, and a digest of everything that is asked of them. */
import { digestOf, type Json } from '../../canonical.ts'
import { hashOf } from '../../file-hash.ts'
import { type ByteSource, stopIfAborted, type Update } from '../../operation.ts'
import type { ReconcileInput } from '../reconcile/account/result.ts'
import { isObject } from './part.ts'
import { madeByOther } from './plan.ts'

interface PlannedSide {
  readonly name: string
  readonly side: string
  readonly bytes: number
  readonly sha256: string
}

/** Holds no cell: names of files and digests, and how the command was given. Shards are shares of the patients, so there are no cuts. */
export interface ReconcilePlan {
  readonly kind: 'carryover-plan'
  readonly format: 1
  readonly verb: 'reconcile'
  readonly tool: string
  /** Whatever the host needs to open the same inputs, field map and explanations again. */
  readonly command: Json
  readonly seed: string
  readonly maxRows: number | null
  readonly asked: string
  readonly inputs: readonly PlannedSide[]
}

/** Reads every file once, for its digest. */
export async function* planReconciliation(
  given: { readonly input: ReconcileInput; readonly command: Json; readonly tool: string },
  signal: AbortSignal,
): AsyncGenerator<Update<never, ReconcilePlan>> {
  const { input, command, tool } = given
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const inputs: PlannedSide[] = []
  let before = 0
  for (const { source, side } of input.inputs) {
    const sha256 = await sha256Of(source, signal)
    inputs.push({ name: source.name, side: side ?? '', bytes: source.size, sha256 })
    before += source.size
    yield { kind: 'progress', done: before, total, unit: 'bytes', label: source.name }
  }
  const asked = askedOf(input)
  const { seed = '1', maxRows = null } = input
  const head = { kind: 'carryover-plan', format: 1, verb: 'reconcile' } as const
  yield { kind: 'result', value: { ...head, tool, command, seed, maxRows, asked, inputs } }
}

/** Why the inputs are not those of the plan; null where they are, byte for byte. */
export async function otherThanReconciled(
  plan: ReconcilePlan,
  input: ReconcileInput,
  tool: string,
  signal: AbortSignal,
): Promise<string | null> {
  const made = madeByOther(plan, tool)
  if (made !== null) return made
  for (const [i, { name, side, bytes, sha256 }] of plan.inputs.entries()) {
    const one = input.inputs[i]
    if (one?.source.name !== name || (one.side ?? '') !== side)
      return `${name} of the plan is not among the ${side} files any more. Put it there, or make a new plan.`
    if (one.source.size !== bytes || (await sha256Of(one.source, signal)) !== sha256)
      return `${name} has other bytes here than when it was planned. Make a new plan.`
  }
  const more = input.inputs[plan.inputs.length]
  if (more) return `${more.source.name} was not there when the plan was made. Make a new plan.`
  return askedOf(input) === plan.asked
    ? null
    : 'Field map, explanations or choices of reading are not those that the plan was made with. Make a new plan.'
}

/** A parsed file as a plan; null where it is none, or of a later format. */
export function reconcilePlanOf(value: unknown): ReconcilePlan | null {
  return isObject(value) &&
    value.kind === 'carryover-plan' &&
    value.verb === 'reconcile' &&
    value.format === 1 &&
    [value.asked, value.seed, value.tool].every((text) => typeof text === 'string') &&
    (value.maxRows === null || typeof value.maxRows === 'number') &&
    Array.isArray(value.inputs) &&
    value.inputs.every(
      (one) =>
        isObject(one) &&
        [one.name, one.side, one.sha256].every((text) => typeof text === 'string') &&
        typeof one.bytes === 'number',
    )
    ? (value as object as ReconcilePlan)
    : null
}

function askedOf({ inputs, mapping, explained }: ReconcileInput): string {
  const each = inputs.map(({ source, side, format, table, reading }) => ({ name: source.name, side, format, table, reading }))
  const plain = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value)
  return digestOf(JSON.parse(JSON.stringify({ each, mapping, explained: explained ?? [] }, plain)) as Json)
}

async function sha256Of(source: ByteSource, signal: AbortSignal): Promise<string> {
  const hash = hashOf(source)
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    hash.update(chunk)
  }
  return await hash.digest()
}
