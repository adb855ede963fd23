/** `workflows/<id>/tests.json`: which tasks are timed, how often they occur in a shift and how many clicks are agreed. */
import * as v from 'valibot'
import type { Json } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import type { Kept } from '../../values/document.ts'
import { isMembers } from '../../values/json.ts'
import {
  blankOf,
  membersOfFormat,
  type Read,
  type ReadProblem,
  readPartly,
  record,
  records,
} from '../../values/partial-document.ts'
import { from } from '../map/members.ts'
import { type TestTask, testTask } from './run.ts'

export const testPlanFormat = 'carryover-timed-tests/1'

export const testPlanDocument = record({
  /** Hours of one person in a shift; frequencies are per this. */
  shiftHours: v.nullish(from(0.5), 8),
  tasks: records(testTask, 'id of its own or no role'),
})
/** Tasks stand by id. */
export type TestPlan = Kept<typeof testPlanDocument>

export const emptyTestPlan: TestPlan = blankOf(testPlanDocument)

/** What can not be used is named; unknown members are kept. */
export function readTestPlan(json: unknown): Read<TestPlan> {
  const problems: ReadProblem[] = []
  const members = membersOfFormat(json, testPlanFormat, 'a plan of timed tests', problems)
  if (!members) return { value: emptyTestPlan, problems }
  const { format: _, tasks, ...given } = members
  const plan = readPartly({ ...given, tasks: Array.isArray(tasks) ? withOwnIds(tasks) : tasks }, testPlanDocument, problems)
  return { value: withTasks(plan, plan.tasks), problems }
}

/** A task that repeats an id has none of its own. */
function withOwnIds(tasks: readonly Json[]): Json[] {
  const seen = new Set<Json | undefined>()
  return tasks.map((task) => {
    if (!isMembers(task) || !seen.has(task.id)) {
      if (isMembers(task)) seen.add(task.id)
      return task
    }
    const { id: _, ...rest } = task
    return rest as Json
  })
}

/** One task per line, sorted by id: a change of one task changes one line. */
export function testPlanText({ shiftHours, tasks, extra }: TestPlan): string {
  const lines = tasks.map(({ id, label, role, steps, perShift, clickBudget, extra: own }) => {
    const json: Json = { id, label, role, current: [...steps.old], future: [...steps.new], perShift, clickBudget, ...own }
    return `    ${JSON.stringify(json)}`
  })
  const members = [
    `  "format": ${JSON.stringify(testPlanFormat)}`,
    `  "shiftHours": ${shiftHours}`,
    lines.length === 0 ? '  "tasks": []' : `  "tasks": [\n${lines.join(',\n')}\n  ]`,
    ...Object.entries(extra).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`),
  ]
  return `{\n${members.join(',\n')}\n}\n`
}

/** The task of this id is replaced, or added. */
export function withTask(plan: TestPlan, task: TestTask): TestPlan {
  return withTasks(plan, [...plan.tasks.filter(({ id }) => id !== task.id), task])
}

export function withTasks(plan: TestPlan, tasks: readonly TestTask[]): TestPlan {
  return { ...plan, tasks: [...tasks].sort((a, b) => compareText(a.id, b.id)) }
}
