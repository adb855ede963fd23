/** The stopwatch: interruptions are taken out, and nothing counts below zero or after the end. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { observationRecord } from '../../../../src/core/readiness/measures/timed-runs.ts'
import {
  countedUp,
  counters,
  interrupted,
  type Stopwatch,
  started,
  stoppedAt,
  workedSeconds,
} from '../../../../src/core/workflow/timed-tests/stopwatch.ts'

test('an interruption is taken out, and one that goes on ends with the run', () => {
  const watch = interrupted(interrupted(started(1000), 11_000), 16_000)
  expect(workedSeconds(watch, 21_000)).toBe(15)
  const open = stoppedAt(interrupted(watch, 25_000), 60_000)
  expect(open).toMatchObject({ interruptions: 2, interruptedFor: 40_000, interruptedAt: null })
  expect(workedSeconds(open, 999_999)).toBe(19)
})

test('any presses in any order: worked and interrupted time add up to the whole, and counts stay at zero or above', () => {
  const press = fc.record({ after: fc.integer({ min: 0, max: 60_000 }), what: fc.constantFrom('i', 'up', 'down') })
  fc.assert(
    fc.property(fc.array(press, { maxLength: 30 }), (presses) => {
      let now = 5000
      let watch: Stopwatch = started(now)
      for (const { after, what } of presses) {
        now += after
        if (what === 'i') watch = interrupted(watch, now)
        else for (const each of counters) watch = countedUp(watch, each, what === 'up' ? 1 : -1)
        for (const each of counters) expect(watch[each] ?? 0).toBeGreaterThanOrEqual(0)
      }
      const done = stoppedAt(watch, now + 1000)
      expect(workedSeconds(done, now) * 1000 + done.interruptedFor).toBeCloseTo(now + 1000 - 5000, 6)
      expect(countedUp(done, 'clicks')).toBe(done)
      expect(interrupted(done, now + 5000)).toBe(done)
    }),
    { numRuns: 200 },
  )
})

test('a counter that nobody pressed is no zero, and makes an empty cell', () => {
  const untouched = stoppedAt(countedUp(countedUp(started(0), 'keys', -1), 'screens'), 9000)
  expect([untouched.clicks, untouched.keys, untouched.screens]).toEqual([null, null, 1])
  const { clicks, keys, screens, interruptions } = untouched
  const record = observationRecord({
    task: 'vitals',
    role: 'Nurse',
    system: 'new',
    startedAt: '2026-09-03T09:00:00Z',
    seconds: workedSeconds(untouched, 9000),
    clicks,
    keys,
    screens,
    person: 'p1',
    interruptions,
    interruptedSeconds: 0,
    discarded: '',
  })
  expect(['clicks', 'keys', 'screens'].map((name) => record.get(name))).toEqual(['', '', '1'])
  expect(countedUp(countedUp(started(0), 'clicks'), 'clicks', -1).clicks).toBe(0)
})
