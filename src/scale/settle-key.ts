/** Which key a run has: settled once when it begins, known again by what is derived from it, never told by it. */
import { randomBytes } from 'node:crypto'
import { checkFile, type KeyCheck, keyFile, keyVariable, RunKey, runKeyOf } from './run-key.ts'
import { NotAsPlanned } from './spread-verb.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

const howTo = 'such as openssl rand -hex 32 gives'

/** @param given key of whoever begins the run @throws NotAsPlanned where the folder keeps none and none is given */
export function needKey(folder: WorkFolder, given: string | undefined): void {
  if (given !== undefined && !/^[0-9a-f]{64}$/i.test(given))
    throw new NotAsPlanned(`${keyVariable} takes 64 hexadecimal digits, ${howTo}.`)
  if (given === undefined && !folder.keepsKey)
    throw new NotAsPlanned(
      `The key of a run does not lie in ${folder.where}, beside its rows. Set ${keyVariable} to 64 hexadecimal digits, ${howTo}, here and for each worker.`,
    )
}

/** The first one to begin the run says which key it has. @throws NotAsPlanned where another one was first */
export async function settleKey(folder: WorkFolder, given = process.env[keyVariable]): Promise<void> {
  needKey(folder, given)
  if ((await readJson(folder, checkFile)) === null) {
    const id = randomBytes(16).toString('hex')
    if (given === undefined) await folder.write(keyFile, new TextEncoder().encode(`${RunKey.random()}\n`))
    const key = given === undefined ? await keptKey(folder) : RunKey.given(given, id)
    await writeJson(folder, checkFile, { id, check: checkOf(key) } satisfies KeyCheck)
  }
  await checkKey(folder, given)
}

/** Gives the key, where it is the one with which the run began. @throws NotAsPlanned */
export async function checkKey(folder: WorkFolder, given = process.env[keyVariable]): Promise<RunKey> {
  needKey(folder, given)
  const kept = (await readJson(folder, checkFile)) as KeyCheck | null
  if (kept === null)
    throw new NotAsPlanned(
      `The key of the run in ${folder.where} is gone: it was cancelled, is over, or expired. --status tells which.`,
    )
  const key = await runKeyOf(folder, given)
  if (key === null)
    throw new NotAsPlanned(`The run in ${folder.where} began with a key that was given. Set ${keyVariable} to that one.`)
  if (checkOf(key) !== kept.check)
    throw new NotAsPlanned(`${keyVariable} is not the key with which the run in ${folder.where} began. Set that one.`)
  return key
}

/** True from the time on at which a run has a key, until it is over. */
export async function hasKey(folder: WorkFolder): Promise<boolean> {
  return (await folder.read(checkFile)) !== null
}

/** The run begins anew, under another key. */
export async function forgetKey(folder: WorkFolder): Promise<void> {
  await folder.remove(keyFile)
  await folder.remove(checkFile)
}

async function keptKey(folder: WorkFolder): Promise<RunKey> {
  const key = await runKeyOf(folder, undefined)
  if (key === null) throw new NotAsPlanned(`The key of the run in ${folder.where} went while it began. Begin it again.`)
  return key
}

function checkOf(key: RunKey): string {
  return key.derive('key-check')
}
