/** `--inputs`, `--engine` and `--work`: runs of projects by this program, in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isStoreAddress } from '../../io/s3/s3-names.ts'
import { usualMemory } from '../../scale/stretches/block-size.ts'
import type { RunsSettings } from '../../team/runs/run-desk.ts'
import { engineOf, engineVariable, programFile } from '../scale/engines.ts'
import { endVariable } from '../shell/end-with-parent.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'

interface RunsOptions {
  readonly inputs?: string
  readonly engine?: string
  readonly work?: string
}

/** What the server knows and no run needs. */
const ofServer = ['DATABASE_URL', 'DATABASE_SCHEMA', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME']

/** Null where none of the three was given. */
export async function runsOf({ inputs, engine, work }: RunsOptions): Promise<RunsSettings | null> {
  if (inputs === undefined && engine === undefined && work === undefined) return null
  const given = engine ?? process.env[engineVariable]
  if (inputs === undefined || given === undefined || work === undefined)
    throw new UsageError('--inputs, --engine and --work go together; one of them is missing.')
  const place = isStoreAddress(inputs) ? inputs : resolve(inputs)
  if (!isStoreAddress(inputs) && !(await stat(place).catch(() => null))?.isDirectory())
    throw new InputError(`--inputs names ${inputs}, which is no folder. Make it, with a folder for each project.`)
  const folder = resolve(work)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { name } = engineOf(given, folder, usualMemory)
  const env: NodeJS.ProcessEnv = { ...process.env, [engineVariable]: given }
  for (const variable of ofServer) delete env[variable]
  return {
    engine: name,
    inputs: place,
    work: folder,
    start: (words, cwd) => startProgram([programFile(), ...words], cwd, env),
  }
}

/** The channel says when the server is gone, killed or not: the process ends then. */
export function startProgram(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): ChildProcess {
  const ending = { ...env, [endVariable]: '1' }
  return spawn(process.execPath, [...words], { cwd, env: ending, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
}
