/** `carryover reconcile` in shards, as a person runs it: separate processes, the report of one run, and a sentence for wrong use. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-reconcile-shards-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const rows = Array.from({ length: 40 }, (_, i) => `P${i},Name ${i},1980-01-${10 + (i % 9)}`)
const legacy = file('patients.csv', `MRN,NAME,BORN\n${rows.join('\n')}\n`)
const moved = rows.slice(2).map((row, i) => (i === 7 ? row.replace('Name', 'Nom') : row))
const target = file('loaded.csv', `MRN,NAME,BORN\n${moved.join('\n')}\nX1,New,1990-01-01\n`)
const sides = ['--legacy', legacy, '--target', target, '--key', 'MRN']
const plan = join(folder, 'plan.json')
const partOf = (shard: number): string => join(folder, `part-${shard}.json`)

test('three shards in any order merge to the report of one run, with its exit code', () => {
  // The tables of both sides are joined by name.
  const named = file('map.csv', fields)
  const asked = [...sides.slice(0, 4), '--mapping', named, '--max-rows', '2']
  const single = carryover('reconcile', ...asked, '--format', 'json', '--quiet')
  expect([single.code, JSON.parse(single.out).findings.length]).toEqual([1, 3])
  expect(carryover('reconcile', ...asked, '--plan', plan, '--quiet')).toMatchObject({ code: 0, out: '' })
  for (const shard of [2, 3, 1])
    expect(carryover('reconcile', '--run', plan, '--shard', `${shard}/3`, '--out', partOf(shard), '--quiet').code).toBe(0)
  const merged = carryover('reconcile', '--format', 'json', '--quiet', '--merge', ...[3, 1, 2].map(partOf))
  expect(merged).toEqual(single)
})

test('wrong use is one sentence', () => {
  const said = (...asked: string[]): unknown[] => {
    const { code, err } = carryover('reconcile', ...asked, '--quiet')
    return [code, err.split('\n')[0]]
  }
  expect(said('--run', plan, '--shard', '1/3', '--out', partOf(9), ...sides.slice(4))).toEqual([
    2,
    expect.stringContaining('leave out --key'),
  ])
  expect(said('--run', plan, '--shard', '4/3', '--out', partOf(9))).toEqual([2, expect.stringContaining('4 is more than 3')])
  expect(said('--merge', partOf(1), partOf(2))).toEqual([2, expect.stringContaining('Shard 3 of 3 is missing.')])
  expect(said('--before', legacy, '--plan', plan)).toEqual([2, expect.stringContaining('--before is not')])
  writeFileSync(target, `MRN,NAME,BORN\n${rows.join('\n')}\n`)
  expect(said('--merge', ...[1, 2, 3].map(partOf))).toEqual([3, expect.stringContaining('loaded.csv has other bytes')])
})

const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,loaded.MRN,yes,confirmed,,
patients,NAME,copy,,loaded.NAME,,confirmed,,
patients,BORN,copy,,loaded.BORN,,confirmed,,
`
