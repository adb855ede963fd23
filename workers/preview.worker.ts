/** Shows the rules on real rows of one table. */

import type { PairSource } from '../src/core/data/crosswalk/plan/sides.ts'
import { type PreviewInput, previewMapping } from '../src/core/data/crosswalk/records/preview.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<PreviewInput, 'input'> & { readonly input: Sent<PairSource> }

serve(({ input: { file, ...one }, ...rest }: Input, signal) =>
  previewMapping({ ...rest, input: { ...one, source: blobSource(file, file.name) } }, signal),
)
