/** Compares one trial load with the next. */

import type { PairSource } from '../src/core/data/crosswalk/plan/sides.ts'
import { type CompareLoadsInput, compareLoads } from '../src/core/data/reconcile/loads/compare-loads.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<CompareLoadsInput, 'before' | 'after'> & Record<'before' | 'after', readonly Sent<PairSource>[]>

const opened = (list: readonly Sent<PairSource>[]): readonly PairSource[] =>
  list.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))

serve(({ before, after, ...rest }: Input, signal) =>
  compareLoads({ ...rest, before: opened(before), after: opened(after) }, signal),
)
