/** Filters keep whole cases and nothing else; matrices count every neighbour once; the drifting example is found, and only from its week on. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { driftWeek, sepsisLog } from '../../../../samples/workflow/sepsis-log.ts'
import type { EventLog } from '../../../../src/core/workflow/log/event-log.ts'
import { filterChoices, filtered, type LogFilter } from '../../../../src/core/workflow/log/filter.ts'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { matricesOf } from '../../../../src/core/workflow/log/matrices.ts'
import { statisticsOf } from '../../../../src/core/workflow/log/statistics.ts'
import { driftOf } from '../../../../src/core/workflow/mining/drift.ts'
import { logOf } from '../logs-at-hand.ts'

const log = await logOf('sepsis.csv', sepsisLog())
const instances = instancesOf(log)

/** Cases as name → rows, by the log itself. */
function casesOf(of: EventLog): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Array.from({ length: of.cases }, (_, c) => [
      of.caseName(c),
      Array.from({ length: (of.caseStart[c + 1] ?? 0) - (of.caseStart[c] ?? 0) }, (__, i) => {
        const at = (of.caseStart[c] ?? 0) + i
        const role = of.eventAttributes.find(({ name }) => name === 'role')
        return `${of.activities[of.activity[at] ?? -1]} ${of.time[at]} ${of.resources[of.resource[at] ?? -1]} ${role?.values[role.codes[at] ?? -1]}`
      }),
    ]),
  )
}

const week = 7 * 86_400_000
const begins = Date.parse('2026-03-02T00:00:00Z')
const value = fc.constantFrom<NonNullable<LogFilter['values']>[number]>(
  { of: 'event', name: 'role', value: 'Physician' },
  { of: 'event', name: 'department', value: 'Ward' },
  { of: 'event', name: 'arrival', value: 'ambulance' },
)
const filter = fc.record(
  {
    from: fc.integer({ min: 0, max: 16 }).map((n) => begins + n * week),
    to: fc.integer({ min: 0, max: 16 }).map((n) => begins + n * week),
    resource: fc.constantFrom('nurse-1', 'physician-3'),
    variant: fc.constantFrom(...statisticsOf(log, instances).variants.map(({ activities }) => activities)),
    values: fc.array(value, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

test('a filtered log has some of the cases, each whole; filtering again changes nothing, and order of conditions makes no difference', () => {
  const all = casesOf(log)
  fc.assert(
    fc.property(filter, (given) => {
      const once = filtered(instances, given)
      for (const [name, rows] of casesOf(once)) expect(rows).toEqual(all.get(name))
      const begin = (c: number): number => once.time[once.caseStart[c] ?? -1] ?? Number.NaN
      for (let c = 0; c < once.cases; c++) {
        if (given.from !== undefined) expect(begin(c)).toBeGreaterThanOrEqual(given.from)
        if (given.to !== undefined) expect(begin(c)).toBeLessThan(given.to)
      }
      expect(casesOf(filtered(instancesOf(once), given))).toEqual(casesOf(once))
      const { values = [], ...rest } = given
      const stepwise = values.reduce((done, each) => filtered(instancesOf(done), { values: [each] }), filtered(instances, rest))
      expect(casesOf(stepwise)).toEqual(casesOf(once))
    }),
    { numRuns: 25 },
  )
})

test('a period and its complement are all cases', () => {
  const middle = begins + 7 * week
  const [before, after] = [filtered(instances, { to: middle }), filtered(instances, { from: middle })]
  expect(before.cases + after.cases).toBe(log.cases)
  expect(before.events + after.events).toBe(log.events)
})

test('roles, departments and ways of arriving are offered with their counts', () => {
  const choices = filterChoices(log)
  expect(choices.map(({ name }) => name)).toEqual(expect.arrayContaining(['role', 'department', 'arrival']))
  for (const { values } of choices) expect(values.reduce((sum, { n }) => sum + n, 0)).toBe(log.events)
})

test('matrices count each pair of neighbours once, and agree with the graph of the log', () => {
  const { precedence, roles } = matricesOf(instances)
  const { directlyFollows } = statisticsOf(log, instances)
  const named = precedence.cells.map(({ from, to, n }) => `${precedence.names[from]} ${precedence.names[to]} ${n}`)
  expect(named.sort()).toEqual(directlyFollows.map(({ from, to, count }) => `${from} ${to} ${count}`).sort())
  const neighbours = log.events - log.cases
  expect(roles?.cells.reduce((sum, { n }) => sum + n, 0)).toBe(neighbours)
  expect(roles?.unknown).toBe(0)
  for (const { n, cases, seen } of roles?.cells ?? []) {
    expect(cases).toBeLessThanOrEqual(n)
    expect(seen.length).toBe(Math.min(n, 20))
  }
})

test('the planted drift is found where it was planted, for any seed, and nothing is found before it', async () => {
  const planted = begins + (driftWeek - 1) * week
  for (const seed of ['sepsis', 'another', 'third']) {
    const one = await logOf('sepsis.csv', sepsisLog(seed))
    const drift = driftOf({ log: one })
    expect(drift?.missing.map(({ activity }) => activity)).toEqual(['ER triage'])
    const found = drift?.missing[0]
    const window = drift?.windows[found?.window ?? -1]
    // The window that shows it ends after the change, and within 200 cases of it.
    expect(window?.to).toBeGreaterThan(planted)
    expect(window?.from).toBeLessThan(planted + 4 * week)
    const quiet = driftOf({ log: filtered(instancesOf(one), { to: planted }) })
    expect(quiet?.missing ?? []).toEqual([])
  }
})
