/** Who did what on a server, as a table for people and as FHIR AuditEvent (R4) for the clinic's own audit system. */
import type { Json } from '../canonical.ts'
import { csvLine } from '../values/spreadsheet.ts'

export interface Access {
  readonly id: number
  /** Id and name of the person; both empty where nobody is known, as for a sign-in that failed. */
  readonly person: string
  readonly name: string
  /** sign-in, session-ended, open, follow, read, key-read, export, refused, invite, remove … */
  readonly act: string
  readonly object: string
  readonly outcome: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Where a sign-in came from; empty for what needs a session. */
  readonly address: string
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

const columns = ['id', 'time', 'person', 'name', 'act', 'object', 'outcome', 'address'] as const

/** CSV for people: a name that a spreadsheet would run as a formula stays a text. */
export function accessCsv(rows: readonly Access[]): string {
  const lines = rows.map((row) => columns.map((column) => (column === 'time' ? instant(row.at) : row[column])))
  return [columns, ...lines].map((cells) => `${csvLine(cells, 'spreadsheet')}\n`).join('')
}

interface Kind {
  /** AuditEvent.action: C create, R read, U update, D delete, E execute. */
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E'
  /** Code and words of DICOM (PS3.16, context group 400); any other act is a request. */
  readonly type?: readonly [code: string, display: string]
  readonly subtype?: readonly [code: string, display: string]
}

const authentication = ['110114', 'User Authentication'] as const
const securityAlert = ['110113', 'Security Alert'] as const

const kinds: Readonly<Record<string, Kind>> = {
  'sign-in': { action: 'E', type: authentication, subtype: ['110122', 'Login'] },
  'session-ended': { action: 'E', type: authentication, subtype: ['110123', 'Logout'] },
  'device-added': { action: 'C', type: securityAlert, subtype: ['110137', 'User Security Attributes Changed'] },
  'device-revoked': { action: 'U', type: securityAlert, subtype: ['110137', 'User Security Attributes Changed'] },
  'passkey-added': { action: 'C', type: securityAlert, subtype: ['110137', 'User Security Attributes Changed'] },
  'passkey-dropped': { action: 'D', type: securityAlert, subtype: ['110137', 'User Security Attributes Changed'] },
  granted: { action: 'C', type: securityAlert, subtype: ['110136', 'Security Roles Changed'] },
  export: { action: 'R', type: ['110106', 'Export'] },
  follow: { action: 'R' },
  read: { action: 'R' },
  'key-read': { action: 'R' },
  'key-written': { action: 'C' },
  refused: { action: 'U' },
  moved: { action: 'U' },
  invite: { action: 'C' },
  'invite-withdrawn': { action: 'D' },
  remove: { action: 'D' },
  left: { action: 'D' },
}

/** A Bundle (collection) of AuditEvent resources. @param project null for what happened at the door of the server */
export function accessBundle(rows: readonly Access[], project: string | null, site: string): Json {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: rows.map((row) => ({ resource: auditEvent(row, project, site) })),
  }
}

function auditEvent(row: Access, project: string | null, site: string): Json {
  const { id, person, name, act, object, outcome, at, address } = row
  const { action, type, subtype } = kinds[act] ?? { action: 'E' }
  const dicom = 'http://dicom.nema.org/resources/ontology/DCM'
  return {
    resourceType: 'AuditEvent',
    id: `access-${id}`,
    type: type
      ? { system: dicom, code: type[0], display: type[1] }
      : { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'RESTful Operation' },
    subtype: [subtype ? { system: dicom, code: subtype[0], display: subtype[1] } : { display: act }],
    action,
    recorded: instant(at),
    // 0 success, 4 minor failure: the person was told no.
    outcome: outcome === 'ok' ? '0' : '4',
    ...(outcome === 'ok' ? {} : { outcomeDesc: outcome }),
    agent: [
      {
        // Who failed to sign in is nobody yet.
        ...(person === '' ? {} : { who: { identifier: { value: person }, display: name || person } }),
        requestor: true,
        // 2 is an address of the internet protocol.
        ...(address === '' ? {} : { network: { address, type: '2' } }),
      },
    ],
    source: { site, observer: { display: 'Carryover team server' } },
    entity: [{ ...(project === null ? {} : { what: { identifier: { value: project } } }), name: object }],
  }
}
