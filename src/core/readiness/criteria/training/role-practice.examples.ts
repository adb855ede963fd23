/** Examples of `role-practice.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile, exampleWorkflow } from '../examples/example-evidence.ts'

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

export const rolePracticeExamples: EvidenceExamples = {
  code: 'readiness/role-practice',
  decides:
    'Each task of a future map weighs by its visits. The share of work that no completed module taught to the people of its role must stay within the limit.',
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
}

/** @param lines person, tasks and roles of modules that were completed */
function taught(...lines: readonly string[]) {
  const rows = lines.map((line) => `${line.replace(',', ',m1,2026-06-01T09:00:00Z,45,completed,')}\n`)
  return exampleFile('lms', `person_id,module_id,start,minutes,status,task_ids,roles_intended\n${rows.join('')}`)
}
