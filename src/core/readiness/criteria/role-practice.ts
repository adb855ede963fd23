/** Item 30: what each role was taught against what it will do, weighted by how often it does it. */
import type { EvidenceOf } from '../artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../criterion.ts'
import { exampleFile, exampleWorkflow } from './example-evidence.ts'
import { counted } from './open-findings.ts'
import { isDelivered, noRole, plainName, roleTasks } from './role-tasks.ts'
import { type RosterPeople, rosterPeople } from './roster-people.ts'

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
    const people = rosterPeople(given.value('roster').rows, asOf)
    const delivered = given.value('lms').rows.filter((row) => isDelivered(row, asOf))
    const modules = delivered.filter(({ person_id }) => people.of(person_id).length > 0)
    const needed = roleTasks(given.value('workflows')).map((task) => {
      const names = new Set([task.node.id, task.node.label].map(plainName))
      return {
        ...task,
        known: modules.some(
          (row) => (row.task_ids ?? []).some((name) => names.has(plainName(name))) && reaches(row, task.role, people),
        ),
      }
    })
    const all = needed.reduce((sum, each) => sum + each.visits, 0)
    if (all === 0) return nothingToJudge('No step of a person is drawn in a future map')
    const open = needed.filter((each) => !each.known).sort((a, b) => b.visits - a.visits)
    const gap = (100 * open.reduce((sum, each) => sum + each.visits, 0)) / all
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
      words: `${value} % of the work of the future maps was not taught (${open.length} of ${needed.length} tasks)${unmatched(
        needed.map(({ role }) => role).filter((role) => role !== noRole && !people.knowsRole(role)),
        delivered.length - modules.length,
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

/**
 * Whether a module that somebody completed was for this role: for those it names, else for that of the person. Where the roster has people of the role,
 * one of them has to have taken it.
 */
function reaches(row: EvidenceOf['lms']['rows'][number], role: string, people: RosterPeople): boolean {
  if (role === noRole) return true
  const intended = row.roles_intended ?? []
  if (intended.length > 0 && !intended.some((each) => plainName(each) === plainName(role))) return false
  return people.hasRole(row.person_id, role) || (intended.length > 0 && !people.knowsRole(role))
}

/** Roles and modules that the roster does not know, in words; empty where it knows all. */
function unmatched(roles: readonly string[], modules: number): string {
  const names = [...new Set(roles)]
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
