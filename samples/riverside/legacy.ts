/** The legacy side: how MedTrack exports its tables, each with the habits of the module it came from. */
import { type Day, dayFirst, monthFirst } from './dates.ts'
import { type Person, providerCode } from './person.ts'

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly encoding: 'windows-1252' | 'utf-8'
  readonly delimiter: ';' | '|' | ','
  readonly dateOrder: 'day-first' | 'month-first'
  /** Lines before the header. */
  readonly preamble: readonly string[]
  /** Whether the last line states the number of rows. */
  readonly footer: boolean
}

const table = (
  name: string,
  style: readonly [Table['encoding'], Table['delimiter'], Table['dateOrder']],
  columns: string,
  more: Partial<Table> = {},
): Table => ({
  name,
  columns: columns.split(' '),
  encoding: style[0],
  delimiter: style[1],
  dateOrder: style[2],
  preamble: [],
  footer: false,
  ...more,
})

const oldModule = ['windows-1252', ';', 'day-first'] as const
const webModule = ['utf-8', '|', 'month-first'] as const

export const tables: readonly Table[] = [
  table('patients', oldModule, 'MRN LAST_NM FIRST_NM DOB SEX PHONE ADDR CITY ZIP SITE'),
  table('allergies', oldModule, 'ALG_ID MRN SUBSTANCE REACTION SEVERITY STATUS NOTED'),
  table('medications', webModule, 'MED_ID MRN DRUG DOSE FREQ ROUTE START STOP STATUS'),
  table('problems', ['utf-8', ',', 'day-first'], 'PRB_ID MRN ICD10 DESCR ONSET STATUS'),
  table('immunizations', ['utf-8', ',', 'month-first'], 'IMM_ID MRN CVX VACCINE GIVEN LOT'),
  table('results', oldModule, 'ACC_NO MRN TEST VALUE COLLECTED', {
    preamble: ['MedTrack LIS export', 'Laboratory: Riverside', 'Character set: Western', ''],
  }),
  table('vitals', webModule, 'VIT_ID MRN VITAL VALUE TAKEN'),
  table('encounters', ['utf-8', ',', 'month-first'], 'ENC_ID MRN TYPE ENC_DATE SITE PROV', { footer: true }),
  table('notes', ['utf-8', ',', 'day-first'], 'NOTE_ID MRN NOTE_DATE AUTHOR TEXT'),
  table('appointments', oldModule, 'APPT_ID MRN APPT_AT SITE PROV'),
  table('providers', ['utf-8', ',', 'day-first'], 'PROV NAME SPECIALTY'),
  table('referrals', ['windows-1252', '|', 'day-first'], 'REF_ID MRN PROV TO_SPEC PRIORITY REF_DATE'),
  table('insurance', ['utf-8', ',', 'day-first'], 'POL_ID MRN PAYER POLICY_NO'),
  table('documents', ['utf-8', ';', 'month-first'], 'DOC_ID MRN TITLE DOC_DATE'),
]

export interface LegacyRow {
  readonly table: string
  readonly key: string
  readonly cells: string[]
}

const tableOf = new Map(tables.map((one) => [one.name, one]))

/** Position of a column, for planting a defect in it. */
export function columnAt(name: string, column: string): number {
  const at = tableOf.get(name)?.columns.indexOf(column) ?? -1
  if (at < 0) throw new Error(`${name} has no column ${column}`)
  return at
}

const allergyStatus = { active: 'A', inactive: 'I', refuted: 'R' } as const

/** The rows of one patient in every table, exactly as typed. */
export function legacyRows(person: Person): LegacyRow[] {
  const { mrn } = person
  const rows: LegacyRow[] = []
  const add = (name: string, ...cells: string[]): void => {
    rows.push({ table: name, key: cells[0] ?? '', cells })
  }
  const { family, given, birth, sex, phone, street, town, postcode, site } = person
  add('patients', mrn, family, given, dayFirst(birth), sex, phone || 'unknown', street, town, postcode, site)
  if (person.statement)
    add('allergies', `A${String(person.index + 1).padStart(6, '0')}0`, mrn, person.statement.text, '', '', 'A', '')
  for (const one of person.allergies)
    add('allergies', one.key, mrn, one.spelling, one.reaction[0], one.severity, allergyStatus[one.status], dayFirst(one.noted))
  for (const one of person.medicines)
    add(
      'medications',
      one.key,
      mrn,
      one.drug.name,
      `${one.dose} ${one.unit}`,
      one.frequency[0],
      one.drug.route,
      monthFirst(one.started),
      one.stopped ? monthFirst(one.stopped) : 'NULL',
      one.stopped ? 'STOP' : 'ACT',
    )
  for (const one of person.problems)
    add('problems', one.key, mrn, one.code, one.title, dayFirst(one.onset), one.status === 'active' ? 'A' : 'R')
  for (const one of person.shots)
    add('immunizations', one.key, mrn, one.vaccine[0], one.vaccine[1], monthFirst(one.given), one.lot)
  for (const one of person.results)
    add(
      'results',
      one.key,
      mrn,
      one.lab.local,
      withUnit(one.comparator + one.value, one.lab.unit),
      stamp(dayFirst(one.taken), one.time),
    )
  for (const one of person.vitals)
    add('vitals', one.key, mrn, one.lab.local, withUnit(one.value, one.lab.unit), stamp(monthFirst(one.taken), one.time))
  for (const one of person.visits)
    add('encounters', one.key, mrn, one.type[0], monthFirst(one.day), one.site, providerCode(one.provider))
  for (const one of person.notes) add('notes', one.key, mrn, dayFirst(one.day), providerCode(one.provider), one.text)
  for (const one of person.bookings)
    add('appointments', one.key, mrn, stamp(dayFirst(one.day), one.time), one.site, providerCode(one.provider))
  for (const one of person.referrals) add('referrals', one.key, mrn, one.provider, one.specialty, one.priority, dayFirst(one.day))
  if (person.policy) add('insurance', person.policy.key, mrn, person.policy.payer, person.policy.number)
  for (const one of person.documents) add('documents', one.key, mrn, one.title, monthFirst(one.day))
  return rows
}

function withUnit(value: string, unit: string): string {
  return unit === '' ? value : unit === '%' ? `${value}%` : `${value} ${unit}`
}

function stamp(day: Day, time: string): string {
  return `${day} ${time}`
}
