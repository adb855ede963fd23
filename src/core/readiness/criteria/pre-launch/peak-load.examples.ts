/** Examples of `peak-load.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'
import { loadedAreas } from './peak-load.ts'

/** One visit in each of the three weeks before. */
const weeksBefore = [12, 19, 26].map((day) => `W${day},Family,2026-10-${day}T09:10:00Z,20,completed\n`).join('')

const halfHour = `booking_id,clinic,start,minutes,status\n${weeksBefore.replaceAll('Z,', '+05:30,')}${[10, 20, 30, 40, 50].map((at) => `B${at},Family,2026-11-02T09:${at}:00+05:30,20,completed\n`).join('')}`

export const peakLoadExamples: EvidenceExamples = {
  code: 'readiness/peak-load',
  decides:
    'The peak is the 99th percentile of bookings per open hour times the factor. A load of that many cases per hour must have passed in every area, within errors and time.',
  flags: [
    {
      name: 'two bookings in an hour, tested with one',
      value: 1,
      evidence: { bookings: exampleFile('bookings', booked(2)), tests: exampleFile('tests', loaded(1)) },
    },
    {
      name: 'it held four last month, and broke at two in the last run',
      value: 0,
      evidence: {
        bookings: exampleFile('bookings', booked(2)),
        tests: exampleFile('tests', loaded(4) + loads(2, '2026-10-21', 'fail')),
      },
    },
    {
      name: 'half of the calls of a load of four ended in an error',
      value: 0,
      evidence: {
        bookings: exampleFile('bookings', booked(2)),
        tests: exampleFile(
          'tests',
          `test_id,level,area,run_at,result,per_hour,error_rate\n${loads(4, '2026-10-20', 'pass').replaceAll(/,4$/gm, ',4,0.5')}`,
        ),
      },
    },
    {
      name: 'only orders were loaded',
      value: 0,
      evidence: { bookings: exampleFile('bookings', booked(2)), tests: exampleFile('tests', loaded(4, ['order-entry'])) },
    },
    {
      // One hour of five by the clock on the wall; counted by the hours of UTC it would be two and three.
      name: 'five bookings in an hour of a half-hour zone, tested with four',
      value: 4,
      evidence: { bookings: exampleFile('bookings', halfHour), tests: exampleFile('tests', loaded(4)) },
    },
  ],
  passes: [
    {
      name: 'two bookings in an hour, tested with four',
      value: 4,
      evidence: { bookings: exampleFile('bookings', booked(2)), tests: exampleFile('tests', loaded(4)) },
    },
  ],
}

function booked(n: number): string {
  const rows = Array.from({ length: n }, (_, index) => `B${index},Family,2026-11-02T09:${10 + index}:00Z,20,completed`)
  return `booking_id,clinic,start,minutes,status\n${weeksBefore}${rows.join('\n')}\nC,Family,2026-11-02T09:30:00Z,20,cancelled\n`
}

function loads(perHour: number, day: string, result: string, areas: readonly string[] = loadedAreas): string {
  return areas.map((area) => `L,load,${area},${day}T10:00:00Z,${result},${perHour}\n`).join('')
}

function loaded(perHour: number, areas?: readonly string[]): string {
  return `test_id,level,area,run_at,result,per_hour\n${loads(perHour, '2026-10-20', 'pass', areas)}`
}
