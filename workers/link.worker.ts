/** Finds probable duplicate patients. */

import type { LinkInput, LinkSource } from '../src/core/data/linkage/linkage-types.ts'
import { link } from '../src/core/data/linkage/probable-pairs.ts'
import { allowKernel } from '../src/core/data/read/records/kernel-permit.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<LinkInput, 'inputs'> & { readonly inputs: readonly Sent<LinkSource>[] }

// The policy of this script allows it.
allowKernel()
serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return link({ ...rest, inputs: sources }, signal)
})
