/** Every kind of input file a clinic can give, with its columns (readiness.md §4); required columns are `needed`. People, plans and operation have files of their own. */
import { choice, flag, moment, needed, number, patient, person, text } from './column.ts'
import { eventFiles } from './event-files.ts'
import { governanceFiles } from './governance-files.ts'
import { type InputTable, inputFile } from './input-file.ts'
import { operationFiles } from './operation-files.ts'
import { competency, customizations, decisions, feedback, lms, observations, roster, shifts, survey } from './people-files.ts'
import { planFiles } from './plan-files.ts'

const tickets = inputFile({
  kind: 'tickets',
  title: 'Help desk tickets',
  found: 'export of the help desk',
  happened: ['opened_at', 'closed_at', 'acknowledged_at'],
  log: true,
  key: ['ticket_id'],
  columns: {
    ticket_id: needed(text('ticket')),
    opened_at: needed(moment('when it was opened')),
    status: needed(text('state')),
    department: needed(text('where from')),
    closed_at: moment('when it was closed'),
    acknowledged_at: moment('when somebody answered'),
    priority: choice(['P1', 'P2', 'P3', 'P4'], 'priority'),
    role: text('role of who opened it'),
    task_id: text('task'),
    category: choice(
      ['slow', 'clicks', 'fit', 'support', 'reports', 'access', 'data', 'training', 'defect', 'other'],
      'what it is about',
    ),
    out_of_scope: flag('refused as out of scope'),
    reopened: flag('opened again'),
    paper_fallback: flag('people went back to paper'),
    safety: flag('a patient could be harmed'),
  },
  example:
    'ticket_id,opened_at,status,department,closed_at,priority,category\nT1,2026-11-02T08:10:00+01:00,closed,Ward 2,2026-11-02T11:00:00+01:00,P2,slow\nT2,2026-11-02T13:40:00+01:00,open,Front desk,,P3,training\n',
})

const bookings = inputFile({
  kind: 'bookings',
  title: 'Bookings of patients',
  found: 'appointment book of the system you leave',
  happened: ['created_at'],
  key: ['booking_id'],
  columns: {
    booking_id: needed(text('booking')),
    clinic: needed(text('clinic or department')),
    start: needed(moment('when')),
    minutes: needed(number('length in minutes')),
    status: needed(choice(['booked', 'arrived', 'completed', 'cancelled', 'no-show'], 'state')),
    patient_key: patient(),
    created_at: moment('when it was made'),
  },
  example:
    'booking_id,clinic,start,minutes,status\nB1,Family,2026-11-02T09:00:00+01:00,20,booked\nB2,Family,2026-11-02T09:20:00+01:00,20,completed\n',
})

const events = inputFile({
  kind: 'events',
  title: 'Use of the system',
  found: 'audit log or event log of the system',
  happened: ['timestamp'],
  once: true,
  log: true,
  columns: {
    case_id: needed(text('case')),
    activity: needed(text('what was done')),
    timestamp: needed(moment('when')),
    lifecycle: choice(['start', 'complete'], 'begin or end'),
    resource: person('who did it'),
    role: text('role'),
    department: text('where'),
    task_id: text('task'),
    medium: text('paper, screen, inbox …'),
    action: choice(['view', 'enter', 'order', 'message', 'export', 'print', 'login'], 'kind of action'),
    element: text('piece of information'),
  },
  example:
    'case_id,activity,timestamp,role,action\nC1,Open refill task,2026-11-02T08:00:00+01:00,Nurse,view\nC1,Approve in inbox,2026-11-02T08:20:00+01:00,Clinician,order\n',
})

export const testLevels = ['unit', 'integration', 'interface', 'load'] as const
export const testAreas = ['order-entry', 'result-routing', 'patient-identification', 'reporting', 'downtime'] as const

const tests = inputFile({
  kind: 'tests',
  title: 'Test results',
  found: 'test plan, or JUnit XML of the vendor',
  happened: ['run_at'],
  log: true,
  columns: {
    test_id: needed(text('test')),
    level: needed(choice(testLevels, 'level')),
    area: needed(choice(testAreas, 'area')),
    run_at: needed(moment('when')),
    result: needed(choice(['pass', 'fail', 'error', 'skipped'], 'result')),
    build: text('version tested'),
    seconds: number('how long it took'),
    users: number('users at once'),
    per_hour: number('cases per hour'),
    p95_ms: number('95th percentile of the response in milliseconds'),
    error_rate: number('share of errors'),
    evidence: text('where the log is'),
  },
  example:
    'test_id,level,area,run_at,result\norders-1,integration,order-entry,2026-10-20T10:00:00+02:00,pass\nload-1,load,order-entry,2026-10-21T10:00:00+02:00,fail\n',
})

const interfaces = inputFile({
  kind: 'interfaces',
  title: 'Integration map',
  found: 'list of interfaces with the vendor',
  key: ['edge_id'],
  columns: {
    edge_id: needed(text('interface')),
    from: needed(text('sending system')),
    to: needed(text('receiving system')),
    direction: choice(['one-way', 'two-way'], 'direction'),
    standard: text('standard and version, such as HL7 v2.5.1 or FHIR R4'),
    trigger: text('what starts a message'),
    peak_per_hour: number('messages in the peak hour'),
    service: text('agreed service, such as 99.5 %'),
    retry: text('what happens when it fails'),
    downtime: text('what people do while it is down'),
    owner: text('who answers for it'),
    clause: text('clause of the contract'),
    test_evidence: text('test that proves it'),
    critical: flag('patients depend on it'),
    phase: text('when it is built'),
  },
  example:
    'edge_id,from,to,direction,standard,trigger,peak_per_hour,service,retry,downtime,owner,clause\nlab,LabSys,OpenChart,two-way,HL7 v2.5.1,result released,120,99.5 %,3 times in 15 min,print results,IT lead,§4.2\npacs,PACS,OpenChart,one-way,DICOM,study stored,20,99 %,,,,\n',
})

const messages = inputFile({
  kind: 'messages',
  title: 'Messages of interfaces',
  found: 'log of the interface engine',
  happened: ['sent_at', 'received_at'],
  log: true,
  columns: {
    edge_id: needed(text('interface')),
    message_id: needed(text('message')),
    sent_at: needed(moment('when it was sent')),
    received_at: moment('when it arrived'),
    ack: choice(['AA', 'AE', 'AR'], 'acknowledgement'),
    attempt: number('which attempt'),
  },
  example:
    'edge_id,message_id,sent_at,received_at,ack\nlab,M1,2026-10-20T10:00:00+02:00,2026-10-20T10:00:01+02:00,AA\nlab,M2,2026-10-20T10:01:00+02:00,,\n',
})

export const inputFiles = {
  roster,
  lms,
  competency,
  tickets,
  shifts,
  bookings,
  events,
  tests,
  interfaces,
  messages,
  survey,
  observations,
  customizations,
  decisions,
  feedback,
  ...planFiles,
  ...operationFiles,
  ...governanceFiles,
  ...eventFiles,
} as const

export type InputKind = keyof typeof inputFiles

export const inputKindNames = Object.keys(inputFiles) as readonly InputKind[]

/** Where a project keeps the file of a kind; numbers of persons in it are keyed hashes. */
export function inputPath(kind: InputKind): string {
  return `readiness/${kind}.csv`
}

/** How the paths of agreements to a file begin. */
export function agreementsPath(kind: InputKind): string {
  return `readiness/agreements/${kind}-`
}

/** Input files by kind, each as its rows. */
export type InputEvidence = {
  readonly [K in InputKind]: InputTable<(typeof inputFiles)[K]['columns']>
}
