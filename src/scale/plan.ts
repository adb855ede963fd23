/** The plan of a spread run: which command it is, and how many tasks each stage has. Whoever holds the plan can do any task. */
import { digestOf, type Json } from '../core/canonical.ts'

/** Tasks of one kind that can be done in any order, once every task of the stage before is done. */
export interface Stage {
  /** Lower-case letters, such as `census`, `map`, `reduce`; a number behind them where a stage comes once per turn. */
  readonly name: string
  readonly tasks: number
}

/** Names of files, sizes and settings; no cell. */
export interface RunPlan {
  readonly kind: 'carryover-run'
  readonly format: 1
  /** Version of the program that made the plan: no other one takes it up. */
  readonly tool: string
  readonly verb: string
  /** How the command was given: the folder in which it was, and the words behind the verb. */
  readonly command: { readonly folder: string; readonly words: readonly string[] }
  /** Whatever the verb needs to know again, and to find out that something is not as it was. */
  readonly asked: Json
  /** Of all inputs. */
  readonly bytes: number
  /** In the order in which they are done. The last stage is followed by the report, which the command itself makes from the parts. */
  readonly stages: readonly Stage[]
}

/** Every task names the plan by this. */
export function digestOfPlan(plan: RunPlan): string {
  return digestOf(JSON.parse(JSON.stringify(plan)) as Json)
}

/** A parsed file as a plan; null where it is none, or of a later format. */
export function planOf(value: unknown): RunPlan | null {
  if (typeof value !== 'object' || value === null) return null
  const { kind, format, tool, verb, command, bytes, stages } = value as Partial<RunPlan>
  const isPlan =
    kind === 'carryover-run' &&
    format === 1 &&
    typeof tool === 'string' &&
    typeof verb === 'string' &&
    typeof command?.folder === 'string' &&
    Array.isArray(command.words) &&
    typeof bytes === 'number' &&
    Array.isArray(stages) &&
    stages.every(({ name, tasks }: Stage) => /^[a-z]+\d*$/.test(name) && Number.isSafeInteger(tasks) && tasks >= 0)
  return isPlan ? (value as RunPlan) : null
}
