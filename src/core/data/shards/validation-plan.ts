/** The plan of a validation that is larger than one machine: what is asked of which bytes, and where their records can be cut. */
import { digestOf, type Json } from '../../canonical.ts'
import type { Update } from '../../operation.ts'
import { withPackages } from '../schema/resource.ts'
import type { ValidateInput } from '../validate/validate-input.ts'
import { isObject, isPlannedBytes } from './part.ts'
import { InputPlanner, madeByOther, type PlannedBytes } from './plan.ts'

/** Holds no cell: names of files, offsets and digests, and how the command was given. */
export interface ValidationPlan {
  readonly kind: 'carryover-plan'
  readonly format: 1
  readonly verb: 'validate'
  readonly tool: string
  /** Whatever the host needs to open the same inputs and rules again. */
  readonly command: Json
  /** The day of the extract, fixed here: parts may be run on different days. */
  readonly asOf: string | null
  /** Digest of everything that is asked of the inputs: schemas, rules, choices of reading, severities. */
  readonly asked: string
  readonly inputs: readonly PlannedBytes[]
}

/** Reads every input once, at the speed of scanning. */
export async function* planValidation(
  given: { readonly input: ValidateInput; readonly command: Json; readonly tool: string },
  signal: AbortSignal,
): AsyncGenerator<Update<never, ValidationPlan>> {
  const input = await withPackages(given.input, signal)
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const inputs: PlannedBytes[] = []
  let before = 0
  for (const one of input.inputs) {
    const planner = new InputPlanner(one)
    for await (const done of planner.read(signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: one.source.name }
    before += one.source.size
    const cut = planner.cut()
    // Where the end of the file is missing or lost nobody can say which bytes the last stretch has.
    inputs.push(cut.status === 'read' ? cut : { ...cut, cuts: [] })
  }
  const { command, tool } = given
  const asOf = input.asOf ?? null
  yield {
    kind: 'result',
    value: { kind: 'carryover-plan', format: 1, verb: 'validate', tool, command, asOf, asked: askedOf(input), inputs },
  }
}

/** Two runs with the same digest ask the same of inputs of the same names. */
export function askedOf({ inputs, severityRules, rules, asOf, watch }: ValidateInput): string {
  const each = inputs.map(({ source, side, format, table, reading, schema, declared }) => ({
    ...{ name: source.name, side, format, table, reading, schema, declared: declared ?? null },
  }))
  const asked = { each, severityRules: severityRules ?? [], rules: rules ?? [], asOf: asOf ?? null, watch: watch !== false }
  return digestOf(JSON.parse(JSON.stringify(asked)) as Json)
}

/** Why these inputs are not those of the plan; null where they may be: their bytes are compared when they are read. */
export function otherThanPlanned(plan: ValidationPlan, input: ValidateInput, tool: string): string | null {
  const made = madeByOther(plan, tool)
  if (made !== null) return made
  for (const [i, { name, bytes }] of plan.inputs.entries()) {
    const source = input.inputs[i]?.source
    if (source?.name !== name) return `${name} of the plan is not among the inputs any more. Put it there, or make a new plan.`
    if (source.size !== bytes)
      return `${name} has ${source.size} bytes, and had ${bytes} when the plan was made. Make a new plan.`
  }
  const more = input.inputs[plan.inputs.length]
  if (more) return `${more.source.name} was not there when the plan was made. Make a new plan.`
  if (askedOf(input) !== plan.asked)
    return 'Schemas, rules or choices of reading are not those that the plan was made with. Make a new plan.'
  return null
}

/** A parsed file as a plan; null where it is none, or of a later format. */
export function validationPlanOf(value: unknown): ValidationPlan | null {
  return isObject(value) &&
    value.kind === 'carryover-plan' &&
    value.verb === 'validate' &&
    value.format === 1 &&
    typeof value.asked === 'string' &&
    Array.isArray(value.inputs) &&
    value.inputs.every(isPlannedBytes)
    ? (value as object as ValidationPlan)
    : null
}
