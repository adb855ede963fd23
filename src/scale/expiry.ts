/** Rows and key of a run at which nobody worked for a day: whoever looks into its folder removes them. */
import { dropRows } from './open-run.ts'
import { keyFile, RunKey, runKeyOf } from './run-key.ts'
import { type WorkFolder, writeJson } from './work-folder.ts'

/** Since a task of the run began or ended last. Milliseconds. */
export const rowsLive = 24 * 60 * 60 * 1000

const marker = 'expired.json'

/**
 * Removes rows and key where they expired, and what was made with them: `parts/` without its rows is of no use. True where it did.
 *
 * @param now milliseconds since 1970
 */
export async function sweepRows(folder: WorkFolder, now: number = Date.now()): Promise<boolean> {
  const hasKey = (await folder.read(keyFile)) !== null
  if (!hasKey && (await folder.list('shuffle/')).length === 0) return false
  const touched = await Promise.all(['plan.json', keyFile, 'attempts/', 'done/', 'shuffle/'].map((name) => folder.newest(name)))
  if (now - Math.max(...touched.map((time) => time ?? 0)) < rowsLive) return false
  await writeJson(folder, marker, {})
  for (const made of ['done/', 'attempts/', 'parts/']) await folder.remove(made)
  // The key goes last: as long as it is there, the next one to look goes on.
  await folder.remove('shuffle/')
  await dropRows(folder)
  return true
}

/** True from the sweep until the run is begun anew. */
export async function isExpired(folder: WorkFolder): Promise<boolean> {
  return (await folder.read(marker)) !== null
}

/** A run whose rows expired begins anew under another key; false for any other run. */
export async function renewRows(folder: WorkFolder): Promise<boolean> {
  if (!(await isExpired(folder))) return false
  if ((await runKeyOf(folder)) === null) await folder.write(keyFile, new TextEncoder().encode(`${RunKey.random()}\n`))
  await folder.remove(marker)
  return true
}
