/** Says what the columns of tables hold. */
import { type ProfileInput, profile } from '../src/core/data/profile.ts'
import type { ValidateSource } from '../src/core/data/validation.ts'
import { blobSource, type Sent } from '../src/io/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<ProfileInput, 'inputs'> & { readonly inputs: readonly Sent<ValidateSource>[] }

serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return profile({ ...rest, inputs: sources }, signal)
})
