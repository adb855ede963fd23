/** Input files about people and what they decide: who works where and when, what they learned and can do, what they say, and what they ask for. */
import { choice, day, flag, list, moment, needed, number, person, text } from './column.ts'
import { matters } from './governance-files.ts'
import { inputFile } from './input-file.ts'

export const roster = inputFile({
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

export const lms = inputFile({
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

export const competency = inputFile({
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

export const shifts = inputFile({
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

export const survey = inputFile({
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

export const observations = inputFile({
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

export const customizations = inputFile({
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

export const decisions = inputFile({
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
    matter: choice(matters, 'what it is, as the governance names it'),
    decided_by: text('who decided, by name'),
    escalated_to: text('role that decided after a dispute'),
  },
  example:
    'id,made_at,deciders,quorum,choice,artifact,clinical_deciders\nD1,2026-04-01T15:00:00+02:00,chief nurse;medical director;IT lead,3,paper approvals are dropped,refill,2\nD2,2026-05-01T15:00:00+02:00,IT lead,3,go live in November,plan,0\n',
})

export const feedback = inputFile({
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
