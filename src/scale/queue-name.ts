/** The name of a run in a queue: nobody can tell from it what the run reads, and two runs never share one. */
import { checkKey } from './settle-key.ts'
import type { WorkFolder } from './work-folder.ts'

/** Throws `NotAsPlanned` where the key of the run is gone, or is not at hand. */
export async function queueNameOf(folder: WorkFolder): Promise<string> {
  return `run-${(await checkKey(folder)).derive('queue').slice(0, 24)}`
}
