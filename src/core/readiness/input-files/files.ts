/** Every kind of input file a clinic can give, with its columns (readiness.md §4); required columns are `needed`. Plans and operation have files of their own. */
import { choice, day, flag, list, moment, needed, number, patient, person, text } from './column.ts'
import { inputFile } from './input-file.ts'
import { operationFiles } from './operation-files.ts'
import { planFiles } from './plan-files.ts'

const roster = inputFile({
  kind: 'roster',
  title: 'Roster of people',
  found: 'personnel list of the clinic or of the project',
  happened: ['accepted_on'],
  key: ['person_id', 'role', 'department'],
  columns: {
    person_id: needed(person()),
    role: needed(text('what the person does')),
    department: needed(text('where')),
    site: text('site'),
    profession: choice(['clinical', 'it', 'admin', 'other'], 'kind of profession'),
    start: day('first day'),
    end: day('last day'),
    super_user: flag('trained to help others'),
    lead_user: flag('respected early adopter'),
    project_hours_per_week: number('hours for the project per week'),
    senior_owner: flag('answers for the change as a senior clinician'),
    accepted_on: day('when the owner accepted this in writing'),
  },
  example:
    'person_id,role,department,profession,super_user\n1001,Nurse,Ward 2,clinical,yes\n1002,Receptionist,Front desk,admin,no\n',
})

const lms = inputFile({
  kind: 'lms',
  title: 'Training records',
  found: 'export of the learning system',
  columns: {
    person_id: needed(person()),
    module_id: needed(text('module')),
    start: needed(moment('when it began')),
    minutes: needed(number('length in minutes')),
    status: needed(choice(['assigned', 'attended', 'completed'], 'how far it came')),
    task_ids: list('tasks that it teaches'),
    roles_intended: list('roles that it is meant for'),
    format: choice(['video', 'e-learning', 'instructor', 'simulation', 'at-elbow', 'reference'], 'form'),
    session_id: text('session, for classes'),
    hands_on: flag('people practised'),
    score: number('points reached'),
    pass_mark: number('points needed'),
  },
  example:
    'person_id,module_id,start,minutes,status,task_ids,format\n1001,refills-1,2026-09-01T09:00:00+02:00,45,completed,refill;renewal,instructor\n1002,booking-1,2026-09-02T09:00:00+02:00,50,attended,booking,e-learning\n',
})

const competency = inputFile({
  kind: 'competency',
  title: 'Competency results',
  found: 'results of practical tests',
  happened: ['taken_at'],
  log: true,
  columns: {
    person_id: needed(person()),
    task_id: needed(text('task')),
    item_id: needed(text('test item')),
    taken_at: needed(moment('when')),
    result: needed(choice(['pass', 'fail'], 'result')),
    assessor_id: person('who judged it'),
    attempt: number('which attempt'),
  },
  example:
    'person_id,task_id,item_id,taken_at,result\n1001,refill,r1,2026-10-01T10:00:00+02:00,pass\n1002,booking,b1,2026-10-01T11:00:00+02:00,fail\n',
})

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

const shifts = inputFile({
  kind: 'shifts',
  title: 'Shifts of staff',
  found: 'duty roster',
  key: ['shift_id', 'department', 'function', 'person_id', 'start'],
  columns: {
    shift_id: needed(text('shift')),
    department: needed(text('where')),
    start: needed(moment('begin')),
    end: needed(moment('end')),
    function: needed(choice(['clinical', 'super-user', 'at-elbow', 'it', 'command'], 'what the person is there for')),
    person_id: person(),
  },
  example:
    'shift_id,department,start,end,function,person_id\nS1,Ward 2,2026-11-02T07:00:00+01:00,2026-11-02T15:00:00+01:00,clinical,1003\nS2,Ward 2,2026-11-02T07:00:00+01:00,2026-11-02T15:00:00+01:00,super-user,1001\n',
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

const survey = inputFile({
  kind: 'survey',
  title: 'Readiness survey',
  found: 'answers of a questionnaire',
  key: ['respondent_id', 'role', 'question_id', 'method'],
  columns: {
    respondent_id: needed(person('who answered')),
    role: needed(text('role')),
    question_id: needed(text('question')),
    value: needed(number('answer')),
    scale_max: number('highest answer'),
    method: choice(['survey', 'focus-group', 'observation'], 'how it was asked'),
  },
  example: 'respondent_id,role,question_id,value,scale_max\n1001,Nurse,support,4,5\n1002,Receptionist,support,2,5\n',
})

const observations = inputFile({
  kind: 'observations',
  title: 'Timed observations',
  found: 'walk-throughs with a stopwatch, in the old and in the new system',
  happened: ['started_at'],
  log: true,
  columns: {
    task_id: needed(text('task')),
    role: needed(text('role')),
    system: needed(choice(['old', 'new'], 'which system')),
    started_at: needed(moment('when')),
    seconds: needed(number('how long')),
    clicks: number('clicks'),
    keys: number('keys'),
    screens: number('screens'),
    person_id: person('who did it; the same person in both systems makes a pair'),
    interruptions: number('interruptions'),
    interrupted_seconds: number('length of the interruptions, not part of the seconds'),
    discarded: text('why the run does not count'),
    observer_id: person('who watched'),
    shift_id: text('shift'),
    department: text('where'),
  },
  example:
    'task_id,role,system,started_at,seconds,clicks\nvitals,Nurse,old,2026-05-03T09:00:00+02:00,95,0\nvitals,Nurse,new,2026-09-03T09:00:00+02:00,120,14\n',
})

const customizations = inputFile({
  kind: 'customizations',
  title: 'Customization register',
  found: 'list of changes asked of the vendor',
  happened: ['opened', 'closed'],
  key: ['id'],
  columns: {
    id: needed(text('number')),
    area: needed(text('area')),
    class: needed(choice(['law', 'contract', 'safety', 'always-done'], 'why it must be')),
    core: flag('changes a core workflow'),
    evidence: text('what proves the need'),
    owner: text('who answers for it'),
    expires: day('when it is looked at again'),
    upgrade_effect: text('what it does to upgrades'),
    cost: number('cost'),
    alternative: text('change of the process instead'),
    opened: day('when it was asked for'),
    closed: day('when it was done or dropped'),
  },
  example:
    'id,area,class,core,evidence,owner,expires,upgrade_effect,cost\nC1,Billing,law,no,Act §12,Billing lead,2027-06-01,retest,4000\nC2,Orders,always-done,yes,,,,,\n',
})

const decisions = inputFile({
  kind: 'decisions',
  title: 'Decision log',
  found: 'minutes of the steering committee',
  happened: ['made_at', 'asked_at'],
  key: ['id'],
  columns: {
    id: needed(text('number')),
    made_at: needed(moment('when')),
    deciders: needed(list('who decided, by role')),
    quorum: needed(number('how many are needed')),
    choice: needed(text('what was decided')),
    artifact: needed(text('what it is about')),
    clinical_deciders: number('how many of them are clinicians'),
    options: list('options weighed'),
    trade_off: text('what was given up'),
    asked_at: moment('when it was asked for'),
    responsible: text('who does it'),
    accountable: text('who answers for it'),
  },
  example:
    'id,made_at,deciders,quorum,choice,artifact,clinical_deciders\nD1,2026-04-01T15:00:00+02:00,chief nurse;medical director;IT lead,3,paper approvals are dropped,refill,2\nD2,2026-05-01T15:00:00+02:00,IT lead,3,go live in November,plan,0\n',
})

const feedback = inputFile({
  kind: 'feedback',
  title: 'Feedback of staff',
  found: 'ideas and complaints box',
  happened: ['opened_at', 'closed_at'],
  log: true,
  key: ['id'],
  columns: {
    id: needed(text('number')),
    opened_at: needed(moment('when')),
    role: needed(text('role')),
    text_digest: needed(text('digest of the text, which stays where it is')),
    closed_at: moment('when it was answered'),
    reason: text('what was done, or why not'),
  },
  example:
    'id,opened_at,role,text_digest,closed_at,reason\nF1,2026-09-01T10:00:00+02:00,Nurse,a1,2026-09-05T10:00:00+02:00,order set added\nF2,2026-09-03T10:00:00+02:00,Clinician,b2,,\n',
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
} as const

export type InputKind = keyof typeof inputFiles

export const inputKindNames = Object.keys(inputFiles) as readonly InputKind[]

/** Where a project keeps the file of a kind; numbers of persons in it are keyed hashes. */
export function inputPath(kind: InputKind): string {
  return `readiness/${kind}.csv`
}
