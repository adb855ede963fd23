/** Shifts found by department and moment: the same as by looking at every one, and in bounded time for a large roster. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/core/random.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { floorSupport } from '../../../src/core/readiness/criteria/go-live/floor-support.ts'
import { sameShiftTriage } from '../../../src/core/readiness/criteria/go-live/same-shift-triage.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { isCovered, type Shift, shiftsAt } from '../../../src/core/readiness/measures/shifts.ts'

const table = exampleFile(
  'shifts',
  'shift_id,department,start,end,function\nS,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical\n',
)
const [pattern] = table.rows
const begin = Date.parse('2026-11-02T00:00:00Z')
const hour = 3_600_000

function shiftOf(department: string, from: number, hours: number): Shift {
  if (!pattern) throw new Error('no shift')
  const moment = (at: number) => ({ at, text: new Date(at).toISOString(), zoned: true })
  return { ...pattern, department, start: moment(from), end: moment(from + hours * hour) }
}

test('sorted shifts answer as a look at every shift does, whatever the case of the department', () => {
  const random = seededRandom('shifts')
  for (let round = 0; round < 200; round++) {
    const shifts = Array.from({ length: 12 }, () =>
      shiftOf(random.pick(['Ward', 'ward ', 'Lab']), begin + random.below(40) * hour, random.below(10)),
    )
    const isWard = ({ department }: Shift): boolean => department !== 'Lab'
    const at = begin + random.below(50) * hour
    const plain = shifts.filter((shift) => isWard(shift) && shift.start.at <= at && at < shift.end.at)
    expect(new Set(shiftsAt(shifts, 'WARD', at))).toEqual(new Set(plain))
    // Independent: every half hour of the shift lies in a helper.
    const shift = shiftOf('Ward', begin + random.below(40) * hour, 1 + random.below(10))
    const halves = Array.from({ length: (shift.end.at - shift.start.at) / (hour / 2) }, (_, n) => shift.start.at + (n * hour) / 2)
    const helped = halves.every((half) => shifts.some((each) => isWard(each) && each.start.at <= half && half < each.end.at))
    expect(isCovered(shift, shifts)).toBe(helped)
  }
})

test('two hundred thousand shifts are judged, and each ticket looks at few of them', () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => shiftOf('Ward', begin + n * hour, 1))
  let looked = 0
  const watched = rows.map(
    (row): Shift => ({
      ...row,
      get end() {
        looked++
        return row.end
      },
    }),
  )
  const shifts = { ...table, rows: watched }
  const lines = Array.from(
    { length: 2000 },
    (_, n) =>
      `T${n},${new Date(begin + n * 90 * hour + 1000).toISOString()},x,Ward,${new Date(begin + n * 90 * hour + 2000).toISOString()}`,
  )
  const tickets = exampleFile('tickets', `ticket_id,opened_at,status,department,closed_at\n${lines.join('\n')}\n`)
  const milestones = exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n')
  const roster = exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n')
  const triage = sameShiftTriage.compute(
    givenOf({ tickets, shifts }, sameShiftTriage.code, sameShiftTriage.needs),
    sameShiftTriage.thresholds,
    '2026-12-01',
  )
  expect(triage).toMatchObject({ state: 'proven', value: 2000, of: 2000 })
  // Once to sort, once for the days of the roster, and a few for each ticket; every shift for every ticket would be 400 million.
  expect(looked).toBeLessThan(1_000_000)
  const support = floorSupport.compute(
    givenOf({ tickets, shifts, milestones, roster }, floorSupport.code, floorSupport.needs),
    floorSupport.thresholds,
    '2026-12-01',
  )
  // Fourteen days of hourly shifts without anybody at the elbow.
  expect(support.state).toBe('failed')
  expect(support.of).toBe(14 * 24)
})
