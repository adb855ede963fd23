/** Proposes lines of the field map from what the columns hold. */
import { type SuggestInput, suggestMapping } from '../src/core/data/crosswalk/suggest.ts'
import type { PairSource } from '../src/core/data/reconcile/sides.ts'
import { blobSource, type Sent } from '../src/io/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<SuggestInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return suggestMapping({ ...rest, inputs: sources }, signal)
})
