/** What is said of a field map before a row is read: how grave it is, and one sentence of all of it. */
import { expect, test } from 'vitest'
import { readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { mappingFindings, mappingSummary } from '../../../../../src/core/data/crosswalk/records/required.ts'
import { loadDefinitions } from '../../../../../src/core/data/fhir/definitions/packs.ts'

const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
const definitions = await loadDefinitions()

function mappingOf(...lines: readonly string[]) {
  const bytes = new TextEncoder().encode(`${[header, ...lines].join('\n')}\n`)
  const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes]]))
  expect(problems).toEqual([])
  return mapping
}

function judged(...lines: readonly string[]) {
  const mapping = mappingOf(...lines)
  const findings = mappingFindings(mapping, definitions)
  return { findings, sentence: mappingSummary(mapping, findings, []) }
}

const left = (table: string, column: string): string => `${table},${column},,,,,not-carried,not needed,Ada`

test('what is left behind is as grave as it matters for care', () => {
  const { findings, sentence } = judged(
    left('allergies', 'SEVERITY1'),
    left('medications', 'REASONCODE'),
    left('patients', 'BIRTHDATE'),
    left('medications', 'BASE_COST'),
    left('medications', 'PAYER_COVERAGE'),
    left('patients', 'PASSPORT'),
    left('claims', 'STATUSP'),
  )
  expect(findings.map(({ what, severity }) => [what, severity])).toEqual([
    ['allergies.SEVERITY1', 'warning'],
    ['medications.REASONCODE', 'warning'],
    ['patients.BIRTHDATE', 'warning'],
    ['medications.BASE_COST', 'info'],
    ['medications.PAYER_COVERAGE', 'info'],
    ['patients.PASSPORT', 'info'],
    ['claims.STATUSP', 'info'],
  ])
  expect(sentence).toBe('3 columns that matter for care are left behind.')
})

test('suggested lines are one finding for each table, and fill what is required once they are confirmed', () => {
  const { findings, sentence } = judged(
    'conditions,CODE,code,system=http://snomed.info/sct,Condition.code,,confirmed,,Ada',
    'conditions,PATIENT,reference,table=patients,Condition.subject,,suggested,,',
    'conditions,START,copy,,Condition.onsetDateTime,,suggested,,',
    'procedures,CODE,code,system=http://snomed.info/sct,Procedure.code,,confirmed,,Ada',
  )
  const told = findings.map(({ code, what, severity }) => `${code.replace('data/mapping-', '')} ${what} ${severity}`)
  expect(told.sort()).toEqual([
    'required Condition.subject warning',
    'required Procedure.status error',
    'required Procedure.subject error',
    'unmapped conditions warning',
  ])
  expect(sentence).toBe('2 lines wait for your word, 2 required elements have no value yet.')
})

test('a map that nothing is missing in says so', () => {
  expect(judged('patients,NAME,copy,,Patient.name.family,,confirmed,,Ada').sentence).toContain('The field map is whole')
})

test('a map with filled columns that no line speaks of is not called whole, and names them', () => {
  const column = (name: string, filled: number, state: 'carried' | 'open') => ({ table: 'patients', column: name, filled, state })
  const text = 'patients,NAME,copy,,Patient.name.family,,confirmed,,Ada'
  const sentence = (columns: Parameters<typeof mappingSummary>[2]) => mappingSummary(mappingOf(text), [], columns)
  expect(sentence([column('NAME', 9, 'carried'), column('PHONE', 7, 'open'), column('FAX', 0, 'open')])).toBe(
    '1 filled column has no line that carries it: patients.PHONE.',
  )
  expect(sentence([column('NAME', 9, 'carried'), column('FAX', 0, 'open')])).toContain('The field map is whole')
  expect(sentence(null)).not.toContain('whole')
})

test('where something is left behind a person has to read it, in whatever language its names are', () => {
  const left = 'uczulenia,REAKCJA,,,,,not-carried,no field for it,Ada'
  const text = `patients,NAME,copy,,Patient.name.family,,confirmed,,Ada\n${left}`
  expect(mappingSummary(mappingOf(text), [], [])).toBe(
    'No line waits, and 1 line leaves something behind, each with a reason: read whether care needs it.',
  )
})
