/** The name of a run in a queue: nobody can tell from it what the run reads, and two runs never share one. */
import { runKeyOf } from './run-key.ts'
import { NotAsPlanned } from './spread-verb.ts'
import type { WorkFolder } from './work-folder.ts'

/** Throws `NotAsPlanned` where the run is over and its key gone. */
export async function queueNameOf(folder: WorkFolder): Promise<string> {
  const key = await runKeyOf(folder)
  if (key === null) throw new NotAsPlanned(`The key of the run in ${folder.where} is gone: it was cancelled, or is over.`)
  return `run-${key.derive('queue').slice(0, 24)}`
}
