/** The table of training by role: gaps worked out by hand, and one number in criterion, report and table. */
import { expect, test } from 'vitest'
import { exampleFile, exampleWorkflow } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { rolePractice } from '../../../src/core/readiness/criteria/training/role-practice.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { peopleWords, trainingGap, trainingGapOf } from '../../../src/core/readiness/measures/training-gap.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const lanes = [
  { id: 'c', label: 'Clerk' },
  { id: 'n', label: 'Nurse' },
  { id: 'p', label: 'Porter' },
]
const workflows = [
  exampleWorkflow({
    future: [
      { id: 'book', label: 'Book', lane: 'c' },
      { id: 'call', label: 'Call', lane: 'c' },
      { id: 'send', label: 'Send', lane: 'n' },
      { id: 'move', label: 'Move', lane: 'p' },
    ],
    futureLanes: lanes,
  }),
]
const people = [1, 2, 3, 4, 5].map((n) => `${n},Clerk,Desk`)
const roster = exampleFile('roster', `person_id,role,department\n${[...people, '6,Nurse,Ward'].join('\n')}\n`)
const done = (person: number, task: string, status = 'completed'): string =>
  `${person},m-${task},2026-06-01T09:00:00Z,45,${status},${task}\n`
const lms = exampleFile(
  'lms',
  `person_id,module_id,start,minutes,status,task_ids\n${done(1, 'book')}${done(2, 'BOOK')}${done(2, 'call', 'attended')}${done(6, 'send')}${done(99, 'move')}`,
)

test('roles stand by their gap, tasks not taught first, and people of small roles are not counted', () => {
  const gap = trainingGap(workflows, lms.rows, roster.rows, '2026-07-20')
  expect(gap.roles.map(({ role, open, gapPercent, inRoster }) => [role, open, gapPercent, inRoster])).toEqual([
    ['Porter', 1, 100, false],
    ['Clerk', 1, 50, true],
    ['Nurse', 0, 0, true],
  ])
  const clerk = gap.roles.find(({ role }) => role === 'Clerk')
  expect(clerk?.tasks.map((task) => [task.node.label, task.lines.length, peopleWords(task, true)])).toEqual([
    ['Call', 0, '0 of 5 people'],
    ['Book', 2, '2 of 5 people'],
  ])
  const [send] = gap.roles.find(({ role }) => role === 'Nurse')?.tasks ?? []
  expect([send?.people, send && peopleWords(send, true)]).toEqual([null, 'fewer than 5 people'])
  // Two of four tasks, each once a case; the module of number 99 counts for nobody.
  expect([gap.gapPercent, gap.strangers]).toEqual([50, 1])
})

test('criterion and table have one source', () => {
  const given = givenOf({ workflows, lms, roster }, rolePractice.code, rolePractice.needs)
  const measure = rolePractice.compute(given, rolePractice.thresholds, '2026-07-20')
  const gap = trainingGap(workflows, lms.rows, roster.rows, '2026-07-20')
  expect([measure.value, measure.cells.length]).toEqual([gap.gapPercent, gap.roles.reduce((n, { open }) => n + open, 0)])
})

test('the report prints every role with its gap, and says when nothing can be said', () => {
  const ready = readyProject([])
  const gap = trainingGapOf(ready, asOf)
  const page = writeReport(makeReport('training', ready, asOf, verified), 'markdown')
  expect(gap?.roles.length).toBeGreaterThan(0)
  for (const { role, gapPercent, open, tasks } of gap?.roles ?? [])
    expect(page.includes(`| ${role} | ${tasks.length} | ${open} | ${gapPercent} % |`), role).toBe(true)
  const none = withFile(ready, 'lms', 'person_id,module_id,start,minutes,status\n')
  const open = writeReport(makeReport('training', none, asOf, verified), 'text')
  expect(open).toContain('100 % of the work of the future maps was not taught')
  const gone = { ...ready, other: new Map([...ready.other].filter(([path]) => path !== 'readiness/roster.csv')) }
  expect(writeReport(makeReport('training', gone, asOf, verified), 'text')).toContain('Nothing is said')
})
