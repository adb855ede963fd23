/** A run from its work folder: plan, key and the work of its verb. */
import { digestOfPlan, planOf, type RunPlan } from './plan.ts'
import { roundOf } from './round.ts'
import { keyVariable } from './run-key.ts'
import type { OpenedRun } from './run-task.ts'
import { checkKey, forgetKey, hasKey, needKey, settleKey } from './settle-key.ts'
import { NotAsPlanned, type OpenJob } from './spread-verb.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

/** Begins a run in a folder that has none, or has the same one. @param given the key that workers are given, in place of a file */
export async function beginRun(folder: WorkFolder, plan: RunPlan, given = process.env[keyVariable]): Promise<void> {
  needKey(folder, given)
  await writeJson(folder, 'plan.json', plan)
  const kept = planOf(await readJson(folder, 'plan.json'))
  if (kept === null || digestOfPlan(kept) !== digestOfPlan(plan))
    throw new NotAsPlanned(
      `${folder.where} holds another run. Go on with it by --resume ${folder.where}, or name an empty folder.`,
    )
  await settleKey(folder, given)
}

/** The key of a run that was stopped between its plan and its key. */
export async function keyIfUnbegun(folder: WorkFolder): Promise<void> {
  if (!(await hasKey(folder)) && (await folder.list('attempts/')).length === 0) await settleKey(folder)
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
  const key = await checkKey(folder)
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
  await forgetKey(folder)
  await folder.remove('shuffle/')
}
