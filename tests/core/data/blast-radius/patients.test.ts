import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Bits } from '../../../../src/core/bits.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ValidateResult, ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../../src/core/data/validate/validate-input.ts'
import { DenseKeys } from '../../../../src/core/dense-keys.ts'
import { hash64 } from '../../../../src/core/hash64.ts'
import { finish } from '../../../../src/core/operation.ts'
import { chunkedSource, signal } from '../reading.ts'

const encoder = new TextEncoder()

const file = (
  name: string,
  csv: string | Uint8Array,
  schema: JsonObject | null,
  sizes: readonly number[] = [65536],
): ValidateSource => ({
  source: chunkedSource(name, typeof csv === 'string' ? encoder.encode(csv) : csv, sizes),
  side: null,
  format: null,
  table: name.replace(/\.[^.]+$/, ''),
  reading: { headerRows: 1, delimiter: ',' },
  schema,
})
const run = (inputs: readonly ValidateSource[], rest: Omit<ValidateInput, 'inputs'> = {}): Promise<ValidateResult> =>
  finish(validate({ inputs, ...rest }, signal))
const at = (result: ValidateResult, code: string, place?: string) => {
  const found = result.findings.find((finding) => finding.code === code && (place === undefined || finding.place === place))
  if (!found) throw new Error(`${code} was not found; there are ${result.findings.map((each) => each.code).join(', ')}`)
  return found
}
const sexes = { name: 'sex', constraints: { enum: ['F', 'M'] } }
const reference = (fields: string, resource: string, key: string): JsonObject => ({
  fields,
  reference: { resource, fields: key },
})

test('bit sets and dense numbers agree with plain sets', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(5000), { maxLength: 80 }), { maxLength: 6 }), (lists) => {
      const union = new Bits()
      const keys = new DenseKeys()
      for (const list of lists) {
        const bits = new Bits()
        for (const value of list) bits.add(keys.number(hash64(`key ${value}`)))
        expect(bits.size).toBe(new Set(list).size)
        union.include(bits)
      }
      const all = new Set(lists.flat())
      expect(union.size).toBe(all.size)
      expect([...union].toSorted((a, b) => a - b)).toEqual(Array.from({ length: all.size }, (_, index) => index + 1))
      for (const value of all) expect(union.has(keys.find(hash64(`key ${value}`)))).toBe(true)
    }),
  )
})

test('numbers that do not fit are told, not guessed', () => {
  const keys = new DenseKeys(256)
  const numbers = Array.from({ length: 400 }, (_, index) => keys.number(hash64(String(index))))
  expect(keys.full).toBe(true)
  expect(numbers.filter((number) => number > 0)).toHaveLength(keys.size)
})

/** Rows of three tables: patients, encounters of patients, lines of encounters. */
const rows = fc.record({
  encounters: fc.array(fc.record({ patient: fc.nat(6), sex: fc.constantFrom('F', 'M', 'X') }), { minLength: 1, maxLength: 12 }),
  lines: fc.array(fc.record({ encounter: fc.nat(14), code: fc.constantFrom('a', 'b', 'wrong', 'other') }), {
    minLength: 1,
    maxLength: 30,
  }),
  split: fc.integer({ min: 1, max: 97 }),
})

test('patients of a finding are the distinct patients of its rows, through any number of keys and any chunking', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async ({ encounters, lines, split }) => {
      const patients = `id,name\n${Array.from({ length: 7 }, (_, i) => `p${i},n\n`).join('')}`
      const visits = `enc,patient,sex\n${encounters.map(({ patient, sex }, i) => `e${i},p${patient},${sex}\n`).join('')}`
      const claims = `line,enc,code\n${lines.map(({ encounter, code }, i) => `l${i},${encounter === 14 ? '' : `e${encounter}`},${code}\n`).join('')}`
      const result = await run([
        file(
          'claims_lines.csv',
          claims,
          {
            fields: [{ name: 'line' }, { name: 'enc' }, { name: 'code', constraints: { enum: ['a', 'b'] } }],
            foreignKeys: [reference('enc', 'visits', 'enc')],
          },
          [split],
        ),
        file(
          'visits.csv',
          visits,
          {
            fields: [{ name: 'enc' }, { name: 'patient' }, sexes],
            primaryKey: 'enc',
            foreignKeys: [reference('patient', 'patients', 'id')],
          },
          [split, 3],
        ),
        file('patients.csv', patients, { fields: [{ name: 'id' }, { name: 'name' }], primaryKey: 'id' }),
      ])
      const wrong = lines.filter(({ code }) => code === 'wrong' || code === 'other')
      const known = wrong.map(({ encounter }) => encounters[encounter]?.patient)
      const finding = result.findings.find(({ code, place }) => code === 'data/value-list' && place === 'code')
      expect(finding?.count ?? 0).toBe(wrong.length)
      if (finding) expect(finding.patients).toBe(new Set(known.filter((each) => each !== undefined)).size)
      // Rows of one patient carry one number, rows of two carry two.
      const numbers = (finding?.sample ?? []).flatMap(({ patientNumber }) => patientNumber ?? [])
      expect(new Set(numbers).size).toBe(finding?.patients ?? 0)
      expect(numbers).toHaveLength(known.filter((each) => each !== undefined).length)
      const unknown = finding?.withoutPatient ?? 0
      // Every row counts, however many of them name the same unknown visit.
      if (finding) expect(unknown).toBe(wrong.filter(({ encounter }) => encounters[encounter] === undefined).length)
      const damaged = encounters.filter(({ sex }) => sex === 'X')
      const visit = result.findings.find(({ code, place }) => code === 'data/value-list' && place === 'sex')
      if (visit) expect(visit.patients).toBe(new Set(damaged.map(({ patient }) => patient)).size)
    }),
    { numRuns: Number(process.env.LONG ?? 0) > 0 ? 2000 : 60 },
  )
})

test('a table that leads to no patient says why, and one without findings is not mentioned', async () => {
  const schema = { fields: [{ name: 'prov' }, sexes] }
  const bad = await run([file('providers.csv', 'prov,sex\n1,F\n2,X\n', schema)])
  expect(at(bad, 'data/value-list').patients).toBeNull()
  expect(bad.notEvaluated).toContainEqual({
    what: 'Patients of providers',
    why: 'No column of the table names a patient and no declared key leads to one.',
  })
  const good = await run([file('providers.csv', 'prov,sex\n1,F\n2,M\n', schema)])
  expect(good.notEvaluated.filter(({ what }) => what.startsWith('Patients'))).toEqual([])
  const declared = await run([file('rooms.csv', 'mrn,sex\n1,X\n', { ...schema, 'x-carryover': { patient: false } })])
  expect(at(declared, 'data/value-list').patients).toBeNull()
})

test('a declaration that can not be honoured is named', async () => {
  const schema = { fields: [{ name: 'mrn' }, sexes], 'x-carryover': { patient: 'person', safety: 'allergies' } }
  const result = await run([file('a.csv', 'mrn,sex\n1,X\n', schema)])
  expect(result.notEvaluated.find(({ what }) => what.startsWith('x-carryover'))?.why).toMatch(
    /"allergies" is not one of allergy, /,
  )
})

test('reading problems belong to the patient of their record, whatever the encoding and the chunks', async () => {
  const csv = 'mrn,name,sex\n7,M\xfcller,F\n7,a\x00b,F\n8,x,F,F\n9,"a"b,F\n\n7,ok,X\n'
  const schema = { fields: [{ name: 'mrn' }, { name: 'name' }, sexes], 'x-carryover': { patient: 'mrn' } }
  const latin = Uint8Array.from(csv, (letter) => letter.charCodeAt(0))
  const wide = Uint8Array.from([0xff, 0xfe, ...Array.from(csv).flatMap((letter) => [letter.charCodeAt(0), 0])])
  for (const bytes of [latin, wide])
    for (const sizes of [[1], [7, 2], [4096]]) {
      const result = await run([
        {
          ...file('p.csv', bytes, schema, sizes),
          reading: { headerRows: 1, delimiter: ',', ...(bytes === latin ? { encoding: 'utf-8' } : {}) },
        },
      ])
      if (bytes === latin) expect(at(result, 'data/invalid-bytes')).toMatchObject({ count: 1, patients: 1 })
      expect(at(result, 'data/nul-byte')).toMatchObject({ count: 1, patients: 1 })
      expect(at(result, 'data/stray-quote')).toMatchObject({ patients: 1 })
      // The first cell is a number as everywhere in its column; what is too much stands behind it.
      expect(at(result, 'data/ragged-row')).toMatchObject({ count: 1, patients: 1 })
      expect(at(result, 'data/blank-line').patients).toBeNull()
      expect(at(result, 'data/value-list').patients).toBe(1)
    }
})

test('a row cut at its end names its patient where numbers or dates prove that its cells stand in their columns', async () => {
  const rows = ['7,Ada,1990-01-01,1.5,a', '8,Grace,1991-02-02,2.5,b', '9,Edith,1992-03-03,3.5,c', '7,Joan,1993-04-04,4.5,d']
  const named = async (header: string, ...ragged: readonly string[]) => {
    const schema = { fields: header.split(',').map((name) => ({ name })), 'x-carryover': { patient: 'mrn' } }
    const result = await run([file('p.csv', `${[header, ...rows, ...ragged, ...rows].join('\n')}\n`, schema)])
    const { patients, withoutPatient } = at(result, 'data/ragged-row')
    return [patients, withoutPatient ?? 0]
  }
  expect(await named('mrn,name,born,dose,site', '8,Ada,1990-01-01')).toEqual([1, 0])
  expect(await named('mrn,name,born,dose,site', '8,Ada,1990-01-01,1.5,a,')).toEqual([1, 0])
  // The name is no number, so nothing behind the patient proves that no cell is missing before.
  expect(await named('no,mrn,born,dose,site', '8,Ada')).toEqual([0, 1])
  expect(await named('no,mrn,born,dose,site', '8,Ada,1990-01-01')).toEqual([1, 0])
  // A cell too many before or behind the patient, and the rest of a row that a line break cut.
  expect(await named('no,name,born,mrn,site', '8,Ada,Lovelace,1990-01-01,1.5,a')).toEqual([0, 1])
  expect(await named('mrn,name,born,dose,site', '8,Ada,Lovelace,1990-01-01,1.5,a')).toEqual([1, 0])
  expect(await named('mrn,name,born,dose,site', '8,Ada,1990-01-01,1.5', '9,b')).toEqual([1, 1])
  // Numbers beside numbers prove nothing: a decimal comma, and a first number left out.
  const doses = ['1.5,101,7,2024-01-08', '2,102,7,2024-01-08', '4,103,8,2024-01-08', '3.5,104,8,2024-01-08']
  const numbers = async (ragged: string) => {
    const schema = { fields: ['dose', 'mrn', 'ward', 'day'].map((name) => ({ name })), 'x-carryover': { patient: 'mrn' } }
    const result = await run([file('d.csv', `${['dose,mrn,ward,day', ...doses, ragged, ...doses].join('\n')}\n`, schema)])
    const { patients, withoutPatient } = at(result, 'data/ragged-row')
    return [patients, withoutPatient ?? 0]
  }
  expect(await numbers('2,5,101,7,2024-01-09')).toEqual([0, 1])
  expect(await numbers('102,33,2024-01-09')).toEqual([0, 1])
  expect(await numbers('2,102,7')).toEqual([1, 0])
})

test('severity is raised by what a place is about, never lowered, and says so', async () => {
  const schema = {
    fields: [{ name: 'id' }, { name: 'mrn' }, { name: 'prov' }],
    primaryKey: 'id',
    foreignKeys: [reference('mrn', 'patients', 'mrn'), reference('prov', 'providers', 'prov')],
  }
  const others = [
    file('patients.csv', 'mrn\n1\n', { fields: [{ name: 'mrn' }], primaryKey: 'mrn' }),
    file('providers.csv', 'prov\nd\n', { fields: [{ name: 'prov' }], primaryKey: 'prov' }),
  ]
  const csv = 'id,mrn,prov\na,1,d\nb,9,e\nb,1,d\n'
  const allergies = await run([file('allergies.csv', csv, schema), ...others])
  expect(at(allergies, 'data/foreign-key', 'mrn')).toMatchObject({
    severity: 'critical',
    safety: 'allergy',
    patients: 0,
    withoutPatient: 1,
  })
  expect(at(allergies, 'data/foreign-key', 'mrn').severityBecause).toBe(
    'critical instead of error: a record that does not arrive among allergies',
  )
  expect(at(allergies, 'data/foreign-key', 'prov')).toMatchObject({ severity: 'error' })
  expect(at(allergies, 'data/unique-key')).toMatchObject({ severity: 'critical' })
  const claims = await run([file('claims.csv', csv, schema), ...others])
  expect(at(claims, 'data/foreign-key', 'mrn')).toMatchObject({ severity: 'error', safety: 'administrative' })
  expect(allergies.patientsAtRisk).toEqual([{ side: null, patients: 1, of: 1, bySafety: { allergy: 1 } }])
  expect(claims.patientsAtRisk).toEqual([{ side: null, patients: 0, of: 1, bySafety: {} }])
})

test('the policy of the project may lower a severity, and the finding repeats the reason', async () => {
  const schema = { fields: [{ name: 'mrn' }, sexes] }
  const rules = [
    { code: 'data/value-list', path: 'patients.sex', severity: 'warning', because: 'X is loaded as unknown' },
    { code: 'data/value-list', severity: 'critical', because: 'never reached for this place' },
  ] as const
  const result = await run([file('patients.csv', 'mrn,sex\n1,X\n', schema)], { severityRules: rules })
  expect(at(result, 'data/value-list')).toMatchObject({
    severity: 'warning',
    severityBecause: 'set to warning instead of error by the project: X is loaded as unknown',
  })
  expect(result.summary).toMatchObject({ warning: 1, error: 0, recordsWithErrors: 0 })
})

test('findings of keys that do not fit the budget keep their patients', async () => {
  const schema = {
    fields: [{ name: 'id' }, { name: 'mrn' }],
    primaryKey: 'id',
    foreignKeys: [reference('mrn', 'patients', 'mrn')],
  }
  const patients = file('patients.csv', `mrn\n${Array.from({ length: 3000 }, (_, i) => `m${i}\n`).join('')}`, {
    fields: [{ name: 'mrn' }],
    primaryKey: 'mrn',
  })
  const rows = Array.from({ length: 6000 }, (_, i) => `${i % 5000},${i % 4 === 0 ? `orphan${i % 40}` : `m${i % 3000}`}\n`)
  const small = await run([file('allergies.csv', `id,mrn\n${rows.join('')}`, schema), patients], { keyBudget: 1 << 16 })
  const large = await run([file('allergies.csv', `id,mrn\n${rows.join('')}`, schema), patients])
  expect(at(large, 'data/foreign-key')).toMatchObject({ count: 1500, patients: 0, withoutPatient: 1500 })
  expect(at(large, 'data/unique-key')).toMatchObject({ count: 1000, patients: 750 })
  for (const finding of small.findings) expect(finding.patients).toBe(at(large, finding.code, finding.place).patients)
})

test('the second table of a file finds its own way to the patient', async () => {
  const csv =
    'mrn,name\n1,Ada\n2,Bea\n3,Cleo\n4,Dora\n\n\nid,mrn,born\na,1,1990-02-01\nb,2,1990-02-02\nc,2,1990-02-03\nd,3,199\xff\n'
  const bytes = Uint8Array.from(csv, (letter) => letter.charCodeAt(0))
  const result = await run([{ ...file('export.csv', bytes, null), reading: { encoding: 'utf-8' } }])
  expect(result.inputs.map(({ name }) => name)).toEqual(['export.csv', 'export.csv#2'])
  expect(result.inputs[1]?.patients).toBe('mrn: by the name of the column, mrn')
  expect(at(result, 'data/invalid-bytes')).toMatchObject({ input: 1, patients: 1 })
})

test('patients of both sides are counted apart', async () => {
  const schema = { fields: [{ name: 'mrn' }, sexes], primaryKey: 'mrn' }
  const csv = 'mrn,sex\n1,F\n1,F\n2,F\n'
  const result = await run([
    { ...file('patients.csv', csv, schema), side: 'legacy' },
    { ...file('patients.csv', csv, schema), side: 'target' },
  ])
  expect(result.patientsAtRisk).toEqual([
    { side: 'legacy', patients: 1, of: 3, bySafety: { identity: 1 } },
    { side: 'target', patients: 1, of: 3, bySafety: { identity: 1 } },
  ])
})
