/** `--jobs`: the tasks of a spread run done by processes of this machine, in a folder that is gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Update } from '../../core/operation.ts'
import { mostUsualJobs, usualJobs } from '../../io/threads/usual-jobs.ts'
import { diskFolder } from '../../scale/disk-folder.ts'
import { LocalEngine } from '../../scale/local.ts'
import { beginRun } from '../../scale/open-run.ts'
import type { RunPlan } from '../../scale/plan.ts'
import { RunKey } from '../../scale/run-key.ts'
import { checkKey } from '../../scale/settle-key.ts'
import { setAsideOf } from '../../scale/status.ts'
import { usualMemory } from '../../scale/stretches/block-size.ts'
import type { WorkFolder } from '../../scale/work-folder.ts'

/** Less is done before the processes have started, and is done with less processor time by one. */
const leastBytes = 256 << 20

/** How many processes the work of a verb is given; 1 where it stays in this one. @param names as the words give them */
export function jobsFor(bytes: number, asked: number | undefined, names: readonly string[]): number {
  const jobs = Math.min(mostUsualJobs, asked ?? usualJobs())
  return names.includes('-') || bytes < leastBytes ? 1 : jobs
}

/** The words behind a verb, as they were given to its program. */
export function wordsOf(command: Command): readonly string[] {
  const { rawArgs = [] } = (command.parent ?? {}) as { readonly rawArgs?: readonly string[] }
  const at = rawArgs.indexOf(command.name())
  return rawArgs.filter((_, i) => i !== at)
}

/** @param report makes the result of the parts */
export async function* inJobs<Result>(
  plan: RunPlan,
  jobs: number,
  report: (folder: WorkFolder, key: RunKey) => Promise<Result>,
  signal: AbortSignal,
): AsyncGenerator<Update<never, Result>> {
  const path = await mkdtemp(join(tmpdir(), 'carryover-jobs-'))
  try {
    const folder = diskFolder(path)
    const run = { folder, plan }
    // In memory alone: of a run that is killed nobody can read what it leaves behind.
    const key = RunKey.random()
    await beginRun(folder, plan, key)
    const { taskProcess } = await import('./engines.ts')
    const engine = new LocalEngine(Array.from({ length: jobs }, () => taskProcess(path, usualMemory, key)))
    const total = plan.stages.reduce((sum, { tasks }) => sum + tasks, 0)
    let done = 0
    for await (const _ of engine.follow(run, signal))
      yield { kind: 'progress', done: ++done, total, unit: 'records', label: engine.name }
    const [aside] = await setAsideOf(run)
    if (aside) throw new Error(`A share of the work failed each time: ${aside.why}`)
    yield { kind: 'result', value: await report(folder, await checkKey(folder, key)) }
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}
