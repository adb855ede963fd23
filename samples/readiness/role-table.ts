/** Three roles, what each does on a visit, and what they were given instead: tutorials on features. The first row is the article's own; the other two follow its pattern. */
import { blankEdge, blankLane, blankNode, emptyWorkflow, type Workflow } from '../../src/core/workflow/map/workflow.ts'
import { table } from './clinic.ts'

interface RoleRow {
  readonly role: string
  /** What the role needs to be able to do. */
  readonly needed: string
  /** What was delivered. */
  readonly delivered: string
}

export const roleTable: readonly RoleRow[] = [
  { role: 'Front desk', needed: 'Booking and check-in process', delivered: 'Feature video tutorials' },
  { role: 'Nurse', needed: 'Rooming and vitals during the visit', delivered: 'Tour of the chart' },
  { role: 'Physician', needed: 'Ordering and signing within the visit', delivered: 'List of new functions' },
]

const idOf = (index: number): string => `task-${index + 1}`

/** A visit on which each role does its task once. */
export function roleWorkflow(): Workflow {
  const empty = emptyWorkflow('visit', 'Visit')
  const stops = ['start', ...roleTable.map((_, index) => idOf(index)), 'end']
  const nodes = [
    { ...blankNode, id: 'start', type: 'start' as const, label: 'start' },
    ...roleTable.map(({ needed }, index) => ({ ...blankNode, id: idOf(index), label: needed, lane: `role-${index + 1}` })),
    { ...blankNode, id: 'end', type: 'end' as const, label: 'end' },
  ]
  const edges = stops.slice(1).map((to, index) => ({ ...blankEdge, id: `e${index}`, from: stops[index] ?? '', to }))
  const lanes = roleTable.map(({ role }, index) => ({ ...blankLane, id: `role-${index + 1}`, label: role, order: index }))
  return {
    ...empty,
    future: {
      ...empty.future,
      lanes: new Map(lanes.map((lane) => [lane.id, lane])),
      nodes: new Map(nodes.map((node) => [node.id, node])),
      edges: new Map(edges.map((edge) => [edge.id, edge])),
    },
  }
}

/**
 * Training records: everybody completed what was delivered, which teaches no task of anybody.
 * @param practised roles that were taught their task besides
 */
export function roleTraining(practised: readonly string[] = []): string {
  const delivered = roleTable.map(({ delivered: module, role }, index) => [
    String(1001 + index),
    module,
    '2026-06-01T09:00:00+02:00',
    30,
    'completed',
    '',
    role,
    'video',
  ])
  const tasks = roleTable.flatMap(({ needed, role }, index) =>
    practised.includes(role)
      ? [[String(1001 + index), `${role}: own tasks`, '2026-06-08T09:00:00+02:00', 45, 'completed', needed, role, 'instructor']]
      : [],
  )
  return table('person_id module_id start minutes status task_ids roles_intended format', [...delivered, ...tasks])
}

/** One person of each role. */
export function roleRoster(): string {
  return table(
    'person_id role department',
    roleTable.map(({ role }, index) => [String(1001 + index), role, 'Clinic']),
  )
}
