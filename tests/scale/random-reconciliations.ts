/** Small clinics cut anywhere, tasks in any order: the account is that of one alone. */
import { expect } from 'vitest'
import { reconcile } from '../../src/core/data/reconcile/reconcile.ts'
import { finish } from '../../src/core/operation.ts'
import { counterRandom, shuffled } from './counter-random.ts'
import { reconcileInTasks } from './in-tasks.ts'
import { smallClinic } from './small-clinics.ts'

/** Gives what was found, so that a test knows that there was something to find. */
export async function sameAccount(seed: number, people: number): Promise<readonly string[]> {
  const draw = counterRandom(seed * 13 + 5)
  const input = smallClinic(seed, people)
  const size = Math.max(...input.inputs.map(({ source }) => source.size))
  const alone = await finish(reconcile(input, new AbortController().signal))
  const { result, reportRead } = await reconcileInTasks(input, {
    blockBytes: Math.max(60, Math.floor(size / (1 + draw(9)))),
    partitions: 1 + draw(7),
    processes: 1 + draw(2),
    order: (tasks) => shuffled(tasks, draw),
  })
  expect(JSON.stringify(result, null, 1), `seed ${seed}`).toBe(JSON.stringify(alone, null, 1))
  expect(reportRead).toBe(0)
  return alone.findings.map(({ code }) => code)
}
