/** Says what the columns of tables hold, and proposes schemas with the rules that the data keep. */

import type { ValidateSource } from '../src/core/data/model/validation.ts'
import { allowKernel } from '../src/core/data/read/records/kernel-permit.ts'
import { type ProposeInput, proposeSchemas } from '../src/core/data/validate/proposed.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<ProposeInput, 'inputs'> & { readonly inputs: readonly Sent<ValidateSource>[] }

// The policy of this script allows it.
allowKernel()
serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return proposeSchemas({ ...rest, inputs: sources }, signal)
})
