/** Proposes lines of the field map from what the columns hold. */

import type { PairSource } from '../src/core/data/crosswalk/plan/sides.ts'
import { type SuggestInput, suggestMapping } from '../src/core/data/crosswalk/suggest/suggest.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<SuggestInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return suggestMapping({ ...rest, inputs: sources }, signal)
})
