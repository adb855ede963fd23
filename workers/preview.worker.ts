/** Shows the rules on real rows of one table. */
import { type PreviewInput, previewMapping } from '../src/core/data/crosswalk/preview.ts'
import type { PairSource } from '../src/core/data/reconcile/sides.ts'
import { blobSource, type Sent } from '../src/io/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<PreviewInput, 'input'> & { readonly input: Sent<PairSource> }

serve(({ input: { file, ...one }, ...rest }: Input, signal) =>
  previewMapping({ ...rest, input: { ...one, source: blobSource(file, file.name) } }, signal),
)
