/** Rows and key of a run at which nobody worked for a day: whoever looks into its folder removes them. */
import { dropRows } from './open-run.ts'
import { planOf } from './plan.ts'
import { keyFile } from './run-key.ts'
import { forgetKey, settleKey } from './settle-key.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

/** Since a task of the run began, gave a sign or ended last. Milliseconds. */
export const rowsLive = 24 * 60 * 60 * 1000

const marker = 'expired.json'
/** What is made of rows, and what is noted of the work at them. */
const made = ['done/', 'attempts/', 'alive/', 'parts/']

/**
 * Removes rows and key where they expired, and what was made with them: `parts/` without its rows is of no use. True where it did.
 * A folder without a plan holds no run: nothing in it is touched, whatever its files are called.
 *
 * @param now milliseconds since 1970
 */
export async function sweepRows(folder: WorkFolder, now: number = Date.now()): Promise<boolean> {
  const hasKey = (await folder.read(keyFile)) !== null
  if (!hasKey && (await folder.list('shuffle/')).length === 0) return false
  if (planOf(await readJson(folder, 'plan.json')) === null) return false
  const planned = await folder.newest('plan.json')
  // The plan was read: a folder that does not say when it was written says nothing of the age of the run.
  if (planned === null) return false
  const touched = await Promise.all([keyFile, ...made, 'shuffle/'].map((name) => folder.newest(name)))
  if (now - Math.max(planned, ...touched.map((time) => time ?? 0)) < rowsLive) return false
  await writeJson(folder, marker, {})
  await removeMade(folder)
  // Begun anew meanwhile: the key is that of the new run.
  if (!(await isExpired(folder))) return false
  // The key goes last: as long as it is there, the next one to look goes on.
  await dropRows(folder)
  // Whoever renewed the run in between lost its key: with the marker the run can be renewed again.
  await writeJson(folder, marker, {})
  return true
}

/** As long as the run is marked: whoever begins it anew takes the mark away when this is done. */
async function removeMade(folder: WorkFolder): Promise<void> {
  for (const name of [...made, 'shuffle/']) if (await isExpired(folder)) await folder.remove(name)
}

/** True from the sweep until the run is begun anew. */
export async function isExpired(folder: WorkFolder): Promise<boolean> {
  return (await folder.read(marker)) !== null
}

/** A run whose rows expired begins anew under another key; false for any other run. */
export async function renewRows(folder: WorkFolder): Promise<boolean> {
  if (!(await isExpired(folder))) return false
  // The sweep may be under way still: what it did not come to goes here, so that nothing is left under the key before.
  await removeMade(folder)
  await forgetKey(folder)
  await settleKey(folder)
  await folder.remove(marker)
  return true
}
