/** Tasks that were set aside are tried again, once the run was told not to be whole: the next `--resume` does them and all that rests on them. */
import type { Run } from './engine.ts'
import { beginRound } from './round.ts'
import { setAsideOf } from './status.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

/** The run ended without some tasks, and a person was told so. */
const marker = 'not-whole.json'
/** What a task leaves behind; `done/` goes last, since without it nobody knows any more what was set aside. */
const left = ['parts/', 'shuffle/', 'attempts/', 'alive/', 'done/']

export async function markNotWhole(folder: WorkFolder): Promise<void> {
  await writeJson(folder, marker, {})
}

/** Forgets the tasks that were set aside, and every task of the stages behind them. Gives how many were set aside. */
export async function tryAgain({ folder, plan }: Run): Promise<number> {
  if ((await readJson(folder, marker)) === null) return 0
  const aside = await setAsideOf({ folder, plan })
  const names = new Set(aside.map(({ task }) => task))
  const stages = plan.stages.map(({ name }) => name)
  const first = stages.findIndex((stage) => aside.some(({ task }) => task.startsWith(`${stage}-`)))
  if (first >= 0) {
    // Whoever is at a task still sees that it counts no more.
    await beginRound(folder)
    const behind = new Set(stages.slice(first + 1))
    await forget(folder, (stage) => behind.has(stage))
    await forget(folder, (stage, task) => stage === stages[first] && names.has(task))
    await folder.remove('done/report.json')
  }
  await folder.remove(marker)
  return aside.length
}

async function forget(folder: WorkFolder, isMeant: (stage: string, task: string) => boolean): Promise<void> {
  for (const place of left)
    for (const file of await folder.list(place)) {
      const [task, stage] = /^([a-z]+\d*)-\d+/.exec(file.slice(place.length)) ?? []
      if (task !== undefined && stage !== undefined && isMeant(stage, task)) await folder.remove(file)
    }
}
