import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { leadOf } from '../../../src/core/review/chart/causes.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import type { Chart, ChartRow } from '../../../src/core/review/model/chart.ts'
import type { RecordDecision, ReviewEvent } from '../../../src/core/review/model/review-event.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'
import { worklistFindings } from '../../../src/core/review/result/worklist.ts'
import { readSample } from '../../samples/riverside.ts'
import { noChanges, sampleClinic } from './planted/clinics.ts'
import type { Resource } from './planted/json.ts'

const signal = new AbortController().signal
const sample = readSample({ patients: 300, seed: 'causes' })
const kinds = ['no-known-allergy-over-reaction', 'duplicate-patient', 'patient-lost', 'dose-times-ten'] as const
const patientOf = (kind: string): string => sample.truth.find((entry) => entry.kind === kind)?.patient ?? ''
const pairs = await finish(pairRecords({ ...sample.pairInput, keys: kinds.map(patientOf) }, signal))
const rowsOf = (chart: Chart | undefined): readonly ChartRow[] => chart?.sections.flatMap(({ rows }) => rows) ?? []
const chartOf = (kind: (typeof kinds)[number]): Chart | undefined => pairs[kinds.indexOf(kind)]?.chart
function grouped(chart: Chart | undefined): ReadonlyMap<string, readonly ChartRow[]> {
  const groups = new Map<string, ChartRow[]>()
  for (const row of rowsOf(chart)) if (row.cause !== null) groups.set(row.cause, [...(groups.get(row.cause) ?? []), row])
  return groups
}

test('a lost allergy, the changed status and the "no known allergy" that appeared are one cause', () => {
  const causes = [...grouped(chartOf('no-known-allergy-over-reaction'))]
  expect(causes).toHaveLength(1)
  const [[cause, rows] = ['', []]] = causes
  expect(cause).toBe('allergy-status:allergy-state')
  expect(rows.map(({ id }) => id)).toContain('allergy-state')
  expect(rows.some(({ legacy, target }) => legacy !== null && target === null)).toBe(true)
  expect(rows.some(({ legacy, target }) => legacy === null && /no known allergy/i.test(target?.title.text ?? ''))).toBe(true)
})

test('a second copy of the patient and the copies of its entries are one cause', async () => {
  // Loaded twice: the same person under a new id, and every record of it again.
  const clinic = sampleClinic()
  const person = [...clinic.resources.values()].find(({ resourceType }) => resourceType === 'Patient')
  const own = [...clinic.resources.values()].filter((one) => JSON.stringify(one).includes(`"Patient/${person?.id}"`))
  const again = (one: Resource): Resource =>
    JSON.parse(
      JSON.stringify({ ...one, id: `${one.id}-copy` }).replaceAll(`"Patient/${person?.id}"`, `"Patient/${person?.id}-copy"`),
    ) as Resource
  const input = clinic.damaged({ ...noChanges, added: [person, ...own].flatMap((one) => (one ? [again(one)] : [])) })
  const [pair] = await finish(pairRecords({ ...input, keys: clinic.keys.slice(0, 1) }, signal))
  expect(pair?.chart.alarms.map(({ kind }) => kind)).toEqual(['duplicate'])
  const [[cause, rows] = ['', []]] = [...grouped(pair?.chart)].filter(([name]) => name.startsWith('duplicate-patient:'))
  expect(cause).toMatch(/^duplicate-patient:Patient:/)
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.every(({ legacy }) => legacy === null)).toBe(true)
})

test('a second copy of the patient without entries is on its own', () => {
  expect(chartOf('duplicate-patient')?.alarms.map(({ kind }) => kind)).toEqual(['duplicate'])
  expect(grouped(chartOf('duplicate-patient')).size).toBe(0)
})

test('of a patient who did not arrive the whole chart is one cause', () => {
  const chart = chartOf('patient-lost')
  const rows = rowsOf(chart).filter(({ note }) => note.cls !== 'same-after-rule' && note.cls !== 'not-compared')
  expect(new Set(rows.map(({ cause }) => cause)).size).toBe(1)
  expect(rows[0]?.cause).toMatch(/^missing-patient:patients:/)
})

test('a wrong dose is on its own', () => {
  expect(grouped(chartOf('dose-times-ten')).size).toBe(0)
})

test('a cause names one of its rows and holds nothing of the record', () => {
  for (const { chart } of pairs)
    for (const [cause, rows] of grouped(chart)) {
      expect(rows.map(({ id }) => id)).toContain(leadOf(cause))
      expect(cause).not.toContain(chart.key)
    }
})

test('one press for a cause is one line of the worklist, and counts for every row', () => {
  const [[cause, rows] = ['', []]] = [...grouped(chartOf('no-known-allergy-over-reaction'))]
  const base = { by: 'ito', record: 'r1' }
  const at = (counter: number) => ({ wall: '2026-03-02T09:00:00Z', counter })
  const events: ReviewEvent[] = [
    ...rows.map(
      ({ id }, i): ReviewEvent => ({
        ...base,
        id: `d-${i}`,
        at: at(i),
        kind: 'difference',
        item: id,
        domain: 'allergies',
        class: 'changed',
        verdict: 'harmful',
        reason: 'missing',
        cause,
      }),
    ),
    {
      ...base,
      id: 'd-9',
      at: at(9),
      kind: 'record',
      verdict: 'harmful',
      differences: 3,
      reading: 'first',
      seconds: 60,
      comment: null,
    },
  ]
  const decisions: ReadonlyMap<string, RecordDecision> = decisionsOf(events)
  expect(decisions.get('r1')?.differences.size).toBe(rows.length)
  const findings = worklistFindings({ name: 'draw', records: [{ id: 'r1', stratum: 'all', ticket: '0' }] }, decisions, null, 1)
  expect(findings.map(({ item, verdict, verdicts }) => [item, verdict, verdicts.length])).toEqual([
    ['allergy-state', 'harmful', rows.length],
  ])
})
