/** The thread of the command line that indexes a file ahead: an entry of its own, started by index-ahead-node.ts. */
import { closeSync, openSync, readSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { type AheadForm, shared } from '../core/data/read/records/ahead-slots.ts'
import { IndexAhead } from '../core/data/read/records/index-ahead.ts'
import { allowKernel } from '../core/data/read/records/kernel-permit.ts'

interface Given {
  readonly path: string
  readonly form: AheadForm
  readonly ring: SharedArrayBuffer
  readonly common: SharedArrayBuffer
}

/** Waits no longer for the reader than this before it looks again whether it is still there, in milliseconds. */
const patience = 1000

const { path, form, ring, common } = workerData as Given
allowKernel()
const file = openSync(path, 'r')
try {
  const index = IndexAhead.of(form, ring, common, (buffer, offset) => readSync(file, buffer, 0, buffer.length, offset))
  const control = new Int32Array(ring)
  for (let freed = 0, step = index?.step(); step !== undefined && step !== 'done'; step = index?.step()) {
    if (step === 'full') Atomics.wait(control, shared.freed, freed, patience)
    freed = Atomics.load(control, shared.freed)
  }
} finally {
  closeSync(file)
}
