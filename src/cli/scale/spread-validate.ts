/** `carryover run validate`: the plan of a validation, its tasks, and its report from their parts. */
import type { Command } from 'commander'
import { validate } from '../../core/data/validate/validate.ts'
import type { ValidateInput } from '../../core/data/validate/validate-input.ts'
import type { RunPlan } from '../../scale/plan.ts'
import { runKeyOf } from '../../scale/run-key.ts'
import { NotAsPlanned, type SpreadJob } from '../../scale/spread-verb.ts'
import { blocksOf } from '../../scale/validate/blocks.ts'
import type { ValidateAsked } from '../../scale/validate/parts.ts'
import { toldValidation } from '../../scale/validate/told-run.ts'
import { stagesOf, ValidateTasks } from '../../scale/validate/validate-tasks.ts'
import { type WorkFolder, writeJson } from '../../scale/work-folder.ts'
import { fhirContextOf, runValidate, type ValidateOptions, validateTakers } from '../data/validate/validate.ts'
import { openValidation } from '../data/validate/validate-input.ts'
import type { OutputFlag } from '../shell/output-order.ts'
import { printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'

declare const __VERSION__: string

interface ReadWords {
  readonly names: readonly string[]
  readonly options: ValidateOptions
  readonly order: readonly OutputFlag[]
}

/** The words of the verb as the program reads them, settings included; nothing is run. */
export async function readValidate(program: Command, words: readonly string[]): Promise<ReadWords> {
  const command = program.commands.find((one) => one.name() === 'validate')
  if (!command) throw new Error('The program has no verb validate')
  let read: ReadWords | null = null
  validateTakers.set(command, async (names, options, order) => {
    read = { names, options, order }
    return 0
  })
  await program.parseAsync(['validate', ...words], { from: 'user' })
  validateTakers.delete(command)
  if (read === null) throw new UsageError('run validate takes the words of validate.')
  return read
}

/** Opens the work of a plan in a process that does tasks. */
export async function openValidateJob(plan: RunPlan, program: Command): Promise<SpreadJob> {
  const { names, options } = await readValidate(program, plan.command.words)
  const opened = await openValidation(names, options, '').catch((error: unknown) => {
    if (error instanceof InputError || error instanceof UsageError) throw new NotAsPlanned(error.message)
    throw error
  })
  const { input } = opened
  const asked = askedOf(plan)
  refuseOthers(asked, input)
  return new ValidateTasks(asked, input, await fhirContextOf(opened, options))
}

/** What is planned: stages with as many tasks as there are blocks. */
export function planOfValidation(
  words: readonly string[],
  input: ValidateInput,
  blockBytes: number,
  partitions: number | undefined,
): RunPlan {
  const inputs = input.inputs.map(({ source: { name, size, version } }) => ({
    ...{ name, bytes: size },
    ...(version === undefined ? {} : { version }),
  }))
  const bytes = inputs.reduce((sum, one) => sum + one.bytes, 0)
  const { length } = blocksOf(
    inputs.map((one) => one.bytes),
    blockBytes,
  )
  const asked = { blockBytes, partitions: partitions ?? Math.max(1, Math.ceil((bytes * keyShare) / partitionBytes)), inputs }
  return {
    ...{ kind: 'carryover-run', format: 1, tool: __VERSION__, verb: 'validate', bytes },
    command: { folder: process.cwd(), words },
    asked,
    stages: stagesOf(length, inputs.length, asked.partitions),
  }
}

/** Bytes of keys per byte of input, and of keys that one task compares. */
const keyShare = 0.3
const partitionBytes = 256 << 20

/** The report of a run whose tasks ended; gives the exit code: 3 where some were set aside and the report is not whole. */
export async function reportValidation(folder: WorkFolder, plan: RunPlan, { names, options, order }: ReadWords): Promise<number> {
  const key = await runKeyOf(folder)
  if (key === null) throw new InputError('The key of the run is gone, so that its report can not be made any more.')
  let bytesRead = 0
  let isWhole = true
  const code = await runValidate(names, options, order, async function* (input, signal, createJudge) {
    const asked = askedOf(plan)
    refuseOthers(asked, input)
    const count = (bytes: number): void => {
      bytesRead += bytes
    }
    const told = await toldValidation(folder, key, asked, input, count, signal)
    for (const line of told.readHere) printAside(`${line}\n`)
    isWhole = (told.input.told?.notJudged ?? []).length === 0
    yield* validate(told.input, signal, createJudge)
  })
  await writeJson(folder, 'done/report.json', { bytesRead })
  return isWhole ? code : 3
}

function askedOf(plan: RunPlan): ValidateAsked {
  return plan.asked as object as ValidateAsked
}

/** The inputs must be those of the plan, by name and size. */
function refuseOthers({ inputs }: ValidateAsked, given: ValidateInput): void {
  for (const [i, { name, bytes, version }] of inputs.entries()) {
    const source = given.inputs[i]?.source
    if (source?.name !== name)
      throw new NotAsPlanned(`${name} of the plan is not among the inputs any more. Put it there, or begin the run again.`)
    if (source.size !== bytes)
      throw new NotAsPlanned(`${name} has ${source.size} bytes, and had ${bytes} when the run began. Begin it again.`)
    if (source.version !== version)
      throw new NotAsPlanned(`${name} is not in the state in which it was when the run began. Begin it again.`)
  }
  const more = given.inputs[inputs.length]
  if (more) throw new NotAsPlanned(`${more.source.name} was not there when the run began. Begin it again.`)
}
