/** Rules are honoured whole or named: conditions, tables that are not there, later tables of a file, several rules of one check. */
import { expect, test } from 'vitest'
import { FactTable } from '../../../../src/core/data/rules/facts.ts'
import { nearestName } from '../../../../src/core/values/nearest-name.ts'
import { recordsOf, runTables, whyNot } from './run-tables.ts'

test('a condition holds for checks over columns and over all records', async () => {
  const t = 'id,kind,number,patient,from,to\n'
  const rows = [
    '1,nhs,9434765918,7,2020-01-01,2020-01-10',
    '2,own,9434765917,7,2020-01-05,2020-01-06',
    '3,nhs,9434765919,7,2020-01-05,2020-01-06',
  ]
  const digit = { on: 't', check: 'data/check-digit', fields: ['number'], params: { scheme: 'nhs' }, when: "[kind] = 'nhs'" }
  const overlap = { on: 't', check: 'data/interval-overlap', fields: ['patient', 'from', 'to'], when: "[kind] = 'nhs'" }
  const result = await runTables({ t: t + rows.join('\n') }, [digit, overlap])
  expect(recordsOf(result, 'data/check-digit')).toEqual([1])
  expect(result.findings.find(({ code }) => code === 'data/check-digit')?.denominator).toBe(2)
  expect(recordsOf(result, 'data/interval-overlap')).toEqual([3])
  const never = { ...digit, id: 'never', when: "[kind] = 'x'" }
  expect(whyNot(await runTables({ t: t + rows.join('\n') }, [never]), 'Rule never')).toContain('Not applicable')
})

test('a condition that can not be honoured refuses the rule', async () => {
  const tables = { t: 'id,a\n1,x\n', u: 'id,b\n1,x\n' }
  const when = "lookup('u', 'id', [id], 'b') = 'x'"
  const result = await runTables(tables, [
    { id: 'one', on: 't', check: 'data/picklist', fields: ['a'], when },
    { id: 'two', on: 't', check: 'data/sequence', fields: ['id'], when },
    { id: 'three', on: 't', check: 'data/picklist', fields: ['a'], when: '[nowhere] = 1' },
  ])
  expect(whyNot(result, 'Rule one')).toContain('can not ask other tables')
  expect(whyNot(result, 'Rule two')).toContain('can not ask other tables')
  expect(whyNot(result, 'Rule three')).toContain('no column nowhere')
})

test('a rule of a table that the run does not have is named, with the nearest name', async () => {
  const rules = [
    { id: 'far', on: 'patiens', assert: '[id] > 0' },
    { id: 'off', on: 'letters', assert: '[id] > 0' },
  ]
  const result = await runTables({ patients: 'id,a\n1,x\n' }, rules)
  expect(whyNot(result, 'Rule far')).toBe('The table patiens is not part of this run. The nearest name is patients.')
  expect(whyNot(result, 'Rule off')).toBe('The table letters is not part of this run.')
  expect(nearestName('ab', ['xy', 'abc'])).toBe('abc')
})

test('two rules of one check on one column are both judged', async () => {
  const rows = Array.from({ length: 4 }, (_, i) => `${i % 2 === 0 ? 'a' : 'b'},${i < 2 ? 'x@example.org' : '10.0.0.1'}`)
  const rule = (kind: string, format: string) => ({
    id: kind,
    on: 't',
    check: 'data/text-format',
    fields: ['v'],
    params: { format },
    when: `[kind] = '${kind}'`,
  })
  const result = await runTables({ t: `kind,v\n${rows.join('\n')}\n` }, [rule('a', 'email'), rule('b', 'ipv4')])
  expect(recordsOf(result, 'data/text-format').toSorted()).toEqual([2, 3])
  expect(result.findings.find(({ code }) => code === 'data/text-format')?.denominator).toBe(4)
})

test('a look-up by a column that is no key says so', async () => {
  const tables = { t: 'id,p\n1,7\n2,8\n', u: 'p,born\n7,1990\n7,1991\n7,1992\n8,1993\n' }
  const rule = { id: 'born', on: 't', assert: "lookup('u', 'p', [p], 'born') > '1980'" }
  expect(whyNot(await runTables(tables, [rule]), 'Rule born')).toContain('The column p of u is no key: 2 of its records')
  const unique = { ...tables, u: 'p,born\n7,1990\n8,1993\n' }
  expect(whyNot(await runTables(unique, [rule]), 'Rule born')).toBe('')
})

test('facts beyond their budget are not taken', () => {
  const facts = new FactTable('u', 'p', { left: 10 })
  facts.want('born')
  facts.add('7', () => '1990')
  expect(facts.full).toBe(true)
})

test('a later table of one file has its rules and watches, and its keys are compared', async () => {
  const first = 'id,name,city\n1,a,x\n2,b,y\n3,c,z\n'
  const second = 'code,value\nA1,20\nB2,30\nC3,900\n#N/A,40\n'
  const schemas = { t: null }
  const rules = [
    { id: 'small', on: 't#2', assert: '[value] < 100' },
    { id: 'known', on: 't#2', assert: "lookup('t', 'id', [code], 'name') = 'a'" },
  ]
  const fields = ['code', 'value'].map((name) => ({ name }))
  const dataPackage = { resources: [{ name: 't#2', path: 't2.csv', schema: { fields, primaryKey: 'code' } }] }
  const result = await runTables({ t: `${first}\n${second}` }, rules, { schemas, package: dataPackage })
  expect(result.inputs.map(({ table }) => table)).toEqual(['t', 't#2'])
  expect(result.findings.map(({ code }) => code)).toContain('data/spreadsheet-damage')
  expect(recordsOf(result, 'data/custom-rule')).toEqual([3])
  expect(whyNot(result, 'Rule known')).toContain('had been read before')
  expect(whyNot(result, 'data/unique-key of t#2.code')).toBe('')
})

test('check digits of a long table are proposed on a sample and tested in every record', async () => {
  const luhn = (i: number): string => {
    const body = String(4_010_000_000 + i * 37)
    const sum = [...body].reverse().reduce((total, char, at) => {
      const digit = Number(char) * (at % 2 === 0 ? 2 : 1)
      return total + (digit > 9 ? digit - 9 : digit)
    }, 0)
    return `${body}${(10 - (sum % 10)) % 10}`
  }
  const wrong = (text: string): string => text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10)
  const rows = Array.from({ length: 22_000 }, (_, i) => `${[20_500, 21_001].includes(i) ? wrong(luhn(i)) : luhn(i)},x`)
  const result = await runTables({ t: `number,a\n${rows.join('\n')}\n` })
  const found = result.findings.find(({ code }) => code === 'data/check-digit')
  expect(found).toMatchObject({ count: 2, denominator: 22_000 })
  expect(recordsOf(result, 'data/check-digit')).toEqual([20_501, 21_002])
})
