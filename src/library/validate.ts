/** The validation of the core, asked by the library: options checked, run to its end, told as the report document. */
import type { ValidateSource } from '../core/data/model/validation.ts'
import { reportOf } from '../core/data/report/document.ts'
import { type CreateJudge, validate } from '../core/data/validate/validate.ts'
import type { ValidateInput } from '../core/data/validate/validate-input.ts'
import { InvalidInput } from './invalid-input.ts'
import { lastWord } from './run-options.ts'
import type { ValidationOptions, ValidationReport } from './validation-report.ts'

declare const __VERSION__: string

/** @param more what only tables or only resources have */
export async function runValidation(
  inputs: readonly ValidateSource[],
  options: ValidationOptions,
  more: Partial<ValidateInput>,
  createJudge?: CreateJudge,
): Promise<ValidationReport> {
  const { asOf, maxRows, seed = '1', reveal = false } = options
  if (asOf !== undefined && !/^\d{4}-\d\d-\d\d$/.test(asOf))
    throw new InvalidInput('asOf', `asOf is "${asOf}"; it takes a day as YYYY-MM-DD.`)
  if (maxRows !== undefined && !(Number.isSafeInteger(maxRows) && maxRows >= 0))
    throw new InvalidInput('maxRows', `maxRows is ${String(maxRows)}; it takes a whole number from 0 up.`)
  const started = new Date()
  const input: ValidateInput = {
    ...more,
    inputs,
    seed,
    keySeed: secret(),
    ...(asOf === undefined ? {} : { asOf }),
    ...(maxRows === undefined ? {} : { maxRows }),
  }
  const result = await lastWord((signal) => validate(input, signal, createJudge), options)
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  return reportOf(result, { version: __VERSION__, run, paths: inputs.map(({ source }) => source.name), reveal })
}

/** Fingerprints of keys stay in this run. */
function secret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
