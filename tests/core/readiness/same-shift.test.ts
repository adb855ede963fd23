/** Closing within the shift, against an independent computation, over midnight and changes of the clock in several zones. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/core/random.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { sameShiftTriage } from '../../../src/core/readiness/criteria/go-live/same-shift-triage.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'

/** Two sites at a time, half-hour offsets among them; each with a night on which its clock changes in 2026. */
const zones = [
  { name: 'Europe/Oslo', night: '2026-10-24' },
  { name: 'Europe/Oslo', night: '2026-03-28' },
  { name: 'America/New_York', night: '2026-10-31' },
  { name: 'America/New_York', night: '2026-03-07' },
  { name: 'Australia/Adelaide', night: '2026-04-04' },
  { name: 'Asia/Kolkata', night: '2026-05-05' },
]
const hour = 3_600_000

const clocks = new Map(
  zones.map(({ name }) => {
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
    return [name, new Intl.DateTimeFormat('en-CA', { timeZone: name, hourCycle: 'h23', ...digits, timeZoneName: 'longOffset' })]
  }),
)

/** A moment as a clock of that zone writes it, with its offset. */
function written(at: number, zone: string): string {
  const parts = clocks.get(zone)?.formatToParts(at) ?? []
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  const offset = of('timeZoneName').replace('GMT', '') || '+00:00'
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:00${offset}`
}

test('200 of 200 random nights are right', () => {
  const random = seededRandom('same shift')
  let right = 0
  for (let n = 0; n < 200; n++) {
    const sites = [random.pick(zones), random.pick(zones)]
    const shifts: { department: string; zone: string; start: number; end: number }[] = []
    for (const [index, { name, night }] of sites.entries()) {
      const begin = Date.parse(`${night}T12:00:00Z`) + random.below(6) * hour
      for (let shift = 0; shift < 3; shift++) {
        // Shifts touch or overlap by up to an hour.
        const start = begin + shift * 8 * hour - random.below(3) * 30 * 60_000
        shifts.push({ department: `Site ${index}`, zone: name, start, end: begin + (shift + 1) * 8 * hour })
      }
    }
    const tickets = Array.from({ length: 12 }, (_, index) => {
      const site = random.below(2)
      const { name, night } = sites[site] ?? sites[0] ?? { name: 'UTC', night: '2026-05-05' }
      const opened = Date.parse(`${night}T12:00:00Z`) + random.below(32 * 60) * 60_000
      const closed = random.below(5) === 0 ? null : opened + random.below(10 * 60) * 60_000
      return { id: `T${index}`, department: `Site ${site}`, zone: name, opened, closed }
    })
    // Independent: by minutes. The later end of all shifts of the department that were running at the minute of opening.
    let [inShift, closedInIt] = [0, 0]
    for (const ticket of tickets) {
      let end: number | null = null
      for (const shift of shifts) {
        const running = shift.department === ticket.department && ticket.opened >= shift.start && ticket.opened < shift.end
        if (running && (end === null || shift.end > end)) end = shift.end
      }
      if (end === null) continue
      inShift++
      if (ticket.closed !== null && ticket.closed <= end) closedInIt++
    }
    const evidence = {
      tickets: exampleFile(
        'tickets',
        `ticket_id,opened_at,status,department,closed_at\n${tickets.map(({ id, opened, department, closed, zone }) => `${id},${written(opened, zone)},x,${department},${closed === null ? '' : written(closed, zone)}`).join('\n')}\n`,
      ),
      shifts: exampleFile(
        'shifts',
        `shift_id,department,start,end,function\n${shifts.map(({ department, start, end, zone }, index) => `S${index},${department},${written(start, zone)},${written(end, zone)},clinical`).join('\n')}\n`,
      ),
    }
    const measure = sameShiftTriage.compute(
      givenOf(evidence, sameShiftTriage.code, sameShiftTriage.needs),
      sameShiftTriage.thresholds,
      '2026-12-01',
    )
    if ((measure.of ?? 0) === inShift && (measure.value ?? 0) === closedInIt) right++
  }
  process.stdout.write(`${right} of 200 nights are right\n`)
  expect(right).toBe(200)
})
