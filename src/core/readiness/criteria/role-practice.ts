/** Item 30: what each role was taught against what it will do, weighted by how often it does it. */
import { type Cell, type Criterion, nothingToJudge } from '../criterion.ts'
import { exampleFile, exampleWorkflow } from './example-evidence.ts'
import { isDelivered, plainName, roleTasks } from './role-tasks.ts'

export const rolePractice: Criterion<'workflows' | 'lms'> = {
  code: 'readiness/role-practice',
  items: [30],
  phase: 'training',
  severity: 'error',
  title: 'Tasks of a role were not taught',
  why: 'A feature tour teaches the program; people need the tasks of their own role, the frequent ones first.',
  remedy: 'Plan a module for each task listed, with the role that does it, and let it be completed.',
  needs: ['workflows', 'lms'],
  thresholds: { mostGapPercent: 10 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const taught = new Set(
      given
        .value('lms')
        .rows.filter((row) => isDelivered(row, asOf))
        .flatMap((row) =>
          (row.task_ids ?? []).flatMap((task) => [
            plainName(task),
            ...(row.roles_intended ?? []).map((role) => `${plainName(role)} ${plainName(task)}`),
          ]),
        ),
    )
    const needed = roleTasks(given.value('workflows')).map((task) => ({
      ...task,
      known: [task.node.id, task.node.label].some(
        (name) => taught.has(plainName(name)) || taught.has(`${plainName(task.role)} ${plainName(name)}`),
      ),
    }))
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
      words: `${value} % of the work of the future maps was not taught (${open.length} of ${needed.length} tasks)`,
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
          lms: exampleFile(
            'lms',
            'person_id,module_id,start,minutes,status,task_ids,score,pass_mark\n1,m1,2026-07-15T09:00:00Z,45,completed,send,9,6\n1,m1,2026-07-01T09:00:00Z,45,completed,send,5,6\n',
          ),
        },
      },
    ],
    passes: [
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
          lms: exampleFile(
            'lms',
            'person_id,module_id,start,minutes,status,task_ids\n1,m1,2026-06-01T09:00:00Z,45,completed,approve in INBOX;send\n',
          ),
        },
      },
    ],
  },
}
