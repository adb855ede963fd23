/** Rule files that somebody made to hurt: each is refused by one sentence with a place, or read within bounds. */
import { expect, test } from 'vitest'
import { readRuleFiles } from '../../../../src/core/data/rules/rule-file.ts'
import { mostRuleBytes } from '../../../../src/core/data/rules/rule-text.ts'
import { recordsOf, runTables, whyNot } from './run-tables.ts'

const good = { id: 'a', on: 't', assert: "[a] = '1'" }
const read = (text: string) => readRuleFiles([{ name: 'r.json', text }])
const withRule = (more: object): string => JSON.stringify({ rules: [{ ...good, ...more }] })
const raw = (members: string): string => `{"rules":[{"id":"a","on":"t","assert":"a = 1",${members}}]}`
const expression = (assert: string): string => withRule({ assert })

test.each<[name: string, text: () => string, at: string, says: string]>([
  ['brackets without end', () => `{"rules":${'['.repeat(200_000)}`, 'line 1, character 521', 'nested deeper than 512'],
  ['more than is read', () => `{"rules":[${' '.repeat(mostRuleBytes)}]}`, '/', 'at most 2 MB'],
  [
    'more rules than are read',
    () => `{"rules":[${'1,'.repeat(10_000)}1]}`,
    '/rules',
    'at most 10000 rules; this one holds 10001',
  ],
  [
    'an expression nested without end',
    () => expression(`${'('.repeat(1500)}1=1${')'.repeat(1500)}`),
    '/rules/0/assert',
    'nested too deeply',
  ],
  [
    'functions nested without end',
    () => expression(`${'abs('.repeat(500)}1${')'.repeat(500)}`),
    '/rules/0/assert',
    'nested too deeply',
  ],
  ['a very long expression', () => expression(`a = '${'x'.repeat(1_000_000)}'`), '/rules/0/assert', 'longer than 4000'],
  ['an expression that is never ended', () => expression(`${'1=1 or '.repeat(500)}`), '/rules/0/assert', 'ends too early'],
  ['a very long id', () => withRule({ id: 'x'.repeat(1_000_000) }), '/rules/0/id', 'longer than 4000'],
  ['a very long title', () => withRule({ title: 'x'.repeat(1_000_000) }), '/rules/0/title', 'longer than 4000'],
  ['half a character', () => raw('"title":"x\\ud800"'), '/rules/0/title', 'lone surrogate'],
  ['a number that is read as infinite', () => raw('"params":{"least":1e309}'), 'line 1, character 65', '1e309 can not be kept'],
  [
    'a number that is read as another',
    () => raw('"params":{"least":12345678901234567890}'),
    'line 1, character 65',
    'another number',
  ],
  ['a count below nothing', () => withRule({ proposed: { tested: -1, kept: 0 } }), '/rules/0/proposed', 'whole numbers'],
  ['a part of a count', () => withRule({ proposed: { tested: 1.5, kept: 0 } }), '/rules/0/proposed', 'whole numbers'],
  [
    'a member twice, of which one would be lost',
    () => raw('"severity":"error","severity":"info"'),
    'line 1, character 66',
    'severity stands twice',
  ],
  ['the list twice', () => '{"rules":[{"on":"t"}],\n"rules":[]}', 'line 2, character 1', 'rules stands twice'],
  [
    'a member of an object that all objects have',
    () => raw('"__proto__":{"severity":"info"}'),
    '/rules/0/__proto__',
    'not known',
  ],
  ['the same of the file', () => '{"__proto__":{"rules":[]},"constructor":1,"rules":[]}', '/__proto__', 'not known'],
  ['the list by inheritance alone', () => '{"__proto__":{"rules":[]}}', '/', 'the list "rules"'],
  [
    'columns without end',
    () => withRule({ fields: Array.from({ length: 20_000 }, (_, i) => `f${i}`) }),
    '/rules/0/fields',
    'at most 16384',
  ],
  [
    'a name made of too many columns',
    () => JSON.stringify({ rules: [{ on: 't', check: 'data/one-of', fields: Array.from({ length: 2000 }, (_, i) => `f${i}`) }] }),
    '/rules/0/id',
    'needs an id',
  ],
])('%s', (_name, text, at, says) => {
  const { faults } = read(text())
  expect(faults[0]).toMatchObject({ at, says: expect.stringContaining(says) })
  for (const fault of faults) expect(fault.at.length + fault.says.length).toBeLessThan(400)
})

test('a mistake is told in a sentence however long its name is, and however many there are', () => {
  const { faults } = read(withRule({ ['n'.repeat(1_000_000)]: 1 }))
  expect(faults).toHaveLength(1)
  expect(faults[0]?.says.length).toBeLessThan(120)
  expect(faults[0]?.at.length).toBeLessThan(120)
  const many = read(withRule(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`n${i}`, 1]))))
  expect(many.faults.length).toBeLessThan(30)
  const wrong = read(`{"rules":[${Array.from({ length: 10_000 }, () => '{"on":1,"check":2,"assert":3}').join(',')}]}`)
  expect(wrong.faults.length).toBeGreaterThan(20_000)
})

test('ten thousand rules are read', () => {
  const rules = Array.from({ length: 10_000 }, (_, i) => ({ ...good, id: `r${i}` }))
  const { entries, faults } = read(JSON.stringify({ rules }))
  expect([entries.length, faults]).toEqual([10_000, []])
})

test('tables, columns and checks called like what every object has are names like others', async () => {
  const tables = { t: '__proto__,constructor\n1,2\n2,2\n', __proto__x: 'a\n1\n' }
  const rule = { id: '__proto__', on: 't', assert: '[__proto__] = constructor' }
  expect(recordsOf(await runTables(tables, [rule]), 'data/custom-rule')).toEqual([1])
  for (const check of ['__proto__', 'constructor', 'data/__proto__', 'data/constructor'])
    expect(whyNot(await runTables(tables, [{ on: 't', check, fields: ['constructor'] }]), `Rule ${check}`)).not.toBe('')
  const called = await runTables(tables, [{ id: 'x', on: 't', assert: 'constructor(1) = 1' }])
  expect(whyNot(called, 'Rule x')).toContain('constructor')
  const looked = await runTables(tables, [{ id: 'x', on: 't', assert: "lookup('__proto__', 'a', constructor, 'a') = 1" }])
  expect(whyNot(looked, 'Rule x')).toContain('__proto__')
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('a pattern that would backtrack is answered at once, one that is too large is refused by name', async () => {
  const tables = { t: `a\n${'a'.repeat(50_000)}!\n` }
  expect(recordsOf(await runTables(tables, [{ id: 'x', on: 't', assert: "a matches '(a+)+'" }]), 'data/custom-rule')).toEqual([1])
  const large = `a matches '${'[ab]{0,1000}'.repeat(50)}'`
  expect(whyNot(await runTables(tables, [{ id: 'x', on: 't', assert: large }]), 'Rule x')).toContain('too large')
})
