/** `carryover run validate`: the plan of a validation, its tasks, and its report from their parts. */
import { validate } from '../../core/data/validate/validate.ts'
import type { ValidateInput } from '../../core/data/validate/validate-input.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { RunPlan } from '../../scale/plan.ts'
import type { ValidateAsked } from '../../scale/validate/parts.ts'
import { toldValidation } from '../../scale/validate/told-run.ts'
import { stagesOf, ValidateTasks } from '../../scale/validate/validate-tasks.ts'
import { fhirContextOf, runValidate, validateTakers } from '../data/validate/validate.ts'
import { openValidation } from '../data/validate/validate-input.ts'
import { localDay } from '../shell/local-day.ts'
import { printAside } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type BuildProgram, readWords } from '../shell/word-takers.ts'
import { asPlanned, blocksAsked, bytesOf, planOf, refuseOthers, reported, type SpreadCommand } from './spread-command.ts'

/** Bytes of keys per byte of input, and of keys that one task compares. */
const keyShare = 0.3
const partitionBytes = 256 << 20

export const spreadValidate: SpreadCommand = {
  groundwork: ['open', 'cuts'],

  async plan(build, given, { blockBytes, partitions }) {
    const [names, options] = await wordsOf(build, given)
    if (names.includes('-')) throw new UsageError('run takes files; standard input can not be read by several processes.')
    // The day is fixed here: tasks may be done on different days.
    const today = options.asOf ?? localDay(new Date())
    const { input } = await openValidation(names, options, today)
    const words = options.asOf === undefined ? [...given, '--as-of', input.asOf ?? today] : given
    const inputs = blocksAsked(sourcesOf(input), blockBytes)
    const chosen = partitions ?? Math.max(1, Math.ceil((bytesOf(inputs) * keyShare) / partitionBytes))
    const asked: ValidateAsked = { ...inputs, partitions: chosen }
    return planOf('validate', words, asked, stagesOf(asked))
  },

  async open(plan, build) {
    const [names, options] = await wordsOf(build, plan.command.words)
    const opened = await asPlanned(() => openValidation(names, options, ''))
    const asked = askedOf(plan)
    refuseOthers(asked, sourcesOf(opened.input))
    return new ValidateTasks(asked, opened.input, await fhirContextOf(opened, options))
  },

  async report(folder, plan, build) {
    const [names, options, order] = await wordsOf(build, plan.command.words)
    return await reported(folder, (key, read) =>
      runValidate(names, options, order, async function* (input, signal, createJudge) {
        const asked = askedOf(plan)
        refuseOthers(asked, sourcesOf(input))
        const told = await toldValidation(folder, key, asked, input, read, signal)
        for (const line of told.readHere) printAside(`${line}\n`)
        yield* validate(told.input, signal, createJudge)
      }),
    )
  },
}

async function wordsOf(build: BuildProgram, words: readonly string[]) {
  return await readWords(build, 'validate', words, validateTakers)
}

function sourcesOf({ inputs }: ValidateInput): readonly ByteSource[] {
  return inputs.map(({ source }) => source)
}

function askedOf({ asked }: RunPlan): ValidateAsked {
  return asked as object as ValidateAsked
}
