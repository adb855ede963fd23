/** Records + constraints → findings, over many files in one run, with progress by bytes, exact counts and bounded memory. */

import { allowKernel } from '../read/records/kernel-permit.ts'
import { withPackages } from '../schema/resource.ts'
import { unguessed, withGuesses } from './guesses.ts'
import type { CreateJudge } from './resource-run.ts'
import type { ValidateInput } from './validate-input.ts'
import { type ValidateUpdate, ValidationRun } from './validation-run.ts'

export type { CreateJudge }

/** Validates the inputs in order of their references: tables that others refer to are read first. */
export async function* validate(
  input: ValidateInput,
  signal: AbortSignal,
  createJudge?: CreateJudge,
): AsyncGenerator<ValidateUpdate> {
  // Wherever this runs, ajv may generate code.
  allowKernel()
  const packaged = await withPackages(input, signal)
  const guessed = yield* withGuesses(packaged, signal)
  const left = unguessed(packaged)
  for await (const update of new ValidationRun(guessed, createJudge, input.package ?? null).run(signal))
    if (update.kind === 'result' && left.length > 0)
      yield { ...update, value: { ...update.value, notEvaluated: [...update.value.notEvaluated, ...left] } }
    else yield update
}
