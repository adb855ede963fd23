/** Tasks that were set aside, and the bytes that nobody judged therefore. */
import type { ToldGap } from '../../core/data/validate/told.ts'
import { planOf } from '../plan.ts'
import { doneOf } from '../run-task.ts'
import { tasksOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'

/** Tasks of a stage that were set aside: their numbers, each with the reason. */
export async function lostTasks(folder: WorkFolder, stage: string): Promise<ReadonlyMap<number, string>> {
  const lost = new Map<number, string>()
  const plan = planOf(await readJson(folder, 'plan.json'))
  if (plan === null) return lost
  for (const task of tasksOf(plan, stage)) {
    const done = await doneOf(folder, task)
    if (done?.outcome === 'set-aside') lost.set(task.index, done.why ?? '')
  }
  return lost
}

export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * What stretches leave out of a whole. @param stretches in the order of the file  @param lost blocks whose tasks were set aside, in order
 */
export function gapsOf(
  whole: Range,
  stretches: readonly Range[],
  lost: readonly (Range & { readonly why: string })[],
): ToldGap[] {
  const gaps: ToldGap[] = []
  let at = whole.from
  for (const { from, to } of [...stretches, { from: whole.to, to: whole.to }]) {
    if (from > at) {
      const own = lost.find((one) => one.from < from && one.to > at) ?? lost[0]
      gaps.push({ from: at, to: from, why: own?.why ?? '' })
    }
    at = Math.max(at, to)
  }
  return gaps
}
