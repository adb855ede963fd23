/** Example files about go-live and the year after: bookings, messages, lines to call, ownership, quality, burden. */
import { addDays, daysBetween } from '../../src/core/values/day.ts'
import { type Clinic, clinicalDepartments, done, from, type InputName, moment, monthBefore, range, table } from './clinic.ts'
import { interfaceIds } from './integration-map.ts'
import { filesOfUse } from './use-files.ts'

export function operationFiles(clinic: Clinic): Partial<Record<InputName, string>> {
  const { flaws } = clinic
  return {
    ...filesOfUse(clinic),
    bookings: bookings(clinic),
    messages: table(
      'edge_id message_id sent_at received_at ack attempt',
      interfaceIds.flatMap((edge) =>
        range(20).map((n) => {
          const clock = `10:${String(n + 10)}`
          return [
            edge,
            `${edge}-${n}`,
            `${from(clinic, -24)}T${clock}:00+01:00`,
            `${from(clinic, -24)}T${clock}:01+01:00`,
            'AA',
            1,
          ]
        }),
      ),
    ),
    contacts: table('branch level role number tested_at answered minutes', [
      ['orders', 1, 'Super-user', 'ext. 11', moment(from(clinic, -6), '10:00'), 'yes', 2],
      ['orders', 2, 'Vendor', 'ext. 12', moment(from(clinic, -6), '10:20'), 'yes', 9],
      ['results', 1, 'Super-user', 'ext. 13', moment(from(clinic, -6), '11:00'), 'yes', 3],
      [
        'results',
        2,
        'Laboratory lead',
        'ext. 14',
        moment(from(clinic, -6), '11:20'),
        ...(flaws.has('line-unanswered') ? ['no', ''] : ['yes', 6]),
      ],
    ]),
    'stop-rules': table('id measure limit agreed_on agreed_by highest decided_on cause', [
      ['S1', 'orders lost per day', 1, addDays(clinic.goLive, -45), 'Medical director', 0, '', ''],
      ['S2', 'hours without results', 4, addDays(clinic.goLive, -45), 'Medical director', 1, '', ''],
    ]),
    strain: table(
      'week overtime_hours open_tickets rework cancelled',
      range(10).map((n) => [from(clinic, -77 + 7 * n), flaws.has('overtime-rises') && n >= 8 ? 45 : 30, 12, 6, 1]),
    ),
    areas: table('area owner deputy open_requests median_days', [
      ['Orders', 'Pharmacist', 'Nurse lead', 4, 6],
      ['Results', 'Laboratory lead', 'Nurse lead', 2, 5],
      ['Reports', ...(flaws.has('area-unowned') ? ['', ''] : ['Analyst', 'Front desk lead']), 5, 12],
    ]),
    activities: table('activity part owner done_on next_on', [
      ['Install servers', 'implementation', 'Analyst', from(clinic, -200), ''],
      ['Load the records', 'implementation', 'Data lead', done(clinic, clinic.goLive), ''],
      ...['order sets', 'alerts', 'reports', 'access', 'templates'].map((what, n) => [
        `Review ${what}`,
        'configuration',
        'Pharmacist',
        from(clinic, -30),
        from(clinic, 30 + n),
      ]),
    ]),
    checkpoints: table(
      'month due_on held_on outcome',
      [1, 2, 3, 4, 6, 9, 12].map((month) => {
        const due = addDays(clinic.goLive, Math.round(month * 30.4))
        return [month, due, done(clinic, due), due <= clinic.asOf ? 'go on' : '']
      }),
    ),
    quality: table(
      'measure month met of owner',
      ['allergies complete', 'notes closed the same day'].flatMap((measure, m) =>
        range(5).map((n) => [measure, monthBefore(clinic, 5 - n), 182 + n - 4 * m, 200, 'Nurse lead']),
      ),
    ),
    worklists: table('defect owner before_open before_of after_open after_of due_on', [
      ['no allergy status', 'Nurse lead', 120, 1000, 40, 1000, from(clinic, -20)],
      ['two records of one patient', 'Front desk lead', 30, 1000, '', '', from(clinic, 30)],
    ]),
    burden: table(
      'role measure month minutes baseline_minutes after_hours_minutes people',
      ['inbox', 'order-entry', 'chart-review', 'documentation'].map((measure, n) => [
        'Clinician',
        measure,
        monthBefore(clinic, 1),
        40 + 10 * n,
        42 + 10 * n,
        5,
        14,
      ]),
    ),
    codes: table('system used current published_on checked_on owner', [
      ['vaccines', '2026-09', '2026-09', from(clinic, -60), from(clinic, -10), 'Pharmacist'],
      ['laboratory', flaws.has('codes-old') ? '2.78' : '2.80', '2.80', from(clinic, -180), from(clinic, -10), 'Laboratory lead'],
    ]),
    contracts: table('contract expires_on notice_days check checked_on', [
      ['Record system', from(clinic, 1200), 180, 'performance', from(clinic, -30)],
      ['Interface engine', from(clinic, 900), 90, 'security', from(clinic, -40)],
      ['Help desk', from(clinic, 700), 90, 'satisfaction', from(clinic, -35)],
    ]),
  }
}

/**
 * Twenty bookings a week in each clinic, 24 in the busiest, from four weeks that lie behind; fourteen in the first week after go-live. Once that
 * lies behind, four more on each of the next days. All are made ten weeks before their week.
 */
function bookings(clinic: Clinic): string {
  const ahead = Math.max(0, Math.ceil(daysBetween(clinic.asOf, clinic.goLive) / 7))
  const rows = range(5 + ahead).flatMap((n) => {
    const week = n - 4 - ahead
    return clinicalDepartments.flatMap(({ name }, d) =>
      // The busiest week shows that there is room for what is put off.
      range(n === 0 ? 24 : week < 0 ? 20 : 14).map((visit) => {
        const day = addDays(clinic.goLive, 7 * week + (visit % 5))
        const hour = String(8 + Math.floor(visit / 5)).padStart(2, '0')
        const made = moment(addDays(clinic.goLive, 7 * (week - 10)), '09:00')
        return [`B${n}-${d}-${visit}`, name, moment(day, `${hour}:00`), 20, day < clinic.asOf ? 'completed' : 'booked', made]
      }),
    )
  })
  const after = daysBetween(clinic.goLive, clinic.asOf) >= 7 ? range(5) : []
  const next = after.flatMap((n) =>
    clinicalDepartments.flatMap(({ name }, d) =>
      range(4).map((visit) => [
        `N${n}-${d}-${visit}`,
        name,
        moment(from(clinic, n), `${String(8 + visit).padStart(2, '0')}:00`),
        20,
        'booked',
        moment(from(clinic, -70), '09:00'),
      ]),
    ),
  )
  return table('booking_id clinic start minutes status created_at', [...rows, ...next])
}
