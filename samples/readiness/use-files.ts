/** Example files about how the system is used: an event log along the usual ways of the maps, and tickets; six periods of four weeks. */
import { type Clinic, clinicalDepartments, from, type InputName, moment, range, table, tasksOf, usualWay } from './clinic.ts'

const periods = 6
/** Drift begins with the fifth period: the two that are compared. */
const drifted = 4
/** As many as it takes to see ten points of conformance within two periods. */
const casesPerPeriod = 240
const ticketsPerPeriod = 60

export function filesOfUse(clinic: Clinic): Partial<Record<InputName, string>> {
  return { events: events(clinic), tickets: tickets(clinic) }
}

/** The day within a period, oldest first. */
function dayOf(clinic: Clinic, period: number, n: number): string {
  return from(clinic, (period - periods) * 28 + (n % 26))
}

function events(clinic: Clinic): string {
  const { flaws, workflows } = clinic
  const way = workflows.map(({ future }) => usualWay(future)).find((steps) => steps.length >= 3) ?? []
  const rows = range(periods).flatMap((period) => {
    const late = period >= drifted
    const skipped = late && flaws.has('drift-conformance') ? 96 : 12
    const evenings = late && flaws.has('drift-evenings') ? 80 : 8
    const twice = late && flaws.has('drift-evenings') ? 72 : 4
    const exports = late && flaws.has('drift-exports') ? 30 : 10
    const cases = range(casesPerPeriod).flatMap((n) => {
      // One of every twenty leaves a step in the middle out; who does so is spread over the period.
      const place = (n * 37) % casesPerPeriod
      const done = place < skipped ? way.filter((_, index) => index !== 1) : way
      const hour = (n * 17) % casesPerPeriod < evenings ? 20 : 9
      const day = dayOf(clinic, period, n)
      const department = clinicalDepartments[n % clinicalDepartments.length]?.name ?? ''
      const entered = (n * 7) % casesPerPeriod < twice ? 2 : 1
      return done.map((node, step) => [
        `case ${period}-${n}`,
        node.label,
        moment(day, `${String(hour).padStart(2, '0')}:${10 + step}`),
        department,
        'enter',
        step < entered ? 'reason' : node.id,
      ])
    })
    const lists = range(exports).map((n) => [
      `list ${period}-${n}`,
      'Export list',
      moment(dayOf(clinic, period, n * 5), '09:00'),
      clinicalDepartments[n % clinicalDepartments.length]?.name ?? '',
      'export',
      '',
    ])
    return [...cases, ...lists]
  })
  return table('case_id activity timestamp department action element', rows)
}

/** Sixty tickets a period, closed within the shift but every eighth; two tell of paper; three ask about the same task, which is then taught again. */
function tickets(clinic: Clinic): string {
  const categories = ['training', 'slow', 'access', 'reports', 'fit', 'defect', 'data', 'clicks'] as const
  const asked = tasksOf(clinic)[0]?.node.label ?? ''
  const friction = clinic.flaws.has('drift-tickets')
  return table(
    'ticket_id opened_at status department closed_at acknowledged_at priority category task_id out_of_scope paper_fallback',
    range(periods).flatMap((period) =>
      range(ticketsPerPeriod).map((n) => {
        const opened = dayOf(clinic, period, n)
        const slow = friction && period >= drifted
        const days = slow ? 7 : n % 8 === 7 ? 1 : 0
        const category = categories[n % categories.length] ?? 'other'
        const closed = from(clinic, Math.min(-1, (period - periods) * 28 + (n % 26) + days))
        return [
          `T${period}-${n}`,
          moment(opened, '10:00'),
          'closed',
          clinicalDepartments[n % clinicalDepartments.length]?.name ?? '',
          moment(closed, days > 0 ? '11:00' : '14:00'),
          moment(opened, '10:20'),
          n % 6 === 0 ? 'P2' : 'P3',
          category,
          category === 'training' && period < 2 ? asked : '',
          (slow ? n % 2 === 0 : n % 24 === 5) ? 'yes' : 'no',
          n % 12 === 3 ? 'yes' : 'no',
        ]
      }),
    ),
  )
}
