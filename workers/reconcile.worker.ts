/** Accounts for every record of both sides. */

import type { PairSource } from '../src/core/data/crosswalk/plan/sides.ts'
import { allowKernel } from '../src/core/data/read/records/kernel-permit.ts'
import type { ReconcileInput } from '../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../src/core/data/reconcile/reconcile.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { browserSpillStore } from '../src/io/files/spill-browser.ts'
import { serve } from './bridge.ts'

type Input = Omit<ReconcileInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

// The policy of this script allows it.
allowKernel()
serve(({ inputs, ...rest }: Input, signal) => {
  const sources = inputs.map(({ file, ...one }) => ({ ...one, source: blobSource(file, file.name) }))
  return reconcile({ ...rest, inputs: sources }, signal, browserSpillStore())
})
