/** Single days, texts and places of a chart: what a reader sees of a value, worked out by hand. */
import { expect, test } from 'vitest'
import { elementTexts } from '../../../src/core/review/chart/element-texts.ts'
import { sectionOfType, sectionOfWords } from '../../../src/core/review/chart/sections.ts'
import { clinicalDate } from '../../../src/core/review/display-rules/clinical-date.ts'
import { mixedDateOrders } from '../../../src/core/review/display-rules/date-order.ts'
import {
  type Chart,
  type ChartEntry,
  type ChartRow,
  type ChartSectionId,
  type ChartText,
  chartSections,
} from '../../../src/core/review/model/chart.ts'
import { signerSentence } from '../../../src/core/review/result/reads.ts'
import { dayText } from '../../../src/core/values/day.ts'

const place: ChartEntry['place'] = { input: 0, record: 1, line: 1, byte: 0, length: 1, id: null }

/** A chart whose legacy side says these texts, one row each. */
function chartOf(texts: Partial<Record<ChartSectionId, readonly string[]>>): Pick<Chart, 'sections'> {
  const written = (text: string): ChartText => ({ label: null, text, reading: null, marks: [] })
  const row = (text: string, index: number): ChartRow => ({
    id: `row:${index}`,
    legacy: { title: written(''), details: [written(text)], unmapped: [], place },
    target: null,
    note: { cls: 'not-compared', codes: [], sentences: [], severity: null },
    cause: null,
  })
  return { sections: chartSections.flatMap((id) => (texts[id] ? [{ id, rows: texts[id].map(row) }] : [])) }
}

const orders = (...results: readonly string[]) => mixedDateOrders(chartOf({ problems: ['25/12/2024'], results }), 'legacy')

test('a number above 12 proves which of the two is the day', () => {
  expect(orders('12/25/2024')).toEqual({ dayFirst: ['problems'], monthFirst: ['results'], open: 0 })
  expect(orders('1/31/24')).toEqual({ dayFirst: ['problems'], monthFirst: ['results'], open: 0 })
  expect(orders('12-13-2024')).toEqual({ dayFirst: ['problems'], monthFirst: ['results'], open: 0 })
  expect(orders('seen 12.25.2024, due 03.04.2025')).toEqual({ dayFirst: ['problems'], monthFirst: ['results'], open: 1 })
})

test('what is no day proves no order', () => {
  for (const text of ['0/25/2024', '12/32/2024', '13/25/2024', '12/25-2024', '12/25/202', '1.12/25/2024', '12/25/2024.5'])
    expect([text, orders(text)]).toEqual([text, null])
})

test('a day that reads both ways is open; one that reads the same is not', () => {
  expect(orders('12/25/2024', '03/04/2025', '04/04/2025', '12/1/2025', '0/5/2025', '5/0/2025')?.open).toBe(2)
})

test('one order alone is not mixed, and the other side of the chart is not asked', () => {
  const chart = chartOf({ problems: ['25/12/2024'], results: ['12/25/2024'] })
  expect(mixedDateOrders(chart, 'target')).toBeNull()
  expect(mixedDateOrders(chartOf({ problems: ['25/12/2024'], results: ['26/12/2024', '3/4/2025'] }), 'legacy')).toBeNull()
  expect(mixedDateOrders(chartOf({ problems: ['12/25/2024'] }), 'legacy')).toBeNull()
})

test('days are read aloud, partial days stay partial, and what is no day stays as it is', () => {
  expect(['2025-12-03', '2025-12', '2025', '2025-13-01', 'n/a', ''].map(dayText)).toEqual([
    '03-Dec-2025',
    'Dec-2025',
    '2025',
    '2025',
    'n/a',
    '',
  ])
  expect(
    ['2025-12-03T08:05:09.5Z', '2025-12-03T08:05-05:00', '2025-12-03T08:05', '2025', 'on 2025-12-03'].map(clinicalDate),
  ).toEqual(['03-Dec-2025 08:05 UTC', '03-Dec-2025 08:05 -05:00', '03-Dec-2025 08:05', '2025', 'on 2025-12-03'])
})

/** Where a clinician looks for it. */
const places: Readonly<Record<Exclude<ChartSectionId, 'other'>, readonly string[]>> = {
  allergies: ['AllergyIntolerance', 'List', 'drug_allergies', 'Intolerances'],
  immunisations: ['Immunization', 'vaccinations'],
  medicines: ['MedicationRequest', 'Medication', 'MedicationDispense', 'MedicationAdministration', 'prescriptions', 'RX_LINES'],
  problems: ['Condition', 'Flag', 'FamilyMemberHistory', 'Goal', 'CarePlan', 'diagnoses', 'problem_list'],
  results: ['Observation', 'ImagingStudy', 'Specimen', 'lab_values', 'VITALS'],
  documents: ['DocumentReference', 'QuestionnaireResponse', 'Composition', 'Consent', 'Media', 'letters', 'scans'],
  visits: ['Encounter', 'Appointment', 'ServiceRequest', 'bookings', 'referrals'],
  demographics: ['Patient', 'RelatedPerson', 'Coverage', 'addresses', 'insurers'],
}

for (const [section, types] of Object.entries(places))
  test(`${types.join(', ')} stand under ${section}`, () =>
    expect(types.map((type) => (/^[A-Z][a-z]+([A-Z][a-z]+)*$/.test(type) ? sectionOfType(type) : sectionOfWords(type)))).toEqual(
      types.map(() => section),
    ))

test('how a resource is kept is no element of it, and the order of the file holds where nobody asks for another', () => {
  const labels = (resource: Parameters<typeof elementTexts>[0]) => elementTexts(resource, 'Basic').map(({ label }) => label)
  const kept = { resourceType: 'Basic', id: '1', meta: { versionId: '7' }, implicitRules: 'x', language: 'en' }
  expect(labels({ ...kept, zulu: 'z', alpha: 'a', mike: 'm' })).toEqual(['Zulu', 'Alpha', 'Mike'])
})

test('a code is said once: by its display and system, by words before it, or alone', () => {
  const said = (code: Record<string, unknown>) =>
    elementTexts({ code } as Parameters<typeof elementTexts>[0], 'Basic').map(({ text }) => text)
  const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'
  expect(said({ coding: [{ system: rxnorm, code: '7980', display: 'Penicillin G' }] })).toEqual(['Penicillin G (RxNorm 7980)'])
  expect(said({ text: 'Penicillin G', coding: [{ system: rxnorm, code: '7980', display: 'Penicillin G' }] })).toEqual([
    'Penicillin G · RxNorm 7980',
  ])
  expect(said({ coding: [{ display: 'Penicillin G' }] })).toEqual(['Penicillin G'])
  expect(said({ coding: [{ system: rxnorm, code: '7980' }] })).toEqual(['RxNorm 7980'])
})

test('who read nothing is not named among the other readers', () => {
  const reads = (reader: string, records: number) => ({ reader, records, second: 0, decided: 0 })
  const own = { records: 2, second: 0, decided: 0 }
  const sentence = (...others: ReturnType<typeof reads>[]) => signerSentence({ name: 'Rita Haas', own, others, sample: 9 })
  expect(sentence(reads('Mika Ito', 7), reads('Ana Ruiz', 0))).toBe(
    'I, Rita Haas, read 2 of the 9 records. Others read: Mika Ito 7.',
  )
  expect(sentence(reads('Ana Ruiz', 0))).toBe('I, Rita Haas, read 2 of the 9 records. Nobody else read.')
})
