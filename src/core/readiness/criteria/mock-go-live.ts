/** Item 64: the mock go-live of published guidance: tests, dress rehearsal and peak load, as bad as the worst of the three. */
import type { Criterion } from '../criterion.ts'
import { dressRehearsal } from './dress-rehearsal.ts'
import { exampleFile } from './example-evidence.ts'
import { held } from './lines.ts'
import { peakLoad } from './peak-load.ts'
import { testMatrix } from './test-matrix.ts'

const parts = [
  ['tests', testMatrix],
  ['dress rehearsal', dressRehearsal],
  ['peak load', peakLoad],
] as const

export const mockGoLive: Criterion<'tests' | 'rehearsals' | 'workflows' | 'bookings'> = {
  code: 'readiness/mock-go-live',
  items: [64],
  phase: 'pre-launch',
  severity: 'warning',
  title: 'The mock go-live is not complete',
  why: 'The implementation playbook of the United States names mock go-lives and system testing "as necessary activities".',
  remedy: 'Follow what stands under the three criteria named.',
  needs: ['tests', 'rehearsals', 'workflows', 'bookings'],
  thresholds: { parts: 3 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, _thresholds, asOf) {
    const results = parts.map(([name, criterion]) => ({
      name,
      measure: criterion.compute(given, criterion.thresholds, asOf),
      code: criterion.code,
    }))
    const open = results.filter(({ measure }) => measure.state !== 'proven')
    const value = results.length - open.length
    return held(open.length === 0, {
      value,
      of: results.length,
      threshold: results.length,
      words: `${value} of ${results.length} parts of a mock go-live hold: ${parts.map(([name]) => name).join(', ')}`,
      cells: open.map(({ name, measure, code }) => ({
        name: `${name}: ${measure.words}`,
        route: `/readiness?criterion=${code.slice(code.indexOf('/') + 1)}`,
      })),
    })
  },
  examples: {
    flags: [
      // The matrix has fifteen cells empty and no step was rehearsed; one case per hour was booked and one tested.
      {
        name: 'only the load was tested',
        value: 1,
        evidence: mock(
          matrix().filter(([level]) => level === 'load'),
          false,
        ),
      },
    ],
    passes: [{ name: 'all twenty cells, the rehearsal and the load', value: 3, evidence: mock(matrix(), true) }],
  },
}

function matrix(): readonly (readonly [string, string])[] {
  const areas = ['order-entry', 'result-routing', 'patient-identification', 'reporting', 'downtime']
  return ['unit', 'integration', 'interface', 'load'].flatMap((level) => areas.map((area) => [level, area] as const))
}

function mock(cells: readonly (readonly [string, string])[], rehearsed: boolean) {
  const [example] = rehearsed ? dressRehearsal.examples.passes : dressRehearsal.examples.flags
  const lines = cells.map(([level, area], n) => `t${n},${level},${area},2026-07-01T10:00:00Z,pass,5`)
  return {
    ...example?.evidence,
    tests: exampleFile('tests', `test_id,level,area,run_at,result,per_hour\n${lines.join('\n')}\n`),
    bookings: exampleFile(
      'bookings',
      `booking_id,clinic,start,minutes,status\n${['06-03', '06-10', '06-17', '07-01'].map((day) => `${day},Family,2026-${day}T09:00:00Z,20,booked\n`).join('')}`,
    ),
  }
}
