/** `workflows/<id>/tests.json`: which tasks are timed, how often they occur in a shift and how many clicks are agreed. */
import type { Json } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { type Extra, Fields, isObject, type ReadProblem } from '../map/fields.ts'
import type { Read } from '../map/read.ts'
import type { TestTask } from './run.ts'

export const testPlanFormat = 'carryover-timed-tests/1'

export interface TestPlan {
  /** Hours of one person in a shift; frequencies are per this. */
  readonly shiftHours: number
  /** By id. */
  readonly tasks: readonly TestTask[]
  readonly extra: Extra
}

export const emptyTestPlan: TestPlan = { shiftHours: 8, tasks: [], extra: {} }

/** What can not be used is named; unknown members are kept. */
export function readTestPlan(json: unknown): Read<TestPlan> {
  const problems: ReadProblem[] = []
  if (!isObject(json)) {
    problems.push({ place: '$', sentence: 'The file is not a plan of timed tests: it does not hold a JSON object.' })
    return { value: emptyTestPlan, problems }
  }
  const f = new Fields(json, '$', problems)
  const format = f.text('format')
  if (format !== testPlanFormat)
    problems.push({
      place: '$.format',
      sentence: `$.format is ${JSON.stringify(format)}; this version reads "${testPlanFormat}".`,
    })
  const shiftHours = f.number('shiftHours', 0.5) ?? emptyTestPlan.shiftHours
  const seen = new Set<string>()
  const tasks = f.list('tasks', (fields, place): TestTask | null => {
    const id = fields.text('id')
    const role = fields.text('role')
    if (id === null || id === '' || role === null || seen.has(id)) {
      problems.push({ place, sentence: `${place} has no id of its own or no role; it was left out.` })
      return null
    }
    seen.add(id)
    return {
      id,
      label: fields.text('label') ?? id,
      role,
      steps: { old: fields.texts('current') ?? [], new: fields.texts('future') ?? [] },
      perShift: fields.number('perShift', 0),
      clickBudget: fields.number('clickBudget', 0),
      extra: fields.rest(),
    }
  })
  return {
    value: withTasks(
      { shiftHours, tasks: [], extra: f.rest() },
      tasks.filter((task) => task !== null),
    ),
    problems,
  }
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
