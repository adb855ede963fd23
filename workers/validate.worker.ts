/** Checks files against their schemas; the only worker that may evaluate generated code, because ajv needs it. */
import { type GivenDefinitions, judgeGiven } from '../src/core/data/fhir/given.ts'
import type { ValidateSource } from '../src/core/data/model/validation.ts'
import { validate } from '../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../src/core/data/validate/validate-input.ts'
import { browserSpillStore } from '../src/io/files/spill-browser.ts'
import { serve } from './bridge.ts'
import { hashedFile } from './hashed-file.ts'
import { lineHelpers } from './line-helpers.ts'

export type ValidateFiles = Omit<ValidateInput, 'inputs' | 'spill'> & {
  readonly inputs: readonly (Omit<ValidateSource, 'source'> & { readonly file: File })[]
} & GivenDefinitions

serve(({ inputs, definitions = [], profiles = [], ...rest }: ValidateFiles, signal) => {
  const sources = inputs.map(({ file, ...given }) => ({ ...given, source: hashedFile(file) }))
  const keys = { spill: browserSpillStore(), keySeed: crypto.randomUUID() }
  return validate({ ...keys, ...rest, inputs: sources }, signal, judgeGiven({ definitions, profiles }, lineHelpers))
})
