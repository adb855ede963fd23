/** The verbs of event logs: their JSON, what they hide, and that the same log gives the same bytes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const log = 'samples/workflow/refill-log.csv'
const map = 'samples/riverside/workflows/refill/current.json'

function json(...args: readonly string[]): Record<string, unknown> {
  const { out, code } = carryover(...args, '--format', 'json', '--quiet')
  expect(code).toBe(0)
  return JSON.parse(out)
}

test('discover gives counts, arcs, starts, ends and rework; people are numbered unless asked for', () => {
  const { run: _, ...found } = json('discover', log)
  expect(found).toMatchObject({ cases: 119, events: 723, activities: 6, variants: 9, start: { 'Take refill call': 119 } })
  expect((found.directlyFollows as object[])[0]).toMatchObject({ from: 'Print refill form', to: 'Sign refill form', count: 131 })
  expect(JSON.stringify(found)).not.toMatch(/desk-1|clinician-1/)
  expect(JSON.stringify(json('discover', log, '--reveal'))).toMatch(/desk-1/)
  const { run: _again, ...again } = json('discover', log)
  expect(JSON.stringify(again)).toBe(JSON.stringify(found))
})

test('conform gives shares and deviations by step', () => {
  const found = json('conform', log, map)
  expect(found).toMatchObject({ cases: 119, undecided: 0 })
  expect(found.deviations).toContainEqual({
    kind: 'role',
    step: 'sign-refill-form',
    label: 'Sign refill form',
    count: 7,
    cases: 7,
  })
})

test('the order of dates is said with its evidence, and keys that a XES file lacks are refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'))
  const [table, xes] = [join(folder, 'log.csv'), join(folder, 'log.xes')]
  writeFileSync(table, 'case,activity,time\n1,a,03/04/2024 10:00\n1,b,04/13/2024 10:00\n')
  writeFileSync(xes, '<log><trace><event><string key="concept:name" value="a"/></event></trace></log>')
  expect(json('discover', table)).toMatchObject({
    input: { dates: { form: 'month-first', why: expect.stringMatching(/of the first 2/) } },
  })
  expect(json('discover', table, '--dates', 'month-first')).toMatchObject({
    input: { dates: { form: 'month-first', why: 'chosen' } },
  })
  expect(carryover('discover', table, '--dates', 'moon-first')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--dates'),
  })
  expect(carryover('discover', xes, '--timestamp', 'when')).toMatchObject({ code: 3, err: expect.stringContaining('"when"') })
  expect(carryover('discover', xes, '--start', 'when')).toMatchObject({
    code: 3,
    err: expect.stringContaining('lifecycle:transition'),
  })
  rmSync(folder, { recursive: true })
})

test('a column that is not there and a share that is none are named', () => {
  const wrong = carryover('discover', log, '--case', 'visit')
  expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('There is no column "visit"')])
  expect(carryover('discover', log, '--noise', '2')).toMatchObject({ code: 2, err: expect.stringContaining('--noise') })
})
