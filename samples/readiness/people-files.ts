/** Example files about people: who they are, what they learned, when they work, what they say. */
import { addDays } from '../../src/core/values/day.ts'
import {
  type Clinic,
  clinicalDepartments,
  departments,
  done,
  from,
  type InputName,
  moment,
  peoplePerDepartment,
  personOf,
  range,
  table,
  tasksOf,
} from './clinic.ts'

const people = departments.flatMap((department, d) =>
  range(peoplePerDepartment).map((n) => ({ ...department, id: personOf(d, n), d, n })),
)

export function peopleFiles(clinic: Clinic): Partial<Record<InputName, string>> {
  return {
    roster: roster(clinic),
    lms: lms(clinic),
    competency: competency(clinic),
    screening: table('person_id skill score needed extra_track', [
      ['1000', 'keyboard', 7, 6, ''],
      ...people.map(({ id, n }) => [id, 'keyboard', n === 1 ? 5 : 8, 6, n === 1 ? 'Basics' : '']),
    ]),
    shifts: shifts(clinic),
    survey: survey(),
    feedback: feedback(clinic),
    communication: communication(clinic),
    'training-plan': table(
      'month hours topic',
      range(clinic.flaws.has('training-ends') ? 5 : 12).map((n) => [n + 1, 8, n === 2 ? 'refresher' : 'new staff']),
    ),
  }
}

function roster(clinic: Clinic): string {
  const hours = clinic.flaws.has('owner-without-hours') ? 1 : 8
  const owner = [
    '1000',
    'Medical director',
    'Family medicine',
    'clinical',
    'no',
    'no',
    hours,
    'yes',
    addDays(clinic.goLive, -400),
  ]
  return table('person_id role department profession super_user lead_user project_hours_per_week senior_owner accepted_on', [
    owner,
    ...people.map(({ id, role, name, profession, n }) => [
      id,
      role,
      name,
      profession,
      n < 2 ? 'yes' : 'no',
      n === 0 ? 'yes' : 'no',
      n === 0 ? 4 : '',
      'no',
      '',
    ]),
  ])
}

/** Modules of at most four tasks of one role, 45 minutes each, two weeks apart; a course after the tickets about a task. */
function lms(clinic: Clinic): string {
  const roles = new Map<string, string[]>()
  for (const { role, node } of tasksOf(clinic)) roles.set(role, [...(roles.get(role) ?? []), node.label])
  const rows = [...roles].flatMap(([role, tasks]) => {
    const taught = people.filter((person) => person.role === role)
    const learners = taught.length > 0 ? taught.map(({ id }) => id) : [personOf(0, 0)]
    // A role of few tasks practises them a second time.
    return range(Math.max(2, Math.ceil(tasks.length / 4))).flatMap((module) => {
      const own = tasks.slice(4 * module, 4 * module + 4)
      const name = `${role} ${module + 1}`
      const day = addDays(clinic.goLive, -60 + 14 * module)
      return learners.map((id) => [
        id,
        name,
        moment(day, '09:00'),
        45,
        'completed',
        (own.length > 0 ? own : tasks.slice(0, 4)).join(';'),
        role,
        module === 0 ? 'instructor' : 'simulation',
        `${name}, ${day}`,
        'yes',
      ])
    })
  })
  const asked = tasksOf(clinic)[0]
  const again = asked
    ? [
        [
          people.find(({ role }) => role === asked.role)?.id ?? personOf(0, 0),
          'After tickets',
          moment(from(clinic, -30), '09:00'),
          20,
          'completed',
          asked.node.label,
          asked.role,
          'at-elbow',
          'After tickets',
          'yes',
        ],
      ]
    : []
  return table('person_id module_id start minutes status task_ids roles_intended format session_id hands_on', [...rows, ...again])
}

/** Everybody but the analysts passed each task of the role before go-live, and again two months after it. */
function competency(clinic: Clinic): string {
  const tested = [{ id: '1000', role: 'Medical director' }, ...people.filter(({ profession }) => profession !== 'it')]
  const failing = personOf(1, 5)
  const labels = new Map<string, string[]>()
  for (const { role, node } of tasksOf(clinic)) labels.set(role, [...(labels.get(role) ?? []), node.label])
  const tasks = (role: string): readonly string[] => labels.get(role) ?? [`tasks of ${role.toLowerCase()}`]
  const rows = (id: string, role: string, day: string, attempt: number) =>
    tasks(role).map((task) => [id, task, 'practical test', moment(day, '10:00'), 'pass', attempt])
  return table('person_id task_id item_id taken_at result attempt', [
    ...tested.flatMap(({ id, role }) => rows(id, role, addDays(clinic.goLive, -30), 1)),
    ...(addDays(clinic.goLive, 60) <= clinic.asOf
      ? tested.flatMap(({ id, role }) => rows(id, role, addDays(clinic.goLive, 60), 2))
      : []),
    ...(clinic.flaws.has('nurse-failed')
      ? [[failing, tasks('Nurse')[0] ?? '', 'practical test', moment(from(clinic, -5), '10:00'), 'fail', 3]]
      : []),
  ])
}

/** Sixteen days up to the board and as many from go-live on, two people a day with a super-user at the elbow. */
function shifts(clinic: Clinic): string {
  const days = new Set([...range(16).map((n) => from(clinic, n - 16)), ...range(16).map((n) => addDays(clinic.goLive, n))])
  return table(
    'shift_id department start end function person_id',
    [...days].toSorted().flatMap((day, n) =>
      clinicalDepartments.flatMap(({ name }, d) => {
        return [
          [`C${n}-${d}`, name, moment(day, '07:00'), moment(day, '19:00'), 'clinical', personOf(d, 3)],
          [`D${n}-${d}`, name, moment(day, '07:00'), moment(day, '19:00'), 'clinical', personOf(d, 4)],
          [`E${n}-${d}`, name, moment(day, '06:45'), moment(day, '19:15'), 'at-elbow', personOf(d, 0)],
        ]
      }),
    ),
  )
}

function survey(): string {
  const questions = ['attitude', 'infrastructure', 'resources']
  return table(
    'respondent_id role question_id value scale_max method',
    people.flatMap(({ id, role, n }) => questions.map((question) => [id, role, question, n === 0 ? 3 : 4, 5, 'survey'])),
  )
}

function feedback(clinic: Clinic): string {
  const rows = clinicalDepartments.map(({ role }, n) => [
    `F${n + 1}`,
    moment(from(clinic, -60 + n), '10:00'),
    role,
    `digest-${n + 1}`,
    moment(from(clinic, -50 + n), '10:00'),
    'order set added',
  ])
  const open = clinic.flaws.has('feedback-unanswered') ? 45 : 6
  return table('id opened_at role text_digest closed_at reason', [
    ...rows,
    ['F9', moment(from(clinic, -open), '10:00'), 'Nurse', 'digest-9', '', ''],
  ])
}

function communication(clinic: Clinic): string {
  const parts = ['why', 'timeline', 'support', 'feedback', 'success']
  return table(
    'role part sent_on people reached good_until',
    departments.flatMap(({ role }) =>
      parts.map((part) => [role, part, done(clinic, from(clinic, -20)), 20, 19, from(clinic, 60)]),
    ),
  )
}
