import { expect, test } from 'vitest'
import { assumedSeconds, readingPace } from '../../../src/core/review/decision/reading-time.ts'
import { defaultClaims } from '../../../src/core/review/model/claim.ts'
import type { RecordEvent } from '../../../src/core/review/model/review-event.ts'
import { openNotesSentence } from '../../../src/core/review/plan/blind.ts'
import { hoursOf, planSentence } from '../../../src/core/review/plan/plan-sentence.ts'

const numbers = { patients: 800, random: 76, chosen: 7, twice: 30, seeded: 10, early: false }

test('a plan says how many patients, about how many hours, and what it would mean', () => {
  expect(planSentence(numbers, defaultClaims)).toBe(
    'Read 83 of 800 patients, about 4 h 5 min in all: if what you read is right, you can be 95 % sure that at most 8 of 800 patients have an error that could harm.',
  )
  expect(planSentence({ ...numbers, patients: 12_000, early: true }, defaultClaims.slice(3))).toBe(
    'Read up to 83 of 12,000 patients, at most 4 h 5 min in all: if the verdicts suffice, you can be 95 % sure that at most 600 of 12,000 patients have an error.',
  )
  expect(planSentence(numbers, defaultClaims.slice(0, 1))).toContain('an error that could harm in the allergies')
})

test('hours count every reading: first, second and seeded, at the pace that was measured', () => {
  expect(hoursOf({ ...numbers, twice: 0, seeded: 0, seconds: 60 })).toBe('1 h 25 min')
  expect(hoursOf({ ...numbers, seconds: 60 })).toBe('2 h 5 min')
  expect(hoursOf({ ...numbers, random: 1, chosen: 0, twice: 0, seeded: 0, seconds: 1 })).toBe('5 min')
})

const closed = (seconds: number, n: number, by = 'a'): RecordEvent => ({
  kind: 'record',
  id: `d-${n}`,
  at: { wall: `2026-03-02T09:${String(n).padStart(2, '0')}:00Z`, counter: 0 },
  by,
  record: `r-${n}`,
  verdict: 'acceptable',
  differences: 0,
  reading: 'first',
  seconds,
  comment: null,
})

test('the pace is assumed until five records are read, then it is the median of that reader', () => {
  const four = [50, 60, 70, 80].map((seconds, n) => closed(seconds, n))
  expect(readingPace(four)).toEqual({ seconds: assumedSeconds, measured: 0 })
  const five = [...four, closed(600, 9)]
  expect(readingPace(five)).toEqual({ seconds: 70, measured: 5 })
  expect(readingPace(five, 'somebody else').measured).toBe(0)
})

test('who reads a record of the must-see list is told what put it there', () => {
  const size = { size: 30, minimum: 30, n: 30 }
  const mustSee = { ...size, id: 'must-see', rule: 'open critical finding', takeAll: true }
  const plan = { blind: 'random' as const, strata: [{ ...size, id: 'all', rule: 'All records', takeAll: false }, mustSee] }
  expect(openNotesSentence(plan, 'must-see')).toContain('on the must-see list (open critical finding)')
  expect(openNotesSentence(plan, 'all')).toBeNull()
})
