import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyColumn, linesPerValue } from '../../../../src/core/data/crosswalk/mapping/keyed-lines.ts'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { planPairing } from '../../../../src/core/data/crosswalk/plan/plan.ts'
import { parseCondition } from '../../../../src/core/data/crosswalk/plan/row-condition.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { runMapping } from './mapped.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const panel = "Observation.where(code.coding.code='85354-9')"
const survey = "Observation.where(code.coding.code='93025-5')"
const part = 'component.where(code.coding.code={CODE})'
/** Long rows of measurements: two kinds of panels, singles of numbers and of words, and rows that stay behind. */
const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,Id,copy,role=key,Patient.identifier.value,,confirmed,,data team
obs,CODE,filter,"in=""8480-6|8462-4""",${panel},,confirmed,Parts of one blood pressure,data team
obs,DATE,group,,${panel},,confirmed,One reading is one record,data team
obs,PATIENT,reference,table=patients,${panel}.subject,,confirmed,,data team
obs,DATE,date-time,,${panel}.effectiveDateTime,,confirmed,,data team
obs,,constant,value=final,${panel}.status,,confirmed,,data team
obs,VALUE,number-format,"when=""CODE=8480-6""",${panel}.component.where(code.coding.code='8480-6').valueQuantity.value,,confirmed,,data team
obs,VALUE,number-format,"when=""CODE=8462-4""",${panel}.component.where(code.coding.code='8462-4').valueQuantity.value,,confirmed,,data team
obs,CODE,filter,"only=""CODE=Q1|Q2|Q3""",${survey},,confirmed,Answers of one survey,data team
obs,DATE,group,,${survey},,confirmed,One survey is one record,data team
obs,PATIENT,reference,table=patients,${survey}.subject,,confirmed,,data team
obs,DATE,date-time,,${survey}.effectiveDateTime,,confirmed,,data team
obs,,constant,value=final,${survey}.status,,confirmed,,data team
obs,VALUE,copy,,${survey}.${part}.valueString,,confirmed,,data team
obs,*,filter,rest=yes,Observation,,confirmed,The parts of panels are elsewhere,data team
obs,CODE,filter,"except=""CODE=SCORE and VALUE is number""",,,confirmed,Computed by the new system,A. Lead
obs,PATIENT,reference,table=patients,Observation.subject,,confirmed,,data team
obs,DATE,date-time,,Observation.effectiveDateTime,,confirmed,,data team
obs,,constant,value=final,Observation.status,,confirmed,,data team
obs,CODE,code,"system=http://loinc.org; role=code",Observation.code,,confirmed,,data team
obs,VALUE,number-format,"when=""TYPE=n""",Observation.valueQuantity.value,,confirmed,,data team
obs,UNIT,copy,"when=""TYPE=n""",Observation.valueQuantity.unit,,confirmed,,data team
obs,VALUE,copy,"when=""TYPE!=n""",Observation.valueString,,confirmed,,data team
obs,UNIT,,"when=""TYPE!=n""",,,not-carried,Words have no unit,A. Lead
,*,,,DiagnosticReport,,not-carried,Derived by the new system,A. Lead
`
const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes(fields)]]))

interface Visit {
  readonly patient: number
  readonly day: number
  readonly pressure: boolean
  readonly answers: readonly number[]
  readonly weight: boolean
  readonly words: boolean
  readonly score: boolean
}

const visits: fc.Arbitrary<readonly Visit[]> = fc.uniqueArray(
  fc.record({
    patient: fc.integer({ min: 1, max: 4 }),
    day: fc.integer({ min: 1, max: 28 }),
    pressure: fc.boolean(),
    answers: fc.uniqueArray(fc.integer({ min: 1, max: 3 })),
    weight: fc.boolean(),
    words: fc.boolean(),
    score: fc.boolean(),
  }),
  { selector: ({ patient, day }) => `${patient}.${day}`, maxLength: 12 },
)

function rowsOf({ patient, day, pressure, answers, weight, words, score }: Visit): string[] {
  const row = (code: string, value: string, unit: string, type: string): string =>
    `P${patient},2024-03-${String(day).padStart(2, '0')}T08:00:00Z,${code},${value},${unit},${type}`
  return [
    ...(pressure ? [row('8480-6', `${120 + day}`, '', 'n'), row('8462-4', `${70 + day}`, '', 'n')] : []),
    ...answers.map((n) => row(`Q${n}`, `Answer ${n}`, '', 't')),
    ...(weight ? [row('29463-7', `${60 + day}.5`, 'kg', 'n')] : []),
    ...(words ? [row('72166-2', 'Never smoked', 'n/a', 't')] : []),
    ...(score ? [row('SCORE', '0.9', '', 'n')] : []),
  ]
}

function table(name: string, header: string, rows: readonly string[], side: 'legacy' | 'target' = 'legacy'): PairSource {
  const source = bytesSource(`${name}.csv`, bytes(`${[header, ...rows].join('\n')}\n`))
  return { source, side, format: 'csv', table: name, reading: {} }
}

test('rows of panels become components, the others records of their own, and every row is accounted', async () => {
  expect(problems).toEqual([])
  await fc.assert(
    fc.asyncProperty(
      visits.chain((list) => {
        const rows = list.flatMap(rowsOf)
        return fc.shuffledSubarray(rows, { minLength: rows.length }).map((shuffled) => ({ list, rows: shuffled }))
      }),
      async ({ list, rows }) => {
        const legacy = [
          table('patients', 'Id', ['P1', 'P2', 'P3', 'P4']),
          table('obs', 'PATIENT,DATE,CODE,VALUE,UNIT,TYPE', rows),
        ]
        const { result, bytes: made } = await runMapping({ inputs: legacy, mapping })
        const count = (has: (visit: Visit) => boolean): number => list.filter(has).length
        const singles = count(({ weight }) => weight) + count(({ words }) => words)
        const panels = count(({ pressure }) => pressure) + count(({ answers }) => answers.length > 0)
        expect(result.reasons).toEqual([])
        expect(result.tables.find((one) => one.table === 'obs')).toMatchObject({
          read: rows.length,
          written: singles + panels,
          filtered: count(({ score }) => score),
          rejected: 0,
        })
        const target = [...made].flatMap(([path, content]): PairSource[] =>
          path.endsWith('.ndjson')
            ? [{ source: bytesSource(path, content), side: 'target', format: 'ndjson', table: '', reading: {} }]
            : [],
        )
        const report = '{"resourceType":"DiagnosticReport","id":"d1","status":"final"}\n'
        target.push({
          source: bytesSource('DiagnosticReport.ndjson', bytes(report)),
          side: 'target',
          format: 'ndjson',
          table: '',
          reading: {},
        })
        const compared = await finish(reconcile({ inputs: [...legacy, ...target], mapping }, signal))
        expect(compared).toMatchObject({ unaccounted: 0, unexplained: 0, findings: [] })
        if (rows.length > 0)
          expect(compared.tables.find((one) => one.table === 'obs')).toMatchObject({
            legacy: rows.length,
            arrived: singles + panels,
            merged: rows.length - singles - panels - count(({ score }) => score),
            filtered: count(({ score }) => score),
          })
      },
    ),
    { numRuns: 60 },
  )
})

test('a component that changed is found under the name of its code', async () => {
  const rows = rowsOf({ patient: 1, day: 3, pressure: true, answers: [1, 2], weight: false, words: false, score: false })
  const legacy = [table('patients', 'Id', ['P1']), table('obs', 'PATIENT,DATE,CODE,VALUE,UNIT,TYPE', rows)]
  const { files } = await runMapping({ inputs: legacy, mapping })
  const target = [...files].flatMap(([path, text]): PairSource[] =>
    path.endsWith('.ndjson')
      ? [
          {
            source: bytesSource(path, bytes(text.replace('Answer 2', 'Another answer'))),
            side: 'target',
            format: 'ndjson',
            table: '',
            reading: {},
          },
        ]
      : [],
  )
  const { fields: compared, unaccounted } = await finish(reconcile({ inputs: [...legacy, ...target], mapping }, signal))
  expect(unaccounted).toBe(0)
  expect(compared.filter(({ changed }) => changed > 0).map(({ column }) => column)).toEqual(['VALUE where CODE is Q2'])
})

test('a row that two targets take is refused where only one of them joins it', async () => {
  const twice = readMapping(
    new Map([['mapping/fields.csv', bytes(fields.replace('obs,*,filter,rest=yes', 'obs,CODE,filter,not-in=none'))]]),
  ).mapping
  const rows = rowsOf({ patient: 1, day: 3, pressure: true, answers: [], weight: false, words: false, score: false })
  const legacy = [table('patients', 'Id', ['P1']), table('obs', 'PATIENT,DATE,CODE,VALUE,UNIT,TYPE', rows)]
  const { result } = await runMapping({ inputs: legacy, mapping: twice })
  expect(result.tables.find((one) => one.table === 'obs')).toMatchObject({ read: 2, rejected: 2 })
  expect(result.reasons[0]?.why).toContain('keep it out of one by a filter')
})

test('a rule of rows that nothing follows is said', () => {
  const text = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,Id,copy,role=key,Patient.identifier.value,,confirmed,,a
patients,Id,filter,in=1,Person,,confirmed,why,a
patients,Id,filter,in=1; not-in=2,,,confirmed,why,a
patients,Id,copy,,Patient.extension.where(url={KIND}).valueString,,confirmed,,a
`
  const { notEvaluated } = planPairing(readMapping(new Map([['mapping/fields.csv', bytes(text)]])).mapping)
  const words = notEvaluated.map(({ what, why }) => `${what}: ${why}`).join('\n')
  expect(words).toContain('patients.Person: its filter has no effect')
  expect(words).toContain('filter takes one of')
  expect(words).toContain('{KIND} needs the values it stands for')
})

test('conditions read values, forms and several tests', () => {
  const takes = (text: string, ...cells: string[]): boolean => {
    const condition = parseCondition(text)
    if (typeof condition === 'string') throw new Error(condition)
    return condition.takes(cells)
  }
  expect(takes('A=x|y', ' y ')).toBe(true)
  expect(takes('A!=x|y', 'y')).toBe(false)
  expect(takes('A=', '')).toBe(true)
  expect(takes('A is number', '-1.5e3')).toBe(true)
  expect(takes('A is not number and B=1', 'n/a', '1')).toBe(true)
  expect(takes('A is text', '2024-01-02')).toBe(false)
  expect(takes('A=Salt and Pepper', 'Salt and Pepper')).toBe(true)
  expect(parseCondition('nothing')).toContain('names a column')
})

test('a target takes one column in braces', () => {
  expect(keyColumn('A.b.where(c={X}).d.where(e={Y}).f')).toMatchObject({ why: expect.stringContaining('one column') })
  const line = mapping.fields.find(({ target }) => target.includes('{CODE}'))
  if (!line) throw new Error('no keyed line')
  const lines = linesPerValue(line, () => new Set(["it's"]))
  expect(lines).toMatchObject([{ line: { target: expect.stringContaining("code='it\\'s'") }, key: { value: "it's" } }])
})
