/** `carryover simulate` as built: the shape of its JSON, the event log, levers and go-live, and what it says to bad usage. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-simulate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const refill = 'samples/riverside/workflows/refill'
const usual = ['simulate', `${refill}/future.json`, '--scenario', `${refill}/scenario.json`, '--quiet'] as const

test('the result has the published shape, and the same seed gives the same bytes', () => {
  const args = [...usual, '--cases', '120', '--replications', '4', '--format', 'json'] as const
  const first = carryover(...args)
  expect(first.code).toBe(0)
  const { run: _, ...result } = JSON.parse(first.out)
  const { run: __, ...again } = JSON.parse(carryover(...args).out)
  expect(JSON.stringify(again)).toBe(JSON.stringify(result))
  expect(result).toMatchObject({
    seed: 1,
    cases: 120,
    leadTime: { mean: expect.any(Number), interval: [expect.any(Number), expect.any(Number)], p50: expect.any(Number) },
    touchTime: { mean: expect.any(Number) },
    unstable: [],
  })
  expect(result.replications).toBeGreaterThanOrEqual(4)
  expect(result.roles[0].queueByHour.length).toBe(168)
  expect(result.steps[0]).toMatchObject({ id: expect.any(String), wait: { mean: expect.any(Number) } })
})

test('the event log has a begin and an end for every piece of work', () => {
  const path = join(folder, 'refill.csv')
  const done = carryover(...usual, '--cases', '40', '--replications', '2', '--log', path)
  expect(done.code).toBe(0)
  expect(done.err).toContain('written to')
  const lines = readFileSync(path, 'utf8').trim().split('\r\n')
  expect(lines[0]).toBe('case_id,activity,timestamp,lifecycle,resource,role')
  const ends = lines.filter((line) => line.includes(',complete,')).length
  expect(lines.length - 1).toBe(2 * ends)
})

test('levers and the weeks after go-live come with the result', () => {
  const { code, out } = carryover(...usual, '--cases', '60', '--replications', '2', '--levers', '--go-live', '--format', 'json')
  expect(code).toBe(0)
  const { levers, goLive } = JSON.parse(out)
  expect(levers[0].label).toMatch(/“Approve in inbox”$/)
  expect(goLive.forecasts.map(({ cut }: { cut: number }) => cut)).toEqual([0, 0.25, 0.5])
})

test('levers are told in the units of the screen, never in minutes where hours are meant', () => {
  const { out } = carryover(...usual, '--cases', '60', '--replications', '2', '--levers')
  const said = /“Approve in inbox”: (.+) \((.+) to (.+)\)$/m.exec(out)
  for (const text of said?.slice(1) ?? ['']) expect(text).toMatch(/^[+−]?(\d+ s|\d+ min|[\d,]+ h( \d+ min)?)$/)
  expect(said?.[1]).toMatch(/^−/)
})

test('a log of a number of days counts the cases that came', () => {
  const path = join(folder, 'days.csv')
  const { err } = carryover(...usual, '--days', '3', '--replications', '2', '--log', path)
  const cases = new Set(
    readFileSync(path, 'utf8')
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0]),
  )
  expect(err).toContain(`events of ${cases.size} cases written`)
})

test('what is too much, and what does not go together, is refused in a sentence', () => {
  const many = carryover(...usual, '--cases', '100000000000')
  expect([many.code, many.err]).toEqual([2, expect.stringContaining('it takes a whole number from 1 to 1000000.')])
  const both = carryover(...usual, '--go-live', '--beside', refill)
  expect([both.code, both.err]).toEqual([2, expect.stringContaining('--go-live forecasts one workflow by itself')])
})

test('a log of another kind is refused in a sentence', () => {
  const { code, err } = carryover(...usual, '--log', 'refill.txt')
  expect(code).toBe(2)
  expect(err).toContain('--log got "refill.txt"; it takes a file that ends in .csv or .xes.')
})
