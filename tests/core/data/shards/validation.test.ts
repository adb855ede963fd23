/** Sharded validation: the report of any number of parts, in any order, is that of one run, byte for byte; parts hold no cell. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import type { ValidateResult, ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { reportOf } from '../../../../src/core/data/report/document.ts'
import { judgeShard } from '../../../../src/core/data/shards/judge-shard.ts'
import { mergeValidation } from '../../../../src/core/data/shards/merge-validation.ts'
import { otherFormat, partOf, planOf } from '../../../../src/core/data/shards/part.ts'
import { type ValidationPart, validationPartOf } from '../../../../src/core/data/shards/validation-part.ts'
import { planValidation, type ValidationPlan, validationPlanOf } from '../../../../src/core/data/shards/validation-plan.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../../src/core/data/validate/validate-input.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

const plainly: ReadingChoices = { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 }
const input = (
  table: string,
  content: string | Uint8Array,
  schema: JsonObject | null = null,
  reading: ReadingChoices = plainly,
): ValidateSource => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { source: bytesSource(`${table}.csv`, bytes), side: null, format: null, table, reading, schema }
}

const patients: JsonObject = {
  fields: [
    { name: 'id', type: 'string', constraints: { required: true, pattern: '[A-Z][0-9]+' } },
    { name: 'born', type: 'date', format: '%Y-%m-%d', constraints: { minimum: '1900-01-01' } },
    { name: 'died', type: 'date', format: '%Y-%m-%d' },
    { name: 'sex', type: 'string', constraints: { enum: ['f', 'm'] } },
    { name: 'seen', type: 'string' },
    { name: 'kilos', type: 'number', constraints: { minimum: 1, maximum: 400 } },
  ],
  primaryKey: ['id'],
}
const doses: JsonObject = {
  fields: [
    { name: 'nr', type: 'integer', constraints: { unique: true, required: true } },
    { name: 'patient', type: 'string', constraints: { required: true } },
    { name: 'dose', type: 'number', constraints: { maximum: 100 } },
    { name: 'given', type: 'date' },
  ],
  primaryKey: ['nr'],
  foreignKeys: [{ fields: ['patient'], reference: { resource: 'patients', fields: ['id'] } }],
}
const rules = [
  {
    name: 'rules.json',
    text: JSON.stringify({
      rules: [
        { id: 'born before death', on: 'patients', assert: 'born <= died', severity: 'error', title: 'Born before death' },
        {
          id: 'dose after birth',
          on: 'doses',
          assert: "given >= lookup('patients', 'id', patient, 'born')",
          severity: 'critical',
          title: 'Given after birth',
        },
      ],
    }),
  },
]

const planned = (asked: ValidateInput): Promise<ValidationPlan> =>
  finish(planValidation({ input: asked, command: {}, tool: '1' }, signal))
/** Through JSON, as files carry it. */
const part = async (plan: ValidationPlan, asked: ValidateInput, i: number, of: number): Promise<ValidationPart> => {
  const made = validationPartOf(JSON.parse(JSON.stringify(await finish(judgeShard(plan, asked, i, of, '1', signal)))))
  if (!made) throw new Error('no part')
  return made
}
const partsOf = (plan: ValidationPlan, asked: ValidateInput, of: number): Promise<ValidationPart[]> =>
  Promise.all(Array.from({ length: of }, (_, i) => part(plan, asked, i + 1, of)))
const refusal = async (plan: ValidationPlan, parts: readonly ValidationPart[], asked: ValidateInput) => {
  const merged = await finish(mergeValidation(plan, parts, asked, '1', signal))
  return 'says' in merged ? `${merged.refused}: ${merged.says}` : ''
}
const merge = async (plan: ValidationPlan, parts: readonly ValidationPart[], asked: ValidateInput) => {
  const merged = await finish(mergeValidation(plan, parts, asked, '1', signal))
  if ('says' in merged) throw new Error(merged.says)
  return merged
}
const written = (result: ValidateResult): string =>
  JSON.stringify(reportOf(result, { version: '1', run: { started: '', seconds: 0 }, paths: [], reveal: true }), null, 2)
const single = async (asked: ValidateInput): Promise<string> => written(await finish(validate(asked, signal)))

const line = (cells: readonly fc.Arbitrary<string>[], broken: readonly string[]) =>
  fc.oneof(
    { weight: 14, arbitrary: fc.tuple(...cells).map((texts) => texts.join(',')) },
    { weight: 1, arbitrary: fc.constantFrom('', 'only,two', 'Total', '(3 rows affected)', ...broken) },
  )
const mostly = (good: readonly string[], bad: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) })
const ids = Array.from({ length: 40 }, (_, i) => `P${i}`)
const days = ['1950-02-03', '1987-12-31', '2001-07-15', '']
const patientLine = line(
  [
    mostly(ids, ['', 'p1', '"P1"', 'P 2', '"P""3"']),
    mostly(days, ['1890-01-01', '31/12/1980', '"two\nlines"', '1.23E+11']),
    mostly(days, ['1901-02-30', 'in"side']),
    mostly(['f', 'm'], ['x', 'F', 'MÃ¼', '"open']),
    mostly(['03/04/1990', '"a,b"', '28/02/1990', 'Müller'], ['02/28/1990', '"x\n1,2,3\ny"', '5" tube']),
    mostly(['70', '81.5', ''], ['-3', '4,5', '"bad"x', '900']),
  ],
  ['id,born,died,sex,seen,kilos'],
)
const doseLine = line(
  [
    mostly(
      Array.from({ length: 200 }, (_, i) => String(i)),
      ['', 'x', '007'],
    ),
    mostly(ids.slice(0, 30), ['P99', 'Q1', '']),
    mostly(['5', '10.25', '99'], ['101', '1e9', '"1"']),
    mostly(days, ['0001-01-01', '2020-13-01']),
  ],
  ['nr,patient,dose,given', 'a,b,c,d,e'],
)
const file = (header: string, each: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(each, { minLength: 20, maxLength: 150 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => `${header}${end}${lines.map((text) => text + end).join('')}`)

describe('a validation in shards', () => {
  test(
    'tells what one run tells for 1, 7 and 64 shards in any order, whatever is wrong with the tables',
    async () => {
      let cut = 0
      let runs = 0
      let findings = 0
      await fc.assert(
        fc.asyncProperty(
          file('id,born,died,sex,seen,kilos', patientLine),
          file('nr,patient,dose,given', doseLine),
          fc.boolean(),
          fc.infiniteStream(fc.nat()),
          async (one, two, childFirst, random) => {
            const inputs = [input('patients', one, patients), input('doses', two, doses)]
            if (childFirst) inputs.reverse()
            const asked: ValidateInput = { inputs, rules, asOf: '2020-01-01', maxRows: 20 }
            const expected = await single(asked)
            findings += JSON.parse(expected).findings.length
            const plan = await planned(asked)
            for (const of of [1, 7, 64]) {
              const parts = (await partsOf(plan, asked, of))
                .map((made) => ({ made, at: random.next().value ?? 0 }))
                .sort((a, b) => a.at - b.at)
                .map(({ made }) => made)
              const merged = await merge(plan, parts, asked)
              expect(written(merged.result)).toBe(expected)
              runs++
              if (merged.judgedWhole.length < 2) cut++
            }
          },
        ),
        { numRuns: process.env.LONG ? 500 : 10 },
      )
      expect(cut / runs).toBeGreaterThan(0.1)
      expect(findings).toBeGreaterThan(20)
    },
    process.env.LONG ? 1_200_000 : 60_000,
  )

  test.each([
    [
      'UTF-16',
      new Uint8Array(Buffer.from('\uFEFFid,born\r\nP1,1990-02-30\r\nP1,2000-01-01\r\n', 'utf16le')),
      { encoding: 'utf-16le' },
    ],
    [
      'windows-1252',
      Uint8Array.from([...Buffer.from(`id,born\n${'1,M\xfcller\nP2,1990-01-01\n'.repeat(60)}`, 'latin1')]),
      { encoding: 'windows-1252' },
    ],
    [
      'several tables in one file',
      new TextEncoder().encode('id,born\n1,x\nP2,y\n\nname,city,born\nann,Lund,1990-01-01\nbo,Oslo,1991-01-01\n'),
      {},
    ],
    ['nothing', new Uint8Array(0), {}],
  ] as const)('holds for %s', async (_, bytes, reading) => {
    const asked: ValidateInput = { inputs: [input('patients', bytes, patients, { ...plainly, ...reading })], rules }
    const plan = await planned(asked)
    const merged = await merge(plan, await partsOf(plan, asked, 7), asked)
    expect(written(merged.result)).toBe(await single(asked))
  })

  test('holds for rules of JSON Schema, and for columns of dates that only the whole column decides', async () => {
    const schema = {
      properties: { id: { type: 'string' }, dose: { type: 'number' }, unit: { type: 'string' } },
      dependentRequired: { dose: ['unit'] },
    }
    const rows = Array.from(
      { length: 400 },
      (_, i) => `P${i},${i % 7},${i % 50 === 49 ? '' : 'mg'},${i === 3 ? '28/02/1990' : i === 390 ? '02/28/1990' : '03/04/1990'}`,
    )
    const asked: ValidateInput = { inputs: [input('doses', `id,dose,unit,day\n${rows.join('\n')}\n`, schema)] }
    const plan = await planned(asked)
    const merged = await merge(plan, await partsOf(plan, asked, 7), asked)
    expect(merged.judgedWhole).toEqual([])
    expect(written(merged.result)).toBe(await single(asked))
    const found = merged.result.findings.map(({ code, count, denominator }) => [code, count, denominator])
    expect(found).toContainEqual(['data/json-schema', 8, 400])
    expect(found).toContainEqual(['data/date-order', 1, 400])
  })
})

describe('parts of a validation', () => {
  const rows = Array.from(
    { length: 300 },
    (_, i) => `Zqcanary${i},1931-07-${String((i % 31) + 1).padStart(2, '0')},,${i % 3 === 0 ? 'Qzsecret' : 'f'},,${i * 7919}`,
  )
  const header = 'id,born,died,sex,seen,kilos'
  const asked: ValidateInput = { inputs: [input('patients', `${header}\n${rows.join('\n')}\n`, patients)] }

  test('and plans hold no cell, and say which records have something to tell', async () => {
    const plan = await planned(asked)
    const parts = await partsOf(plan, asked, 7)
    expect(JSON.stringify([plan, parts])).not.toMatch(/Zqcanary|Qzsecret|1931-07/)
    expect(parts.flatMap(({ ranges }) => ranges.flatMap(({ told }) => told)).length).toBe(300)
  })

  test('of another version or another format are refused in words', async () => {
    const plan = await planned(asked)
    const words = 'The plan was made by version 1, and this is 2. Make a new plan.'
    expect(await finish(judgeShard(plan, asked, 1, 1, '2', signal))).toBe(words)
    const parts = await partsOf(plan, asked, 1)
    expect(await finish(mergeValidation(plan, parts, asked, '2', signal))).toEqual({ refused: 'inputs', says: words })
    const older = { ...parts[0], format: 1 }
    expect(validationPartOf(older)).toBeNull()
    expect(otherFormat(older)).toMatch(/^a part of format 1, .* format 2\. Run its shard again/)
  })

  test('that are missing, of another plan or of another command are named; a shard that came twice is one shard', async () => {
    const plan = await planned(asked)
    const parts = await partsOf(plan, asked, 7)
    const told = (given: readonly ValidationPart[], of: ValidateInput = asked) => refusal(plan, given, of)
    expect(await told(parts.slice(1, 6))).toBe('parts: Shards 1, 7 of 7 are missing.')
    expect(await told([])).toBe('parts: No part was given.')
    const later = { ...asked, asOf: '2001-01-01' }
    const other = await planned(later)
    expect(await told(await partsOf(other, later, 1))).toMatch(/another plan/)
    expect(await told([...parts, ...(await partsOf(plan, asked, 1))])).toMatch(/do not go together/)
    expect(await told(parts, { inputs: [...asked.inputs, input('doses', 'nr\n1\n')] })).toMatch(/doses.csv was not there/)
    const severer = { ...asked, rules }
    expect(await told(parts, severer)).toMatch(/not those that the plan was made with/)
    expect(await finish(judgeShard(plan, severer, 1, 7, '1', signal))).toMatch(/not those that the plan was made with/)
    expect(written((await merge(plan, [...parts, ...parts], asked)).result)).toBe(await single(asked))
    // What `profile` takes are other plans and parts.
    expect(partOf(JSON.parse(JSON.stringify(parts[0])))).toBeNull()
    expect(planOf(JSON.parse(JSON.stringify(plan)))).toBeNull()
    expect(validationPlanOf(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
  })

  test('of other bytes are refused, whether the merge or a shard read them', async () => {
    const plan = await planned(asked)
    const text = `${header}\n${rows.join('\n').replace('Qzsecret', 'Qzsecreu')}\n`
    const changed: ValidateInput = { inputs: [input('patients', text, patients)] }
    const parts = await partsOf(plan, asked, 7)
    expect(await refusal(plan, parts, changed)).toMatch(/patients.csv has other bytes/)
    const strays = [await part(plan, changed, 1, 7), ...parts.slice(1)]
    expect(await refusal(plan, strays, asked)).toMatch(/patients.csv has other bytes/)
  })

  test('that do not add up are not believed: the input is judged whole', async () => {
    const plan = await planned(asked)
    const parts = await partsOf(plan, asked, 7)
    const expected = await single(asked)
    const torn = (change: (range: ValidationPart['ranges'][number]) => ValidationPart['ranges'][number]) =>
      parts.map((one) => (one.shard === 3 ? { ...one, ranges: one.ranges.map(change) } : one))
    const fewer = torn((range) => ({ ...range, records: range.records - 1 }))
    const astray = torn((range) => ({ ...range, told: range.told.map((step) => step + 1) }))
    for (const bad of [fewer, astray]) {
      const merged = await merge(plan, bad, asked)
      expect(merged.judgedWhole).toEqual(['patients.csv'])
      expect(written(merged.result)).toBe(expected)
    }
    const listing = { ...asked, observer: { see() {} } }
    expect(await refusal(plan, astray, listing)).toMatch(/do not add up to the records of patients.csv/)
  })
})
