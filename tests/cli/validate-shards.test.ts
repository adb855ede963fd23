/** `carryover validate` in shards, as a person runs it: separate processes, the report of one run, and a sentence for wrong use. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-shards-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sample = ['samples/data/patients.csv', 'samples/data/allergies.csv']
const asked = [
  ...['--schema', 'samples/data/datapackage.json', '--checks', 'samples/data/rules.json'],
  ...['--as-of', '2026-06-30', '--quiet'],
]
const plan = join(folder, 'plan.json')
const partOf = (shard: number): string => join(folder, `part-${shard}.json`)
const parts = [3, 1, 2].map(partOf)

/** A report without what only the clock decides. */
function timeless(text: string): string {
  const { run, ...report } = JSON.parse(text)
  expect(Object.keys(run)).toEqual(['started', 'seconds'])
  return JSON.stringify(report, null, 2)
}

beforeAll(() => {
  expect(carryover('validate', ...sample, ...asked, '--plan', plan).code).toBe(0)
  for (const shard of [2, 3, 1])
    expect(carryover('validate', '--run', plan, '--shard', `${shard}/3`, '--out', partOf(shard), '--quiet').code).toBe(0)
})

test('three shards in any order merge to the report of one run, with its exit code', () => {
  const single = carryover('validate', ...sample, ...asked, '--format', 'json')
  expect(JSON.parse(single.out).findings.length).toBeGreaterThan(3)
  const merged = carryover('validate', '--format', 'json', '--quiet', '--merge', ...parts)
  expect(merged.err).toBe('')
  expect([merged.code, timeless(merged.out)]).toEqual([single.code, timeless(single.out)])
})

test('plans and parts hold no value of the data', () => {
  const values = readFileSync('samples/data/patients.csv', 'utf8').split(/[,\r\n]+/)
  const texts = [plan, ...parts].map((file) => readFileSync(file, 'utf8'))
  const names = values.filter((value) => /^[A-Z][a-z]{4,}$/.test(value))
  expect(names.length).toBeGreaterThan(2)
  for (const value of names) for (const text of texts) expect(text).not.toContain(value)
})

test('a missing part, a part of another verb and a changed file are named in one sentence', () => {
  const missing = carryover('validate', '--merge', ...parts.slice(1), '--quiet')
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('Shard 3 of 3 is missing.')])
  const legacy = join(folder, 'legacy.csv')
  writeFileSync(legacy, 'id,born\n1,1990-01-01\n2,1990-13-01\n')
  const own = join(folder, 'own.json')
  const part = join(folder, 'own-1.json')
  carryover('validate', legacy, '--plan', own, '--quiet')
  expect(carryover('profile', '--run', own, '--shard', '1/1', '--out', part)).toMatchObject({
    code: 2,
    err: expect.stringContaining('no plan'),
  })
  expect(carryover('validate', '--run', own, '--shard', '1/1', '--out', part, '--quiet').code).toBe(0)
  writeFileSync(legacy, 'id,born\n1,1990-01-01\n2,1990-12-01\n')
  const changed = carryover('validate', '--merge', part, '--quiet')
  expect([changed.code, changed.err]).toEqual([3, expect.stringContaining('legacy.csv has other bytes')])
  expect(changed.out).toBe('')
})

test.each([
  [['--run', plan, '--shard', '4/3', '--out', 'x.json'], '--shard got "4/3"'],
  [['--run', plan, '--shard', '1/3'], '--out'],
  [['--shard', '1/3'], '--run'],
  [['--run', 'samples/data/rules.json', '--shard', '1/3', '--out', 'x.json'], 'no plan'],
  [['--merge', 'samples/data/rules.json'], 'no part'],
  [['samples/data', '--merge', parts[0] ?? ''], 'leave out samples/data'],
  [['--schema', 'samples/data/datapackage.json', '--merge', parts[0] ?? ''], 'leave out --schema'],
  [['-', '--plan', 'x.json'], 'standard input'],
])('wrong use of %j is one sentence with exit code 2', (args, sentence) => {
  const { code, err } = carryover('validate', ...args)
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
})
