/** Input files of the mock go-live as an event, and of the first opening of real records: script, attendance, incidents, openings. */
import { choice, day, list, moment, needed, number, text } from './column.ts'
import { inputFile } from './input-file.ts'

export const eventFiles = {
  'mock-scenarios': inputFile({
    kind: 'mock-scenarios',
    title: 'Script of the mock go-live',
    found: 'script of the rehearsal day, with what came of each scenario',
    happened: ['started_at', 'ended_at'],
    log: true,
    columns: {
      event: needed(text('which mock go-live')),
      scenario: needed(text('number or name in the script')),
      workflow: needed(text('workflow')),
      steps: needed(list('steps of the future workflow that it plays')),
      roles: needed(list('roles that play it')),
      started_at: needed(moment('begin, of the last try')),
      ended_at: moment('end'),
      result: needed(choice(['pass', 'fail', 'not-run'], 'result')),
      witness: text('role that watched and noted it'),
    },
    example:
      'event,scenario,workflow,steps,roles,started_at,result,witness\nMock 1,Refill with an allergy,refill,Check record;Send order,Nurse;Clinician,2026-10-05T09:00:00+02:00,pass,Nurse lead\nMock 1,Result at night,lab-results,Read result,Clinician,2026-10-05T10:00:00+02:00,fail,Nurse lead\n',
  }),
  'mock-attendance': inputFile({
    kind: 'mock-attendance',
    title: 'Attendance of the mock go-live',
    found: 'list at the door of the rehearsal day, counted by role',
    happened: ['held_on'],
    log: true,
    key: ['event', 'role'],
    columns: {
      event: needed(text('which mock go-live')),
      held_on: needed(day('when')),
      role: needed(text('role')),
      planned: needed(number('people planned')),
      present: needed(number('people who were there')),
    },
    example: 'event,held_on,role,planned,present\nMock 1,2026-10-05,Nurse,8,7\nMock 1,2026-10-05,Clinician,6,3\n',
  }),
  'mock-incidents': inputFile({
    kind: 'mock-incidents',
    title: 'Incidents of the mock go-live',
    found: 'log of the command centre on the rehearsal day',
    happened: ['opened_at', 'closed_on', 'tried_again_on'],
    log: true,
    key: ['id'],
    columns: {
      id: needed(text('number')),
      event: needed(text('which mock go-live')),
      opened_at: needed(moment('when')),
      severity: needed(choice(['critical', 'high', 'medium', 'low'], 'critical: a patient could be harmed; high: work stops')),
      what: needed(text('what happened')),
      scenario: text('scenario in which it happened'),
      owner: text('who answers for it'),
      closed_on: day('when it was mended'),
      tried_again_on: day('when the scenario passed again'),
    },
    example:
      'id,event,opened_at,severity,what,scenario,owner,closed_on,tried_again_on\nI1,Mock 1,2026-10-05T10:20:00+02:00,critical,Result shown under another patient,Result at night,IT lead,2026-10-09,2026-10-12\nI2,Mock 1,2026-10-05T11:00:00+02:00,low,Label prints twice,,IT lead,,\n',
  }),
  'first-openings': inputFile({
    kind: 'first-openings',
    title: 'First openings of real records',
    found: 'clinicians open the migrated records of patients whom they see next, and say what is missing',
    happened: ['opened_on', 'mended_on'],
    log: true,
    key: ['department', 'role', 'opened_on'],
    columns: {
      department: needed(text('department')),
      role: needed(text('role that opened them')),
      opened_on: needed(day('when')),
      opened: needed(number('records opened')),
      complete: needed(number('records in which nothing was missing or wrong')),
      missing: text('what was missing, without names'),
      mended_on: day('when what was missing was mended and opened again'),
    },
    example:
      'department,role,opened_on,opened,complete,missing,mended_on\nFamily medicine,Clinician,2026-10-12,12,12,,\nNursing,Nurse,2026-10-12,12,10,allergies of two patients,\n',
  }),
} as const
