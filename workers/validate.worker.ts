/** Checks files against their schemas; the only worker that may evaluate generated code, because ajv needs it. */
import { createFhirJudge } from '../src/core/data/fhir/judge.ts'
import { validate } from '../src/core/data/validate.ts'
import type { ValidateInput, ValidateSource } from '../src/core/data/validation.ts'
import { blobSource } from '../src/io/files.ts'
import { serve } from './bridge.ts'

export type ValidateFiles = Omit<ValidateInput, 'inputs'> & {
  readonly inputs: readonly (Omit<ValidateSource, 'source'> & { readonly file: File })[]
}

serve(({ inputs, ...rest }: ValidateFiles, signal) => {
  const sources = inputs.map(({ file, ...given }) => ({ ...given, source: blobSource(file, file.name) }))
  return validate({ ...rest, inputs: sources }, signal, createFhirJudge)
})
