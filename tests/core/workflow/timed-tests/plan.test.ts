/** The plan of timed tests: what is written is read back, unknown members are kept, and one task is one line. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyTestPlan, readTestPlan, testPlanText, withTask, withTasks } from '../../../../src/core/workflow/timed-tests/plan.ts'
import { vitals } from './runs.ts'

const word = fc.string({ minLength: 1, maxLength: 8 })
const task = fc.record({
  id: word,
  label: word,
  role: word,
  steps: fc.record({ old: fc.array(word, { maxLength: 3 }), new: fc.array(word, { maxLength: 3 }) }),
  perShift: fc.option(fc.integer({ min: 0, max: 99 })),
  clickBudget: fc.option(fc.integer({ min: 0, max: 99 })),
  extra: fc.constant({ note: 'kept' }),
})

test('any plan is read back as it was written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(task, { selector: ({ id }) => id, maxLength: 6 }), (tasks) => {
      const plan = withTasks({ ...emptyTestPlan, shiftHours: 12, extra: { later: { version: 2 } } }, tasks)
      const read = readTestPlan(JSON.parse(testPlanText(plan)))
      expect(read.problems).toEqual([])
      expect(read.value).toEqual(plan)
    }),
    { numRuns: 100 },
  )
})

test('one changed task changes one line', () => {
  const plan = withTask(withTask(emptyTestPlan, vitals), { ...vitals, id: 'refill' })
  const before = testPlanText(plan).split('\n')
  const after = testPlanText(withTask(plan, { ...vitals, perShift: 9 })).split('\n')
  expect(after.filter((line, at) => line !== before[at])).toHaveLength(1)
})

test('what is no plan, has no id or no role is named with its place', () => {
  expect(readTestPlan([]).problems[0]?.sentence).toContain('not a plan of timed tests')
  const { value, problems } = readTestPlan({
    format: 'carryover-timed-tests/1',
    tasks: [{ id: 'a', role: 'Nurse' }, { id: 'a', role: 'Nurse' }, { role: 'Nurse' }, { id: 'b', role: 'Nurse', perShift: -1 }],
  })
  expect(value.tasks.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(problems.map(({ place }) => place)).toEqual(['$.tasks[1]', '$.tasks[2]', '$.tasks[3].perShift'])
})
