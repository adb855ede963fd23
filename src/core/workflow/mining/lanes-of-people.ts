/** Which lane a person of a log belongs to: said by the map, or because the log names roles. */
import { namesRoles } from '../log/columns.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Graph } from '../map/workflow.ts'
import { normalForm } from './labels.ts'

export interface LaneJoin {
  /** Lane of an event by its number in the log; `not drawn: …` for a role that the map has no lane for, null where nobody can say. */
  laneOf(event: number): string | null
  /** True where at least one event has a lane. */
  readonly judged: boolean
}

/** The attribute that names roles, by number in the log's attributes; null where there is none. */
export function roleColumn(log: EventLog): EventLog['eventAttributes'][number] | null {
  return log.eventAttributes.find(({ name, values }) => namesRoles(name) && values.length > 0) ?? null
}

/** A lane names its people in `resources`; else a person or role is in the lane that is named like it. */
export function joinLanes(log: EventLog, graph: Graph): LaneJoin {
  const byName = new Map<string, string>()
  for (const lane of graph.lanes.values()) {
    for (const name of [lane.id, lane.label]) byName.set(normalForm(name), lane.id)
    const { resources } = lane.extra
    if (Array.isArray(resources))
      for (const name of resources) if (typeof name === 'string') byName.set(normalForm(name), lane.id)
  }
  const roles = roleColumn(log)
  const laneNamed = (name: string): string | null => byName.get(normalForm(name)) ?? null
  const known = (roles?.values ?? []).map(laneNamed)
  // Where the log names roles of the map, a role that the map does not know is another lane; a person that it does not know may be of any.
  const ofRole = known.some((lane) => lane !== null)
    ? known.map((lane, index) => lane ?? `not drawn: ${roles?.values[index]}`)
    : known
  const ofPerson = log.resources.map(laneNamed)
  const laneOf = (event: number): string | null => {
    const role = roles?.codes[event] ?? -1
    if (role >= 0 && ofRole[role]) return ofRole[role] ?? null
    return ofPerson[log.resource[event] ?? -1] ?? null
  }
  return { laneOf, judged: ofRole.some((lane) => lane !== null) || ofPerson.some((lane) => lane !== null) }
}
