/** Why a run can not go on, as the worker that found it out left it for the command that follows the run. */
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

const file = 'refused.json'

export async function refuse(folder: WorkFolder, why: string): Promise<void> {
  // Where there is no room even for this, the queue's own limits end the run.
  await writeJson(folder, file, { why }).catch(() => undefined)
}

/** Null where the run can go on. */
export async function refusalOf(folder: WorkFolder): Promise<string | null> {
  const kept = (await readJson(folder, file)) as { readonly why?: string } | null
  return kept?.why ?? null
}

/** The run is begun again: what stood in its way may be mended. */
export async function forgetRefusal(folder: WorkFolder): Promise<void> {
  await folder.remove(file)
}
