/** Rounds of a run: one more begins each time that tasks are tried again, and what is done of a round before counts no more. */
import { type WorkFolder, writeJson } from './work-folder.ts'

const rounds = 'again/'

/** The run was begun again while this task was done: what it would write rests on tasks that are done anew. */
export class BegunAgain extends Error {
  readonly code = 'begun-again'
}

/** How often tasks of the run were tried again. */
export async function roundOf(folder: WorkFolder): Promise<number> {
  return (await folder.list(rounds)).length
}

export async function beginRound(folder: WorkFolder): Promise<void> {
  await writeJson(folder, `${rounds}${await roundOf(folder)}.json`, {})
}
