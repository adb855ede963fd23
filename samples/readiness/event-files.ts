/** Example files of the mock go-live and of the first openings: a script over the future maps, attendance by role, incidents, records opened. */
import {
  type Clinic,
  clinicalDepartments,
  departments,
  from,
  type InputName,
  moment,
  peoplePerDepartment,
  table,
  tasksOf,
} from './clinic.ts'

const event = 'Mock go-live'

export function eventFiles(clinic: Clinic): Partial<Record<InputName, string>> {
  const staff = departments.filter(({ profession }) => profession !== 'it')
  return {
    'mock-scenarios': scenarios(clinic),
    'mock-attendance': table('event held_on role planned present', [
      ...staff.map(({ role }, n) => [event, from(clinic, -20), role, peoplePerDepartment, peoplePerDepartment - (n % 2)]),
      [event, from(clinic, -20), 'Medical director', 1, 1],
    ]),
    'mock-incidents': table('id event opened_at severity what scenario owner closed_on tried_again_on', [
      [
        'I1',
        event,
        moment(from(clinic, -20), '09:40'),
        'critical',
        'Result stood under another patient of the same name',
        usualWay(clinic, 1),
        'Analyst',
        from(clinic, -17),
        from(clinic, -16),
      ],
      [
        'I2',
        event,
        moment(from(clinic, -20), '10:15'),
        'high',
        'Pharmacy got no order for 20 minutes',
        usualWay(clinic, 0),
        'Analyst',
        from(clinic, -18),
        from(clinic, -16),
      ],
      ['I3', event, moment(from(clinic, -20), '11:05'), 'low', 'Label printed twice', '', 'Front desk lead', '', ''],
    ]),
    'first-openings': table(
      'department role opened_on opened complete missing mended_on',
      clinicalDepartments.map(({ name, role }, n) =>
        n === 0
          ? [name, role, from(clinic, -10), 12, 11, 'one list of problems ended in 2019', from(clinic, -7)]
          : [name, role, from(clinic, -10), 12, 12, '', ''],
      ),
    ),
  }
}

/** The scenario of a map; of the first where the clinic has fewer. */
function usualWay({ workflows }: Clinic, n: number): string {
  return `${(workflows[n] ?? workflows[0])?.id}, usual way`
}

/** Each future map once end to end; the first scenario failed in the morning and passed after it was mended. */
function scenarios(clinic: Clinic): string {
  const rows = clinic.workflows.flatMap(({ id }, n) => {
    const tasks = tasksOf(clinic).filter(({ workflow }) => workflow === id)
    const row = (day: number, clock: string, result: string) => [
      event,
      usualWay(clinic, n),
      id,
      tasks.map(({ node }) => node.label).join(';'),
      [...new Set(tasks.map(({ role }) => role))].join(';'),
      moment(from(clinic, day), clock),
      result,
      'Nurse lead',
    ]
    // What went wrong was mended within days, so every script is played once more after that.
    return [row(-20, `${10 + (n % 7)}:00`, n === 0 ? 'fail' : 'pass'), row(-16, `${10 + (n % 7)}:00`, 'pass')]
  })
  // The file of a clinic with one map alone has two rows as well: downtime is played in every mock go-live.
  const drill = [
    event,
    'Two hours without the system',
    'downtime',
    'Paper forms',
    'Nurse',
    moment(from(clinic, -20), '14:00'),
    'pass',
    'Nurse lead',
  ]
  return table('event scenario workflow steps roles started_at result witness', [...rows, drill])
}
