/** Old against new by task and role: verdicts, estimates where nothing was measured, budgets, and minutes per shift worked out by hand. */
import { expect, test } from 'vitest'
import { compareSystems } from '../../../../src/core/workflow/timed-tests/compare-systems.ts'
import { minutesPerShift } from '../../../../src/core/workflow/timed-tests/per-shift.ts'
import type { TestTask } from '../../../../src/core/workflow/timed-tests/run.ts'
import { suggestTasks } from '../../../../src/core/workflow/timed-tests/suggest-tasks.ts'
import { workflowOf } from '../pair.ts'
import { pairsOf, runOf, vitals } from './runs.ts'

const workflow = workflowOf({
  current: 'Nurse: Note vitals {paper 90s}',
  future: 'Nurse: Enter vitals {enter screen 2m clicks=14 keys=20 screens=3}',
  trace: 'Note vitals => Enter vitals',
})
const [noted] = [...workflow.current.nodes.values()].filter((node) => node.label === 'Note vitals')
const [entered] = [...workflow.future.nodes.values()].filter((node) => node.label === 'Enter vitals')
const task: TestTask = {
  ...vitals,
  steps: { old: [noted?.id ?? ''], new: [entered?.id ?? ''] },
  perShift: 10,
  clickBudget: 13,
}

test('where nobody was timed, screens are estimated by keystrokes on both sides, and said to be estimates', () => {
  const screens = workflowOf({
    current: 'Nurse: Enter vitals {enter screen 1m clicks=4 keys=10}',
    future: 'Nurse: Enter vitals {enter screen 2m clicks=14 keys=20}',
  })
  const ids = (side: 'current' | 'future') =>
    [...screens[side].nodes.values()].filter(({ kind }) => kind === 'enter').map(({ id }) => id)
  const [only] = compareSystems(screens, [{ ...task, steps: { old: ids('current'), new: ids('future') } }], []).tasks
  expect(only?.verdict).toBe('estimate')
  // 1.3 s a click and 0.2 s a key; one thought of 1.35 s before each click at most.
  expect(only?.old.estimate?.least).toBeCloseTo(4 * 1.3 + 10 * 0.2, 10)
  expect(only?.new.estimate?.least).toBeCloseTo(14 * 1.3 + 20 * 0.2, 10)
  expect(only?.new.estimate?.most).toBeCloseTo(14 * 1.3 + 20 * 0.2 + 14 * 1.35, 10)
  expect(only?.estimated?.[0]).toBeCloseTo(22.2 - 12.6, 10)
  expect(only?.estimated?.[1]).toBeCloseTo(41.1 - 7.2, 10)
  expect(only?.overBudget).toBe(1)
})

test('keystrokes are never held against whole working times: paper is compared by the times of both maps', () => {
  const [only] = compareSystems(workflow, [task], []).tasks
  expect([only?.old.estimate?.from, only?.new.estimate?.from]).toEqual(['map', 'map'])
  expect(only?.estimated).toEqual([30, 30])
  const timeless = {
    ...workflow,
    future: {
      ...workflow.future,
      nodes: new Map([...workflow.future.nodes].map(([id, node]) => [id, { ...node, service: null }])),
    },
  }
  const [bare] = compareSystems(timeless, [task], []).tasks
  expect(bare?.new.estimate?.from).toBe('keystrokes')
  expect([bare?.estimated, bare?.verdict]).toEqual([null, 'not enough to say'])
})

test('measured runs take the place of estimates, and a few of them are not enough to say', () => {
  const few = compareSystems(workflow, [task], [runOf('old', 90), runOf('new', 130, { clicks: 16 })]).tasks[0]
  expect(few).toMatchObject({ verdict: 'not enough to say', estimated: null, overBudget: 3 })
  expect(few?.new.estimate).toBeNull()
  const slower = compareSystems(workflow, [task], pairsOf([30, 34, 28, 31, 27])).tasks[0]
  expect(slower).toMatchObject({ verdict: 'slower', pairs: 5 })
  const unclear = compareSystems(workflow, [task], pairsOf([30, -34, 28, -31, 7])).tasks[0]
  expect(unclear?.verdict).toBe('no difference shown')
})

test('a click budget is kept only where five runs were counted; one run can show that it is not', () => {
  const timed = (counted: number, clicks: number) =>
    pairsOf([30, 34, 28, 31, 27]).map((run, at) => ({ ...run, clicks: at < counted * 2 ? clicks : null }))
  const over = (counted: number, clicks: number) => compareSystems(workflow, [task], timed(counted, clicks)).tasks[0]?.overBudget
  expect([over(4, 5), over(5, 5), over(1, 20)]).toEqual([null, 0, 7])
  const generous = { ...task, clickBudget: 20 }
  expect(compareSystems(workflow, [generous], []).tasks[0]?.overBudget).toBeNull()
})

test('runs are placed by id, label or step and by role; what fits no task is listed, not guessed', () => {
  const runs = [
    runOf('old', 90, { task: 'VITALS ' }),
    runOf('new', 90, { task: entered?.id ?? '' }),
    runOf('new', 90, { role: 'Physician' }),
    runOf('new', 90, { task: 'refill' }),
  ]
  const { tasks, unplaced } = compareSystems(workflow, [task], runs)
  expect([tasks[0]?.old.runs.length, tasks[0]?.new.runs.length]).toEqual([1, 1])
  expect(unplaced).toEqual(runs.slice(2))
})

test('minutes per shift: the same persons are summed per person', () => {
  const other: TestTask = { ...task, id: 'refill', label: 'Refill', perShift: 4 }
  // Per person and shift, in minutes: (10 × change + 4 × −change / 2) / 60.
  const changes = [30, 36, 24, 42, 18]
  const runs = [
    ...pairsOf(changes),
    ...pairsOf(
      changes.map((change) => -change / 2),
      { task: 'refill' },
    ),
  ]
  const [nurse] = minutesPerShift(compareSystems(workflow, [task, other], runs).tasks)
  const sums = changes.map((change) => (10 * change - 2 * change) / 60)
  const mean = sums.reduce((sum, value) => sum + value, 0) / 5
  const deviation = Math.sqrt(sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4)
  expect(nurse).toMatchObject({ role: 'Nurse', how: 'persons' })
  expect(nurse?.mean).toBeCloseTo(mean, 10)
  expect(nurse?.high).toBeCloseTo(mean + (2.776 * deviation) / Math.sqrt(5), 10)
})

test('minutes per shift: tasks done by others are added as independent; tasks without frequency or runs are named', () => {
  const other: TestTask = { ...task, id: 'refill', label: 'Refill', perShift: 4 }
  const rare: TestTask = { ...task, id: 'scan', label: 'Scan', perShift: null }
  const never: TestTask = { ...task, id: 'fax', label: 'Fax', steps: { old: [], new: [] } }
  const runs = [
    ...pairsOf([30, 36, 24, 42, 18]),
    ...pairsOf([5, 7, 3, 9, 1], { task: 'refill' }).map((run) => ({ ...run, person: `other ${run.person}` })),
    ...pairsOf([5, 7, 3, 9, 1], { task: 'scan' }),
  ]
  const [nurse] = minutesPerShift(compareSystems(workflow, [task, other, rare, never], runs).tasks)
  expect(nurse?.how).toBe('independent')
  expect(nurse?.mean).toBeCloseTo((10 * 30 + 4 * 5) / 60, 10)
  const [a, b] = [(10 * Math.sqrt(90 / 5)) / 60, (4 * Math.sqrt(10 / 5)) / 60]
  // Welch–Satterthwaite: 4 degrees each, 4.2 together, rounded down.
  expect(nurse?.high).toBeCloseTo((10 * 30 + 4 * 5) / 60 + 2.776 * Math.sqrt(a * a + b * b), 10)
  expect(nurse?.left.map(({ task: { task: left }, why }) => [left.id, why])).toEqual([
    ['scan', 'no frequency'],
    ['fax', 'not enough runs'],
  ])
})

test('minutes per shift: somebody who did two tasks makes their errors go together, though another did one of them only', () => {
  const other: TestTask = { ...task, id: 'refill', label: 'Refill', perShift: 10 }
  const changes = [30, 36, 24, 42, 18, 30]
  const runs = [...pairsOf(changes), ...pairsOf(changes.slice(0, 5), { task: 'refill' })]
  const [nurse] = minutesPerShift(compareSystems(workflow, [task, other], runs).tasks)
  // Deviations 0, 6, −6, 12, −12, 0 from 30 in both tasks: squares 360; /(6·5) and /(5·4), the product 2 · 360 / √(30 · 20); 4 degrees.
  const error = (10 / 60) * Math.sqrt(360 / 30 + 360 / 20 + (2 * 360) / Math.sqrt(600))
  expect(nurse).toMatchObject({ how: 'shared', mean: 10 })
  expect(nurse?.high).toBeCloseTo(10 + 2.776 * error, 2)
})

test('steps on a screen are suggested once, with the steps they were traced from', () => {
  const [only, ...more] = suggestTasks(workflow, [], 8)
  expect(more).toEqual([])
  expect(only).toMatchObject({ label: 'Enter vitals', role: 'Nurse', steps: task.steps })
  expect(suggestTasks(workflow, [task], 8)).toEqual([])
})
