/** Runs the crosswalk over legacy files. */
import type { MapInput } from '../src/core/data/crosswalk/plan/crosswalk.ts'
import type { PairSource } from '../src/core/data/crosswalk/plan/sides.ts'
import { mapRecords } from '../src/core/data/crosswalk/records/map-records.ts'
import { allowKernel } from '../src/core/data/read/records/kernel-permit.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<MapInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

// The policy of this script allows it.
allowKernel()
serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return mapRecords({ ...rest, inputs: sources }, signal)
})
