/** Runs a validation with progress on standard error; Ctrl-C stops it and leaves what was found so far. */
import type { ValidatePartial, ValidateResult } from '../../../core/data/model/validation.ts'
import type { ValidateInput } from '../../../core/data/validate/validate-input.ts'
import type { Update } from '../../../core/operation.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { printAside } from '../../shell/print.ts'

/** Runs to the end, or to an interrupt, which leaves what was found so far. */
export async function runInterruptible(
  input: ValidateInput,
  begin: (signal: AbortSignal) => AsyncIterable<Update<ValidatePartial, ValidateResult>>,
  quiet: boolean,
  step: () => Promise<void>,
  signal: AbortSignal,
): Promise<ValidateResult | ValidatePartial> {
  let last: { readonly value: ValidateResult | ValidatePartial } = { value: nothingYet(input) }
  const hear = async (update: Update<ValidatePartial, ValidateResult>): Promise<void> => {
    await step()
    if (update.kind !== 'progress') last = update
  }
  const done = await resultOf(begin, quiet, { signal, hear })
  if (done === null) printAside('Interrupted; the result covers what was read so far.\n')
  return done?.value ?? last.value
}

/** What is known before the first record is read. */
function nothingYet({ inputs }: ValidateInput): ValidatePartial {
  return {
    inputs: inputs.map(({ source, table, side, format }) => ({
      name: source.name,
      table,
      side,
      format,
      bytes: source.size,
      sha256: null,
      structure: null,
      records: 0,
      status: 'partial',
    })),
    summary: { critical: 0, error: 0, warning: 0, info: 0 },
    findings: [],
  }
}
