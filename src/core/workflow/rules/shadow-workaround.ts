/** DB10: part of the record lives beside the record: on paper, in a spreadsheet, in somebody's head. */
import type { Medium, Node } from '../map/workflow.ts'
import { isOnlyException } from './reaching.ts'
import { factOf, idsOf, raised, type Side, stepsOf, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

const stores: ReadonlySet<Medium | null> = new Set<Medium>(['paper', 'spreadsheet', 'verbal'])

export const shadowWorkaround: SurvivalRule = {
  code: 'workflow/shadow-workaround',
  db: 'DB10',
  title: 'A record is kept beside the record',
  why: 'What stands on the list beside the system is seen by nobody else; 11 workarounds of 3 kinds were alive two years after adoption (PMC8186102).',
  remedy: 'Give the list a place in the system, or remove what makes people keep it (SEWA method, 10.2196/33046).',
  severity: 'error',
  metric: { name: 'record items carried off the record', unit: 'per case' },
  both: true,
  reads: ['workaround'],
  levers: [
    { practice: 'integral-technology', how: 'Give the list a place in the system of record.' },
    { practice: 'task-elimination', how: 'Remove the cause, then the list is not needed.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side))
      if (node.type !== 'wait' && !isOnlyException(side, at)) yield* offRecord(side, at, node)
    yield* declared(side)
  },
}

const passedOn: ReadonlySet<Node['kind']> = new Set(['handoff', 'notify', 'request', 'transcribe'])

function* offRecord(side: Side, at: number, node: Node): Iterable<Firing> {
  if (node.medium === null) {
    yield untold([node.id], [`medium of “${node.label}”`])
    return
  }
  if (!stores.has(node.medium)) return
  // Talking about what the record holds keeps nothing beside it; what is told instead of written does.
  if (node.medium === 'verbal' && !passedOn.has(node.kind) && (node.writes ?? []).length === 0) return
  const { elements } = side.view.graph
  const carried = [...new Set([...(node.reads ?? []), ...(node.writes ?? []).map((write) => write.element)])].sort()
  const records = carried.filter((id) => elements.get(id)?.record)
  const missing = [
    ...(node.reads === null ? [`what “${node.label}” reads`] : []),
    ...(node.writes === null ? [`what “${node.label}” writes`] : []),
    ...carried.filter((id) => !elements.has(id)).map((id) => `whether “${id}” belongs to the record`),
  ]
  if (records.length === 0) {
    if (missing.length > 0) yield untold([node.id], missing)
    return
  }
  const visits = side.times.steps[at]?.visits ?? null
  yield firing({
    subject: [node.id],
    metric: (visits ?? 0) * records.length,
    minutes: minutesAt(side, at),
    // Another medium is no gain by itself: what the step costs then says more.
    endsQuietly: true,
    // A new check of safety protects, whatever it is made on.
    faint: side.name === 'future' && node.kind === 'check' && node.safety && (node.writes ?? []).length === 0,
    missing: visits === null ? ['a way out of a loop'] : [],
    severity: raised(side, [node], 'error'),
    facts: [
      factOf('store', node.medium, '', [node]),
      factOf('record items', records.join(', '), `${records.length} items`, [node]),
      ...(visits === null ? [] : [timeFact(side, 'visits', visits, 'per case')]),
    ],
  })
}

/** Workarounds that somebody saw: alive while the step that causes them is. */
function* declared(side: Side): Iterable<Firing> {
  const told = new Set<string>()
  for (const { at, node } of stepsOf(side)) {
    if (node.workaround === null) continue
    const cause = side.view.graph.nodes.get(node.workaround.cause)
    if (!cause) {
      yield untold([node.id], [`the step that causes the workaround “${node.label}”`])
      continue
    }
    const subject = idsOf([node, cause])
    for (const id of subject) told.add(id)
    yield alive(side, at, subject, node, cause, null)
  }
  if (side.name !== 'future') return
  for (const at of side.other.steps) {
    const node = side.other.nodes[at]
    const cause = node?.workaround ? side.other.graph.nodes.get(node.workaround.cause) : undefined
    if (!node || !cause) continue
    const still = side.trace.of([cause.id])
    const subject = [...new Set([...still, ...side.trace.of([node.id])])].sort()
    if (still.length === 0 || subject.some((id) => told.has(id))) continue
    yield alive(side, at, subject, node, cause, side.otherTimes.steps[at]?.visits ?? null)
  }
}

function alive(side: Side, at: number, subject: readonly string[], node: Node, cause: Node, visits: number | null): Firing {
  const often = visits ?? side.times.steps[at]?.visits ?? 0
  const nodes = subject.flatMap((id) => side.view.graph.nodes.get(id) ?? [])
  return firing({
    subject,
    metric: often,
    severity: raised(side, nodes, 'error'),
    facts: [
      factOf('workaround', node.label, '', [node]),
      factOf('because of', cause.label, 'still there', [cause]),
      timeFact(side, 'visits', often, 'per case'),
    ],
  })
}

function minutesAt(side: Side, at: number): number | null {
  const times = side.times.steps[at]
  return times?.touch === null || times?.touch === undefined || times.visits === null ? null : (times.touch * times.visits) / 60
}
