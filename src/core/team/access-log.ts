/** Who looked at what on a server, as a table for people and as FHIR AuditEvent (R4) for the clinic's own audit system. */
import type { Json } from '../canonical.ts'
import { csvLine } from '../values/spreadsheet.ts'

export interface Access {
  readonly id: number
  /** Id and name of the person. */
  readonly person: string
  readonly name: string
  /** open, follow, read, refused, invite, remove … */
  readonly act: string
  readonly object: string
  readonly outcome: string
  /** Milliseconds since 1970. */
  readonly at: number
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

/** CSV for people: a name that a spreadsheet would run as a formula stays a text. */
export function accessCsv(rows: readonly Access[]): string {
  const lines = rows.map(({ id, at, person, name, act, object, outcome }) => [
    id,
    instant(at),
    person,
    name,
    act,
    object,
    outcome,
  ])
  const head = ['id', 'time', 'person', 'name', 'act', 'object', 'outcome']
  return [head, ...lines].map((cells) => `${csvLine(cells, 'spreadsheet')}\n`).join('')
}

/** Codes of AuditEvent.action: C create, R read, U update, D delete, E execute. */
const actions: Readonly<Record<string, string>> = {
  open: 'E',
  follow: 'R',
  read: 'R',
  refused: 'U',
  invite: 'C',
  remove: 'D',
}

/** A Bundle (collection) of AuditEvent resources. */
export function accessBundle(rows: readonly Access[], project: string, site: string): Json {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: rows.map((row) => ({ resource: auditEvent(row, project, site) })),
  }
}

function auditEvent({ id, person, name, act, object, outcome, at }: Access, project: string, site: string): Json {
  return {
    resourceType: 'AuditEvent',
    id: `access-${id}`,
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'RESTful Operation' },
    subtype: [{ display: act }],
    action: actions[act] ?? 'E',
    recorded: instant(at),
    // 0 success, 4 minor failure: the person was told no.
    outcome: outcome === 'ok' ? '0' : '4',
    ...(outcome === 'ok' ? {} : { outcomeDesc: outcome }),
    agent: [{ who: { identifier: { value: person }, display: name }, requestor: true }],
    source: { site, observer: { display: 'Carryover team server' } },
    entity: [{ what: { identifier: { value: project } }, name: object }],
  }
}
