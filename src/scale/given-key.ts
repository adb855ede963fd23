/** The key of a run whose folder does not keep it: given in the environment, and known again by what is derived from it. */
import { keyVariable, runKeyOf } from './run-key.ts'
import { NotAsPlanned } from './spread-verb.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

const file = 'key-check.json'

/** The first one to begin the run says which key it has. @throws NotAsPlanned where none is given, or another one than before */
export async function checkGivenKey(folder: WorkFolder): Promise<void> {
  const given = process.env[keyVariable]
  if (given !== undefined && !/^[0-9a-f]{64}$/i.test(given))
    throw new NotAsPlanned(`${keyVariable} takes 64 hexadecimal digits, such as openssl rand -hex 32 gives.`)
  if (folder.keepsKey) return
  const key = await runKeyOf(folder)
  if (key === null)
    throw new NotAsPlanned(
      `The key of a run does not lie in ${folder.where}, beside its rows. Set ${keyVariable} to 64 hexadecimal digits, such as openssl rand -hex 32 gives, here and for each worker.`,
    )
  const check = key.derive('key-check')
  await writeJson(folder, file, { check })
  const kept = (await readJson(folder, file)) as { readonly check?: string } | null
  if (kept?.check !== check)
    throw new NotAsPlanned(`${keyVariable} is not the key with which the run in ${folder.where} began. Set that one.`)
}

/** The run begins anew, under whatever key is given then. */
export async function forgetGivenKey(folder: WorkFolder): Promise<void> {
  await folder.remove(file)
}
