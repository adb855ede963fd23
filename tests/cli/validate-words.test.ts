/** What `carryover validate` says where a schema or a format is given that would otherwise be passed over. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-words-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const kept = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const people = kept('people.csv', 'id,born\n1,1980-01-01\n2,not a day\n')
const visits = kept('visits.csv', 'visit,doctor,room\n1,x,2\n')
const fields = [
  { name: 'id', type: 'integer' },
  { name: 'born', type: 'date' },
]
const resource = (name: string) => ({ name, path: `${name}.csv`, schema: { fields } })
const packaged = (file: string, ...names: readonly string[]): string =>
  kept(file, JSON.stringify({ resources: names.map(resource) }))

interface Told {
  readonly findings: readonly { readonly code: string; readonly input: number | null }[]
  readonly notEvaluated: readonly { readonly what: string; readonly why: string }[]
}

function told(...args: readonly string[]): Told & { readonly err: string; readonly code: number } {
  const { out, err, code } = carryover('validate', ...args, '--format', 'json', '--quiet')
  return { ...(JSON.parse(out) as Told), err, code }
}

test('one resource and one input belong together, whatever their names, and that is said', () => {
  const { findings, err, code } = told(people, '--schema', packaged('one.json', 'patients'))
  expect(findings.map((finding) => finding.code)).toContain('data/date-format')
  expect(err).toContain('one.json describes patients alone; it is held against people.csv')
  expect(code).toBe(1)
})

test('a package that matches no input is named with its resources and the inputs', () => {
  const { notEvaluated, err } = told(people, '--schema', packaged('two.json', 'patients', 'doses'))
  expect(notEvaluated).toContainEqual({
    what: 'two.json, which describes patients, doses',
    why: expect.stringContaining('inputs (people)'),
  })
  expect(err).toContain('was held against nothing')
})

test('a package that describes some of the inputs names the others, and what no input is', () => {
  const { notEvaluated, err } = told(people, visits, '--schema', packaged('some.json', 'people', 'doses'))
  const whats = notEvaluated.map(({ what }) => what)
  expect(whats).toEqual(expect.arrayContaining(['Schema of visits', 'doses of some.json']))
  expect(err).toContain('some.json describes no resource of that name')
})

test('one Table Schema is held against the inputs whose columns it names, and the others are told', () => {
  const { findings, notEvaluated, err } = told(people, visits, '--schema', kept('bare.json', JSON.stringify({ fields })))
  expect(findings.map(({ code, input }) => [code, input])).toEqual([['data/date-format', 0]])
  expect(notEvaluated.map(({ what }) => what)).toContain('bare.json for visits')
  expect(err).toContain('bare.json for visits')
})

test('--out belongs to the format before it, or, where it came first, to the one after it', () => {
  const at = (name: string): string => join(folder, name)
  const first = carryover('validate', people, '--format', 'text', '--format', 'json', '--out', at('run1.json'), '--quiet')
  expect(first.out).toContain('people.csv: 2 records')
  expect(JSON.parse(readFileSync(at('run1.json'), 'utf8'))).toHaveProperty('findings')
  const mirrored = ['--out', at('a.json'), '--format', 'json', '--out', at('a.txt'), '--format', 'text']
  expect(carryover('validate', people, ...mirrored, '--quiet').out).toBe('')
  expect(JSON.parse(readFileSync(at('a.json'), 'utf8'))).toHaveProperty('findings')
  const both = carryover('validate', people, '--format', 'text', '--format', 'json', '--out', 'x', '--out', 'y', '--quiet')
  expect([both.code, both.err]).toEqual([2, expect.stringContaining('--out "y" stands beside no --format of its own')])
})

test('a folder gives its data; what lies beside them is named', () => {
  const inside = join(folder, 'delivery')
  mkdirSync(inside)
  for (const name of ['LICENSE', 'README.md']) writeFileSync(join(inside, name), 'Some words, about data.\n')
  writeFileSync(join(inside, 'people.csv'), 'id,born\n1,1980-01-01\n')
  const { out, err, code } = carryover('validate', inside, '--format', 'json', '--quiet')
  expect((JSON.parse(out) as { readonly inputs: readonly unknown[] }).inputs).toHaveLength(1)
  expect([code, err]).toEqual([0, expect.stringMatching(/Passed over.*LICENSE.*README\.md/)])
})

test('a column called born is a birth date to link', () => {
  const path = kept('link.csv', 'given,family,born\nAnna,Berg,1980-01-01\nAnna,Berg,1980-01-01\n')
  expect(carryover('link', path, '--quiet').out).toContain('birth: born')
})
