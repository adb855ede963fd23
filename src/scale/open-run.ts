/** A run from its work folder: plan, key and the work of its verb. */
import { checkGivenKey } from './given-key.ts'
import { digestOfPlan, planOf, type RunPlan } from './plan.ts'
import { roundOf } from './round.ts'
import { keyFile, RunKey, runKeyOf } from './run-key.ts'
import type { OpenedRun } from './run-task.ts'
import { NotAsPlanned, type OpenJob } from './spread-verb.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

/** Begins a run in a folder that has none, or has the same one. @param keepKey false where workers are given the key otherwise */
export async function beginRun(folder: WorkFolder, plan: RunPlan, keepKey = true): Promise<void> {
  await writeJson(folder, 'plan.json', plan)
  const kept = planOf(await readJson(folder, 'plan.json'))
  if (kept === null || digestOfPlan(kept) !== digestOfPlan(plan))
    throw new NotAsPlanned(
      `${folder.where} holds another run. Go on with it by --resume ${folder.where}, or name an empty folder.`,
    )
  await checkGivenKey(folder)
  if (keepKey && folder.keepsKey && (await runKeyOf(folder)) === null) await writeKey(folder)
}

/** The key of a run that was stopped between its plan and its key. */
export async function keyIfUnbegun(folder: WorkFolder): Promise<void> {
  if (!folder.keepsKey || (await runKeyOf(folder)) !== null) return
  if ((await folder.list('attempts/')).length === 0) await writeKey(folder)
}

async function writeKey(folder: WorkFolder): Promise<void> {
  await folder.write(keyFile, new TextEncoder().encode(`${RunKey.random()}\n`))
}

/** The plan of a folder. Throws `NotAsPlanned` where it holds none, or one of another version. */
export async function keptPlan(folder: WorkFolder, tool: string): Promise<RunPlan> {
  const plan = planOf(await readJson(folder, 'plan.json'))
  if (plan === null) throw new NotAsPlanned(`${folder.where} holds no run. Begin one with carryover run.`)
  if (plan.tool !== tool)
    throw new NotAsPlanned(`The run in ${folder.where} was begun by version ${plan.tool}, and this is ${tool}. Use that version.`)
  return plan
}

/** Everything a process needs to do tasks. */
export async function openRun(folder: WorkFolder, jobs: ReadonlyMap<string, OpenJob>, tool: string): Promise<OpenedRun> {
  const plan = await keptPlan(folder, tool)
  await checkGivenKey(folder)
  const key = await runKeyOf(folder)
  if (key === null)
    throw new NotAsPlanned(
      `The key of the run in ${folder.where} is gone: it was cancelled, is over, or expired. --status tells which.`,
    )
  const open = jobs.get(plan.verb)
  if (open === undefined) throw new NotAsPlanned(`${plan.verb} can not be spread over machines.`)
  const round = await roundOf(folder)
  return { folder, plan, key, job: await open(plan), round }
}

/** Calls a run off: nothing begins any more. */
export async function callOff(folder: WorkFolder): Promise<void> {
  await writeJson(folder, 'cancelled', {})
}

/** Calls a run off, and removes rows and key; parts stay. */
export async function cancelRun(folder: WorkFolder): Promise<void> {
  await callOff(folder)
  await dropRows(folder)
}

/** Rows and key of a run that is over. */
export async function dropRows(folder: WorkFolder): Promise<void> {
  await folder.remove(keyFile)
  await folder.remove('shuffle/')
}
