/** Names that a person chose: words that every object of the language has, brackets in columns, minus before a span, patterns too large. */
import { expect, test } from 'vitest'
import { safePattern } from '../../../../src/core/data/checks/bytes/safe-pattern.ts'
import { safetyByName } from '../../../../src/core/data/knowledge/data-dictionary.ts'
import { parseExpression } from '../../../../src/core/data/rules/expression.ts'
import { compileSchema } from '../../../../src/core/data/schema/compile.ts'
import { recordsOf, runTables, whyNot } from './run-tables.ts'

const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty']

test('words that every object has are words like others', async () => {
  for (const word of inherited) {
    const field = { name: 'a', type: 'string', format: word }
    const result = await runTables({ t: 'a,b\nx,1\n' }, [], { schemas: { t: { fields: [field, { name: 'b' }] } } })
    expect(whyNot(result, 'data/type of t.a')).toContain(`The text format "${word}" is not known.`)
    expect(parseExpression(`1 ${word}`)).toMatchObject({ kind: 'fault' })
    const one = { on: 't', check: 'data/one-of', fields: ['a', 'b'], params: { mode: word } }
    expect(whyNot(await runTables({ t: 'a,b\nx,1\n' }, [one]), 'Rule data/one-of')).toContain('is not known')
    const typed = { fields: [{ name: 'a', type: word, constraints: { minLength: 2 } }] }
    expect((await runTables({ t: 'a,b\nx,1\n' }, [], { schemas: { t: typed } })).inputs[0]?.records).toBe(1)
    expect(() => compileSchema({ properties: { a: { type: 'string', format: word } } }, 't')).not.toThrow()
  }
})

test('a range that is no object is refused in words', async () => {
  const rule = { on: 't', check: 'data/plausible-range', fields: ['a'], params: { ranges: [null] } }
  expect(whyNot(await runTables({ t: 'a,b\n1,1\n' }, [rule]), 'Rule data/plausible-range')).toContain('is an object')
})

test('columns with brackets can be ruled, by a check and by an expression', async () => {
  const tables = { t: 'id,Weight [kg],Limit [kg]]\n1,80,70\n2,60,70\n' }
  const order = { on: 't', check: 'data/order', fields: ['Weight [kg]', 'Limit [kg]]'] }
  expect(recordsOf(await runTables(tables, [order]), 'data/order')).toEqual([1])
  const own = { id: 'light', on: 't', assert: '[Weight [kg]]] < 70' }
  expect(recordsOf(await runTables(tables, [own]), 'data/custom-rule')).toEqual([1])
  expect(parseExpression('[Weight [kg]] < 70')).toMatchObject({ kind: 'fault', says: expect.stringContaining(']]') })
})

test('a span of time may have a minus before it', async () => {
  const rule = { id: 'day before', on: 't', assert: '[a] + -1 day <= [b]' }
  const result = await runTables({ t: 'a,b\n2020-03-01,2020-02-29\n2020-03-01,2020-02-28\n' }, [rule])
  expect(recordsOf(result, 'data/custom-rule')).toEqual([2])
})

test('a pattern that can not be run says why', () => {
  expect(safePattern('a{5000}', true)).toMatch(/too large/)
  expect(safePattern('(?=a)b', true)).toMatch(/look-around/)
  expect(safePattern('[a-z', true)).toMatch(/can not be read .*missing closing/)
})

test('tables are known by words of their names, not by letters inside other words', () => {
  const classes: readonly (readonly [string, string | null])[] = [
    ['availability', null],
    ['clinic_availability', null],
    ['labels', null],
    ['collaborators', null],
    ['borders', null],
    ['lab_results', 'result'],
    ['LABS', 'result'],
    ['patientLabs', 'result'],
    ['labresults', 'result'],
    ['laboratory', 'result'],
    ['testresults', 'result'],
    ['LABEVENTS', 'result'],
    ['clinicalnotes', 'document'],
    ['patientallergies', 'allergy'],
    ['AllergyIntolerance', 'allergy'],
    ['drug_exposure', 'active-medication'],
    ['disorders', 'problem'],
    ['medication_orders', 'active-medication'],
    ['orders', 'appointment-order'],
    ['progress_notes', 'document'],
    ['insurance_claims', 'administrative'],
    ['reclaimed', null],
    ['care_site', 'administrative'],
    ['patients', 'identity'],
    ['persons', 'identity'],
  ]
  for (const [table, safety] of classes) expect([table, safetyByName(table)]).toEqual([table, safety])
})
