/** What an export needs of its surroundings: stores, a server, a clock. */

import type { FileStore } from './download.ts'
import type { ExportJob } from './job.ts'
import type { WirePorts } from './wire.ts'

export interface ExportPorts extends WirePorts {
  readonly jobs: JobStore
  readonly files: FileStore
  /** Resolves not before `milliseconds` have passed; rejects with Cancelled when told to stop. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Of the waits after failures. */
  readonly seed: string
}

/** Where the job is kept between steps: the project store, or a file. */
export interface JobStore {
  save(job: ExportJob): Promise<void>
}
