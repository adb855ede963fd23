import { expect, test } from 'vitest'
import { RunProgress, secondsLeft } from '../../../../src/app/routes/data/acts/run-progress.ts'
import type { Running } from '../../../../src/app/session/state.ts'

function board() {
  let now = 0
  const said: Partial<Running>[] = []
  const progress = new RunProgress({ show: (shown) => said.push(shown) }, () => now)
  return { progress, last: () => said.at(-1), wait: (seconds: number) => (now += seconds * 1000) }
}

test('the bar counts bytes of files, whatever a part that reads none has done', () => {
  const { progress, last } = board()
  const checking = progress.part('Checking', 100)
  progress.part('Reconciling', 100)
  const simulating = progress.part('Simulating', 0)
  simulating.end('done')
  checking.show(20, 1000)
  expect(last()).toMatchObject({ done: 2, total: 200, bytes: { done: 2, total: 200 }, label: 'Checking' })
  checking.end('done')
  expect(last()).toMatchObject({ done: 100, total: 200 })
  expect(last()?.parts?.map(({ state }) => state)).toEqual(['done', 'waiting', 'done'])
})

test('what is left is known once every part that is not over was measured', () => {
  const { progress, last, wait } = board()
  const checking = progress.part('Checking', 100)
  const reconciling = progress.part('Reconciling', 100)
  checking.show(1, 100)
  wait(10)
  checking.show(50, 100)
  expect(last()?.secondsLeft).toBeNull()
  checking.end('done')
  reconciling.show(1, 100)
  wait(2)
  reconciling.show(20, 100)
  expect(last()?.secondsLeft).toBeNull()
  wait(2)
  reconciling.show(40, 100)
  expect(last()?.secondsLeft).toBeCloseTo(6, 5)
})

test('nothing is known of the first seconds, of the first bytes, and of what has ended', () => {
  expect(secondsLeft(50, 100, 1)).toBeNull()
  expect(secondsLeft(1, 100, 60)).toBeNull()
  expect(secondsLeft(100, 100, 60)).toBeNull()
  expect(secondsLeft(25, 100, 10)).toBe(30)
})
