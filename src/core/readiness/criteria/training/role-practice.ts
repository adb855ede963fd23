/** Item 30: what each role was taught against what it will do, weighted by how often it does it. */

import { isOpenTask, trainingGap } from '../../measures/training-gap.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { exampleFile, exampleWorkflow } from '../examples/example-evidence.ts'
import { counted } from '../shared/open-findings.ts'

const staff = exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n2,Clerk,Desk\n')

/** Nurses send, clerks book; each once a case. */
const laned = exampleWorkflow({
  future: [
    { id: 'send', label: 'Send', lane: 'n' },
    { id: 'book', label: 'Book', lane: 'c' },
  ],
  futureLanes: [
    { id: 'n', label: 'Nurse' },
    { id: 'c', label: 'Clerk' },
  ],
})

export const rolePractice: Criterion<'workflows' | 'lms' | 'roster'> = {
  code: 'readiness/role-practice',
  items: [30],
  phase: 'training',
  severity: 'error',
  title: 'Tasks of a role were not taught',
  why: 'A feature tour teaches the program; people need the tasks of their own role, the frequent ones first.',
  remedy: 'Plan a module for each task listed, with the role that does it, and let it be completed.',
  needs: ['workflows', 'lms', 'roster'],
  thresholds: { mostGapPercent: 10 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const shown = trainingGap(given.value('workflows'), given.value('lms').rows, given.value('roster').rows, asOf)
    if (shown.gapPercent === null) return nothingToJudge('No step of a person is drawn in a future map')
    const gap = shown.gapPercent
    const open = shown.tasks.filter(isOpenTask).toSorted((a, b) => b.visits - a.visits)
    const most = thresholds.mostGapPercent ?? 10
    const value = Math.round(gap * 10) / 10
    const holds = gap <= most
    const cells = holds
      ? []
      : open.map(
          ({ workflow, node, role }): Cell => ({
            name: `${role}: ${node.label}`,
            route: `/workflow/${workflow}/compare?step=${node.id}`,
          }),
        )
    return {
      state: holds ? 'proven' : 'failed',
      value,
      of: 100,
      threshold: most,
      words: `${value} % of the work of the future maps was not taught (${open.length} of ${shown.tasks.length} tasks)${unmatched(
        shown.roles.filter(({ inRoster }) => !inRoster).map(({ role }) => role),
        shown.strangers,
      )}`,
      cells,
    }
  },
  examples: {
    flags: [
      {
        name: 'one of two equally frequent tasks has no completed module',
        // Each is done once a case: half of the work.
        value: 50,

        evidence: {
          workflows: [
            exampleWorkflow({
              future: [
                { id: 'approve', label: 'Approve in inbox' },
                { id: 'send', label: 'Send' },
              ],
            }),
          ],
          roster: staff,
          lms: exampleFile(
            'lms',
            'person_id,module_id,start,minutes,status,task_ids\n1,m1,2026-06-01T09:00:00Z,45,completed,Approve in inbox\n1,m2,2026-06-01T09:00:00Z,45,attended,send\n',
          ),
        },
      },
      {
        name: 'the one course lies in the future, the other was not passed',
        value: 100,
        evidence: {
          workflows: [exampleWorkflow({ future: [{ id: 'send', label: 'Send' }] })],
          roster: staff,
          lms: exampleFile(
            'lms',
            'person_id,module_id,start,minutes,status,task_ids,score,pass_mark\n1,m1,2026-07-15T09:00:00Z,45,completed,send,9,6\n1,m1,2026-07-01T09:00:00Z,45,completed,send,5,6\n',
          ),
        },
      },
      {
        name: 'nobody of the roster took the course of one role, that of the other names a third one',
        value: 100,
        evidence: {
          workflows: [laned],
          roster: staff,
          lms: taught('9,send,Nurse', '1,book,Porter'),
        },
      },
      {
        // The line says nothing of roles: it taught the nurse who took it, and no clerk.
        name: 'one nurse took a course on everything',
        value: 50,
        evidence: { workflows: [laned], roster: staff, lms: taught('1,send;book,') },
      },
    ],
    passes: [
      {
        name: 'each role was taught its own task, the clerks by a course that names them',
        value: 0,
        evidence: { workflows: [laned], roster: staff, lms: taught('1,send,', '2,book,Clerk') },
      },
      {
        name: 'both tasks were completed, one by its name and one by its number',
        value: 0,

        evidence: {
          workflows: [
            exampleWorkflow({
              future: [
                { id: 'approve', label: 'Approve in inbox' },
                { id: 'send', label: 'Send' },
              ],
            }),
          ],
          roster: staff,
          lms: exampleFile(
            'lms',
            'person_id,module_id,start,minutes,status,task_ids\n1,m1,2026-06-01T09:00:00Z,45,completed,approve in INBOX;send\n',
          ),
        },
      },
    ],
  },
}

/** Roles and modules that the roster does not know, in words; empty where it knows all. */
function unmatched(names: readonly string[], modules: number): string {
  const nobody =
    names.length === 0 ? '' : `; the roster has nobody as ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`
  return modules === 0
    ? nobody
    : `${nobody}; ${counted(modules, 'completed module')} not counted, because the roster has nobody of their number`
}

/** @param lines person, tasks and roles of modules that were completed */
function taught(...lines: readonly string[]) {
  const rows = lines.map((line) => `${line.replace(',', ',m1,2026-06-01T09:00:00Z,45,completed,')}\n`)
  return exampleFile('lms', `person_id,module_id,start,minutes,status,task_ids,roles_intended\n${rows.join('')}`)
}
