/** Where a record stands on a chart, how each data type of FHIR R4 reads, and where else its words are said. */
import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../src/core/data/model/record.ts'
import { elementTexts, wordsOf } from '../../../src/core/review/chart/element-texts.ts'
import { cellElsewhere, rowElsewhere } from '../../../src/core/review/chart/said-elsewhere.ts'
import { sectionOfType, sectionOfWords } from '../../../src/core/review/chart/sections.ts'
import { clinicalDate } from '../../../src/core/review/display-rules/clinical-date.ts'
import type { ChartEntry, ChartRow, ChartSectionId, ChartText } from '../../../src/core/review/model/chart.ts'
import { dayText } from '../../../src/core/values/day.ts'

test('every type of record has its section', () => {
  const types: Readonly<Partial<Record<ChartSectionId, string>>> = {
    visits: 'Encounter EpisodeOfCare Appointment Procedure ServiceRequest',
    problems: 'Condition Flag FamilyMemberHistory Goal CarePlan',
    allergies: 'AllergyIntolerance List',
    medicines: 'MedicationRequest MedicationStatement Medication MedicationAdministration MedicationDispense',
    results: 'Observation DiagnosticReport ImagingStudy Specimen',
    documents: 'DocumentReference QuestionnaireResponse Composition Consent Media',
    demographics: 'Patient RelatedPerson Coverage',
    immunisations: 'Immunization',
    other: 'Device',
  }
  for (const [section, names] of Object.entries(types))
    for (const name of names?.split(' ') ?? []) expect(sectionOfType(name), name).toBe(section)
})

test('usual words of tables, the more telling first', () => {
  const tables: Readonly<Record<string, ChartSectionId>> = {
    allergy_list: 'allergies',
    Intolerances: 'allergies',
    vaccine_history: 'immunisations',
    IMMUNIZATIONS: 'immunisations',
    rx: 'medicines',
    rx_orders: 'medicines',
    drugs: 'medicines',
    prescriptions: 'medicines',
    xray: 'other',
    problem_list: 'problems',
    diagnoses: 'problems',
    family_history: 'problems',
    care_plan: 'problems',
    careplans: 'problems',
    goals: 'problems',
    lab: 'results',
    vitals: 'results',
    collaboration: 'other',
    observations: 'results',
    specimens: 'results',
    letters: 'documents',
    scans: 'documents',
    attachments: 'documents',
    visits: 'visits',
    bookings: 'visits',
    referrals: 'visits',
    admissions: 'visits',
    persons: 'demographics',
    payers: 'demographics',
    insurance: 'demographics',
    contacts: 'demographics',
    settings: 'other',
  }
  for (const [name, section] of Object.entries(tables)) expect(sectionOfWords(name), name).toBe(section)
})

const said = (resource: JsonObject, type = 'Basic'): readonly string[] =>
  elementTexts(resource, type).map(({ label, text, bareAmount }) => `${label}: ${text}${bareAmount ? ' (bare)' : ''}`)
const one = (value: JsonValue): string => said({ x: value })[0]?.slice('X: '.length) ?? ''

test('data types of FHIR R4 as one text each', () => {
  const system = 'http://www.nlm.nih.gov/research/umls/rxnorm'
  const texts: readonly (readonly [JsonObject, string])[] = [
    [
      { coding: [{ system, code: '7980', display: 'Penicillin G' }], text: 'Penicillin' },
      'Penicillin · Penicillin G (RxNorm 7980)',
    ],
    [{ coding: [{ system, code: '7980', display: 'Penicillin' }], text: 'Penicillin' }, 'Penicillin · RxNorm 7980'],
    [{ coding: [{ system, code: '7980' }] }, 'RxNorm 7980'],
    [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/x', code: 'active' }] }, 'active'],
    [{ coding: [{ system: 'urn:own:codes', code: 'A', display: 'Alpha' }] }, 'Alpha (codes A)'],
    [{ coding: [{ display: 'Alpha' }] }, 'Alpha'],
    [{ text: 'Penicillin' }, 'Penicillin'],
    [{ value: 5, unit: 'mg', code: 'mg' }, '5 mg'],
    [{ value: 5, unit: 'tablet', code: '{tbl}' }, '5 tablet ({tbl})'],
    [{ value: 5, code: 'mg' }, '5 mg'],
    [{ value: 5, comparator: '<', unit: 'mg' }, '<5 mg'],
    [{ value: 7, unit: '1' }, '7 (unit 1)'],
    [{ value: 5 }, '5 (bare)'],
    [{ system: 'phone', value: '123', use: 'home' }, 'phone: 123 (home)'],
    [{ system: 'email', value: 'a@b.de' }, 'email: a@b.de'],
    [{ start: '2020-01-31', end: '2020-02' }, '31-Jan-2020 to Feb-2020'],
    [{ start: '2020-01-31' }, 'from 31-Jan-2020'],
    [{ end: '2020-01-31' }, 'until 31-Jan-2020'],
    [{ low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'mg' } }, '1 mg to 2 mg'],
    [{ low: { value: 1, unit: 'mg' } }, '1 mg to …'],
    [{ numerator: { value: 1, unit: 'mg' }, denominator: { value: 2, unit: 'mL' } }, '1 mg per 2 mL'],
    [{ reference: 'Patient/1', display: 'Ada' }, 'Ada (Patient/1)'],
    [{ reference: 'Patient/1' }, '(Patient/1)'],
    [{ display: 'Ada' }, 'Ada'],
    [
      { family: 'Lovelace', given: ['Ada', 'K'], prefix: ['Dr'], suffix: ['MD'], use: 'official' },
      'Lovelace, Ada K (Dr, MD) (official)',
    ],
    [{ family: 'Lovelace', given: ['Ada'], text: 'Ada Lovelace' }, 'Lovelace, Ada · Ada Lovelace'],
    [{ family: 'Lovelace', text: 'Ada Lovelace' }, 'Ada Lovelace'],
    [{ line: ['High St 1'], city: 'Bath', postalCode: 'BA1', country: 'UK', use: 'home' }, 'High St 1, Bath, BA1, UK (home)'],
    [{ system: 'urn:mrn', value: '007' }, 'mrn: 007'],
    [{ type: { text: 'MR' }, system: 'urn:mrn', value: '007' }, 'MR: 007'],
    [{ contentType: 'text/plain', data: 'SGVsbG8=', title: 'Note', creation: '2020-01-31' }, 'Note · 31-Jan-2020 · Hello'],
    [{ contentType: 'application/pdf', data: 'SGVsbG8=' }, 'application/pdf · 8 characters of data'],
    [{ contentType: 'application/pdf', url: 'Binary/1' }, 'application/pdf · Binary/1'],
    [{ text: 'Seen', time: '2020-01-31', authorString: 'Dr Lee' }, 'Seen · 31-Jan-2020 · Dr Lee'],
  ]
  for (const [value, text] of texts) expect(one(value), JSON.stringify(value)).toBe(text)
  expect([one('plain'), one(5), one(true), one(false)]).toEqual(['plain', '5', 'Yes', 'No'])
})

test('a narrative is read without its markup, and its entities as the characters that they name', () => {
  expect(
    one(
      '<div xmlns="x"><p>One &amp; two</p><p>&lt;3 &gt; &quot;a&quot; &apos;b&apos;</p><br/>&#65;&#x42; &nbsp; <b>bold</b></div>',
    ),
  ).toBe(`One & two <3 > "a" 'b' AB &nbsp; bold`)
  expect(one('a <div> b')).toBe('a <div> b')
  expect(one('<div>&#0;&#x110000;</div>')).toBe('&#0;&#x110000;')
})

test('elements of no data type are told part by part, with a label for each', () => {
  expect(said({ dosage: [{ text: 'daily', route: { text: 'oral' }, asNeeded: true }] })).toEqual([
    'Dosage · text: daily',
    'Dosage · route: oral',
    'Dosage · as needed: Yes',
  ])
  expect(
    said({ component: [{ code: { text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' }, note: 'sitting' }] }),
  ).toEqual(['Component · Systolic: 120 mmHg', 'Component · note: sitting'])
  expect(said({ extension: [{ url: 'http://a.org/birth-place', valueString: 'Bath' }] })).toEqual([
    'Extension · birth place: Bath',
  ])
  expect(
    said({
      resourceType: 'Basic',
      id: '1',
      meta: { versionId: '1' },
      language: 'en',
      implicitRules: 'x',
      empty: '',
      none: null,
      list: [],
    }),
  ).toEqual([])
  expect(said({ code: { text: 'a', extension: [{ url: 'u/why', valueString: 'b' }] } })).toEqual(['Code: a', 'Code · why: b'])
  expect([wordsOf('lotNumber'), wordsOf('drug_source_value'), wordsOf('_birthDate'), wordsOf('value2Text')]).toEqual([
    'Lot number',
    'Drug source value',
    'Birth date',
    'Value2 text',
  ])
})

test('days and moments as they are read aloud; partial ones stay partial, other text stays as it is', () => {
  const dates: Readonly<Record<string, string>> = {
    '2020-01-31': '31-Jan-2020',
    '2020-12': 'Dec-2020',
    '2020-01-31T08:30': '31-Jan-2020 08:30',
    '2020-01-31T08:30:15Z': '31-Jan-2020 08:30 UTC',
    '2020-01-31T08:30:15.25+02:00': '31-Jan-2020 08:30 +02:00',
    '2020': '2020',
    '2020-01-31 08:30': '2020-01-31 08:30',
    'x2020-01-31': 'x2020-01-31',
    '2020-01-31T08': '2020-01-31T08',
    '31.01.2020': '31.01.2020',
  }
  for (const [text, read] of Object.entries(dates)) expect(clinicalDate(text), text).toBe(read)
  expect([dayText('2020'), dayText('2020-13'), dayText('2020-00-10'), dayText('soon'), dayText('2020-01-31T08:30Z')]).toEqual([
    '2020',
    '2020',
    '2020',
    'soon',
    '31-Jan-2020',
  ])
})

const text = (words: string, label: string | null = 'Label'): ChartText => ({ label, text: words, reading: null, marks: [] })
const entry = (title: string, ...details: readonly string[]): ChartEntry =>
  ({
    title: text(title, null),
    details: details.map((words) => text(words)),
    unmapped: [],
    place: { input: 0, record: 1, line: 1, byte: 0, length: 0, id: null },
  }) as ChartEntry
const row = (id: string, legacy: ChartEntry | null, target: ChartEntry | null): ChartRow =>
  ({ id, legacy, target, note: { cls: 'same' }, cause: null }) as ChartRow
const chart = (...rows: readonly ChartRow[]) => ({ sections: [{ id: 'medicines' as const, rows }] })

test('words of a cell are looked for beside it from three letters on, and anywhere from five', () => {
  const other = row('b', null, entry('Amoxicillin', 'three times daily', '31.01.2020'))
  const found = (words: string, beside: ChartEntry | null = null): string | null => {
    const own = row('a', entry('x'), beside)
    return cellElsewhere(chart(own, other), own, text(words))?.text ?? null
  }
  expect(found('amoxicillin')).toBe('Amoxicillin')
  expect(found('DAILY times')).toBe('three times daily')
  expect(found('daily twice')).toBeNull()
  expect(found('time')).toBeNull()
  expect([found('thre'), found('three')]).toEqual([null, 'three times daily'])
  const beside = entry('Amoxicillin', 'po bid', 'Café')
  expect([found('bi', beside), found('bid', beside), found('cafe', beside), found('po', beside)]).toEqual([
    null,
    'po bid',
    'Café',
    null,
  ])
  // A day is found in every order that its parts allow.
  for (const day of ['2020-01-31', '31/1/2020', '1-31-2020', '31.01.2020']) expect(found(day), day).toBe('31.01.2020')
  for (const day of ['2020-01-30', '30/1/2020', '31/2/2020', '31/1/2021']) expect(found(day), day).toBeNull()
  expect(found('')).toBeNull()
})

test('a row that nothing was made of is found by its title, or by two of its cells in one entry', () => {
  const other = row('b', null, entry('Amoxicillin', 'three times daily', 'by mouth'))
  const found = (legacy: ChartEntry | null) => rowElsewhere(chart(other), { legacy })?.text ?? null
  expect(found(null)).toBeNull()
  expect(found(entry('amoxicillin'))).toBe('Amoxicillin')
  expect(found(entry('amox', 'mouth'))).toBeNull()
  expect(found(entry('amox', 'mouth', 'daily'))).toBe('by mouth')
  // Two cells that stand in the same text are one.
  expect(found(entry('amox', 'times', 'daily'))).toBeNull()
})
