/** The simulation of a spread run: what stages cost without faults, and what a lost machine costs with a second copy of its task. */
import { expect, test } from 'vitest'

interface Stage {
  readonly tasks: number
  readonly seconds: number
  readonly bytes: number
}
const { simulatedSeconds } = (await import(new URL('../../scripts/accept/scale/simulation.mjs', import.meta.url).href)) as {
  simulatedSeconds: (stages: readonly Stage[], workers: number, storage: number, hasFaults?: boolean) => number
}
const stage = (tasks: number, seconds: number, bytes = 0): Stage => ({ tasks, seconds, bytes })
const free = Number.POSITIVE_INFINITY

test('without faults a stage lasts its rounds, and stages follow each other', () => {
  expect(simulatedSeconds([stage(100, 1.8)], 10, free, false)).toBeCloseTo(10 * 2, 9)
  expect(simulatedSeconds([stage(101, 1.8)], 10, free, false)).toBeCloseTo(11 * 2, 9)
  expect(simulatedSeconds([stage(4, 1.8), stage(1, 0.8), stage(0, 5)], 10, free, false)).toBeCloseTo(3, 9)
})

test('workers that ask for more than the storage gives wait for it', () => {
  expect(simulatedSeconds([stage(100, 2, 200)], 10, 500, false)).toBeCloseTo(10 * (0.2 + 2 * 2), 9)
})

test('faults cost time, and near the end no more than a look, the limit of a straggler and one more task', () => {
  for (const tasks of [1_000, 15_000])
    for (const workers of [10, 100, 1_000]) {
      const own = 4.2
      const without = simulatedSeconds([stage(tasks, 4)], workers, free, false)
      const faulty = simulatedSeconds([stage(tasks, 4)], workers, free)
      expect(faulty).toBeGreaterThan(without)
      // 1 % take four times as long, 0.2 % lose up to 20 seconds and a task: what all workers share, and then the last ones.
      const shared = (tasks * (0.013 * 3 * own + 0.004 * (20 + 2 * own))) / workers
      expect(faulty, `${tasks} tasks on ${workers}`).toBeLessThan(without + shared + 2 * own + 1 + 2 * own)
    }
})

test('one worker has nobody who could take a copy', () => {
  const one = simulatedSeconds([stage(2_000, 4)], 1, free)
  expect(one).toBeGreaterThan(2_000 * 4.2 * 1.02)
})
