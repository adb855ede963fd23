/** Single rules of a review, each against a case that is worked out by hand or against its definition. */
import { expect, test } from 'vitest'
import { elementTexts } from '../../../src/core/review/chart/element-texts.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { changedRecords, noteStep } from '../../../src/core/review/decision/decision-steps.ts'
import { paceNotice } from '../../../src/core/review/decision/reading-pace.ts'
import { clinicalDate } from '../../../src/core/review/display-rules/clinical-date.ts'
import { displayMarks } from '../../../src/core/review/display-rules/display-rules.ts'
import { ticketOf } from '../../../src/core/review/draw/draw.ts'
import { defaultClaims } from '../../../src/core/review/model/claim.ts'
import type { FrameUnit } from '../../../src/core/review/model/pair-types.ts'
import type {
  RecordDecision,
  RecordEvent,
  ReviewEvent,
  SectionEvent,
  Verdict,
} from '../../../src/core/review/model/review-event.ts'
import { changedAfterNotes } from '../../../src/core/review/plan/blind.ts'
import { listSizes, planSizes, type SamplingPlan } from '../../../src/core/review/plan/sampling-plan.ts'
import { stratify } from '../../../src/core/review/plan/strata.ts'
import { planWithTraps } from '../../../src/core/review/plan/trap-plan.ts'
import { attentionOf } from '../../../src/core/review/result/attention.ts'
import { secondDrawn } from '../../../src/core/review/result/double-reading.ts'
import { progressSentence } from '../../../src/core/review/result/result.ts'
import { againstSentence } from '../../../src/core/review/result/statement.ts'
import { reviewWordings } from '../../../src/core/review/result/worklist.ts'
import { binomialAtMost } from '../../../src/core/review/statistics/binomial.ts'
import { hypergeometricAtMost } from '../../../src/core/review/statistics/hypergeometric.ts'
import { scaled } from '../../../src/core/review/statistics/scaled.ts'
import { correctedIntolerable } from '../../../src/core/review/statistics/sensitivity.ts'
import { dayText } from '../../../src/core/values/day.ts'

let clock = 0
/** A second later than the event before it. */
function base(by: string, record: string) {
  clock++
  return { id: `e${clock}`, at: { wall: new Date(Date.UTC(2026, 2, 2, 9) + clock * 1000).toISOString(), counter: 0 }, by, record }
}
const read = (by: string, record: string, verdict: Verdict = 'acceptable', more: Partial<RecordEvent> = {}): RecordEvent => ({
  ...base(by, record),
  kind: 'record',
  verdict,
  differences: 0,
  reading: 'first',
  seconds: 20,
  comment: null,
  ...more,
})
const differs = (by: string, record: string, item: string, verdict: Verdict): ReviewEvent => ({
  ...base(by, record),
  kind: 'difference',
  item,
  domain: 'medicines',
  class: 'changed',
  verdict,
  reason: 'dose',
})
const section = (kind: SectionEvent['kind'], record: string, seconds = 60): SectionEvent => ({
  ...base('ito', record),
  kind,
  section: 'medicines',
  seconds,
  entries: 4,
  words: 20,
})

test('a decision that no new event is about stays the same object, and what changed is known without looking', () => {
  const first = [read('ito', 'r1'), read('ito', 'r2')]
  const before = decisionsOf(first)
  const now = decisionsOf([...first, read('lee', 'r2', 'wrong'), read('lee', 'r3')])
  expect(now.get('r1')).toBe(before.get('r1'))
  expect(now.get('r2')).not.toBe(before.get('r2'))
  expect(now.get('r2')?.verdict).toBe('wrong')
  expect(changedRecords(before, now)).toEqual(['r2', 'r3'])
  expect(changedRecords(now, now)).toEqual([])
})

test('between states that do not follow each other all records are compared', () => {
  const decision = (record: string): RecordDecision => ({
    record,
    state: 'judged',
    verdict: 'acceptable',
    domains: new Map(),
    differences: new Map(),
    readings: [],
    counted: [],
  })
  const [kept, gone] = [decision('kept'), decision('gone')]
  const from = new Map([
    ['kept', kept],
    ['gone', gone],
    ['new', decision('new')],
  ])
  const now = new Map([
    ['kept', kept],
    ['new', decision('new')],
    ['more', decision('more')],
  ])
  expect(changedRecords(from, now)).toEqual(['new', 'more', 'gone'])
  expect(changedRecords(now, from)).toEqual(['gone', 'new', 'more'])
  noteStep(now, from, ['said'])
  expect(changedRecords(from, now)).toEqual(['said'])
  // The way from a third state is not the one that was noted.
  expect(changedRecords(new Map(), now)).toEqual(['kept', 'new', 'more'])
  noteStep(new Map(), now, [])
  expect(changedRecords(from, now)).toEqual(['new', 'more', 'gone'])
})

test('haste is looked for in the last twenty records alone', () => {
  const slow = Array.from({ length: 30 }, (_, n) => read('ito', `s${n}`, n % 2 === 0 ? 'acceptable' : 'wrong', { seconds: 30 }))
  const fast = Array.from({ length: 20 }, (_, n) => read('ito', `f${n}`, 'acceptable', { seconds: 2 }))
  expect(paceNotice([...slow, ...fast], 'ito')).toBe('fast')
  const later = Array.from({ length: 20 }, (_, n) => read('ito', `l${n}`, 'acceptable', { seconds: 30 }))
  expect(paceNotice([...slow, ...fast, ...later], 'ito')).toBeNull()
  expect(paceNotice(fast.slice(1), 'ito')).toBeNull()
})

test('a section that is opened again stays confirmed; one that was only opened is not', () => {
  const attention = (...events: readonly ReviewEvent[]) => attentionOf(events, new Set(['r1']))[0]
  const counts = { reader: 'ito', records: 1, sections: 1 }
  const closing = () => read('ito', 'r1', 'acceptable', { sections: ['medicines'] })
  expect(attention(section('section-confirmed', 'r1'), section('section-opened', 'r1'), closing())).toEqual({
    ...counts,
    tooQuick: 0,
    unconfirmed: 0,
    unopened: 0,
  })
  expect(attention(section('section-opened', 'r1'), closing())).toEqual({ ...counts, tooQuick: 0, unconfirmed: 1, unopened: 0 })
  expect(attention(section('section-opened', 'r1'), section('section-confirmed', 'r1', 0), closing())).toMatchObject({
    tooQuick: 1,
  })
})

test('verdicts that changed after the notes of the program were seen, by rows first', () => {
  const drawn = ['r1', 'r2'].map((id) => ({ id, stratum: 'all', ticket: id }))
  const changed = (...events: readonly ReviewEvent[]) => changedAfterNotes({ blind: 'all' }, drawn, events)
  // The record alone, no row of it.
  expect(changed(read('ito', 'r1'), read('ito', 'r1', 'wrong'))).toEqual([{ reader: 'ito', records: 1, verdicts: 1 }])
  // A row that is called wrong after closing; the verdict of the record follows from it.
  expect(changed(read('ito', 'r1'), differs('ito', 'r1', 'm:1', 'wrong'), read('ito', 'r1', 'wrong'))).toEqual([
    { reader: 'ito', records: 1, verdicts: 1 },
  ])
  expect(changed(differs('ito', 'r1', 'm:1', 'wrong'), read('ito', 'r1', 'wrong'))).toEqual([])
  expect(changed(read('ito', 'r1'), read('lee', 'r1', 'wrong'))).toEqual([])
})

test('a list that may be read to three times its size leaves the records outside it, in the share of its stratum', () => {
  const stratum = (id: string, size: number, n: number) => ({ id, rule: id, size, minimum: 0, takeAll: false, n })
  const sizes = { strata: [stratum('a', 1000, 400), stratum('b', 3000, 100)], byClaim: new Map(), n: 500, unprovable: [] }
  const listed = (outside: number) => listSizes(sizes, outside).strata.map(({ n }) => n)
  expect(listed(0)).toEqual([1000, 300])
  // A quarter of the 100 are of the first stratum.
  expect(listed(100)).toEqual([975, 300])
  expect(listSizes(sizes, 100).n).toBe(1275)
})

test('copies are made of records outside the sample, where any number of them leaves room', () => {
  for (const size of [80, 150, 400, 2000]) {
    const wishes = [{ id: 'all', rule: 'all', size, minimum: 0 }]
    const rooms = [10, 15, 20, 30, 40, 50, 60].map(
      (traps) => size - planSizes(defaultClaims, wishes, 0, traps).strata.reduce((sum, { n }) => sum + n, 0) >= traps,
    )
    const { sizes, traps } = planWithTraps(defaultClaims, wishes, 0)
    const read = sizes.strata.reduce((sum, { n }) => sum + n, 0)
    expect([size, size - read >= traps]).toEqual([size, rooms.includes(true)])
  }
})

test('where reading may stop early, what is read first is read twice', () => {
  const seed = '01234567890123456789'
  const records = Array.from({ length: 300 }, (_, i) => ({ id: `r${i}`, stratum: 'all', ticket: ticketOf(seed, 'all', `r${i}`) }))
  const plan: SamplingPlan = {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims: [],
    strata: [{ id: 'all', rule: 'all', size: 900, minimum: 0, takeAll: false, n: 300 }],
    errorsAllowed: 0,
    secondReaderPpm: 200_000,
    lookSeconds: 3,
    criteria: '',
  }
  const drawn = { seed, rolledBy: ['a', 'b'] as const, frame: '', times: 1, reason: null, records, tickets: '' }
  const soon = records
    .toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, 50)
    .map(({ id }) => id)
  const early = secondDrawn(drawn, { ...plan, stopping: 'early' })
  expect(early.size).toBe(60)
  // A sixth of the list is soon: thirty of its fifty at least.
  expect(soon.filter((id) => early.has(id)).length).toBeGreaterThanOrEqual(30)
  const fixed = secondDrawn(drawn, plan)
  expect(fixed.size).toBe(60)
  expect(soon.filter((id) => fixed.has(id)).length).toBeLessThan(30)
})

test('patients of no named site stay apart from sites with few patients', () => {
  const unit = (site: string, n: number): FrameUnit => ({
    key: `${site}${n}`,
    site,
    allergies: false,
    fiveMedicines: false,
    bookedSoon: false,
    critical: false,
  })
  const frame = [...Array.from({ length: 60 }, (_, n) => unit('north', n)), unit('', 0), unit('south', 0)]
  const choices = { bySite: true, byAllergies: false, byMedicines: false, booked: false, chosen: [], minimums: new Map() }
  expect(
    stratify({ frame, targetOnly: [] }, choices)
      .strata.map(({ rule, keys }) => `${rule}: ${keys.length}`)
      .sort(),
  ).toEqual(['no site: 1', 'other sites: 1', 'site north: 60'])
})

test('sentences: progress with and without open records, an approval with and without a reason', () => {
  const progress = { sample: 59, judged: 59, acceptable: 56, harmful: 1, wrong: 2, cannotTell: 0, skipped: 0, open: 0 }
  const done = '59 of 59 records reviewed: 1 harmful, 2 wrong, 0 undecided.'
  expect(progressSentence(progress)).toBe(done)
  expect(progressSentence({ ...progress, sample: 60, skipped: 1 })).toBe(
    '59 of 60 records reviewed: 1 harmful, 2 wrong, 0 undecided. 1 is still open (1 skipped) and counts as wrong until judged.',
  )
  expect(progressSentence({ ...progress, sample: 61 })).toBe(
    '59 of 61 records reviewed: 1 harmful, 2 wrong, 0 undecided. 2 are still open and count as wrong until judged.',
  )
  const claims = [{ holds: true }, { holds: false }]
  expect(againstSentence(claims, '  ')).toBe('I approve although 1 of 2 claims does not hold. No reason is given.')
  expect(againstSentence(claims, ' mended since ')).toBe('I approve although 1 of 2 claims does not hold. Reason: mended since.')
  expect(againstSentence(claims.slice(0, 1), null)).toBeNull()
})

test('every reason of a reader has its words', () => {
  expect(reviewWordings.length).toBeGreaterThan(8)
  for (const { code, title, why, remedy, severity } of reviewWordings) {
    expect(code).toMatch(/^review\/[a-z-]+$/)
    for (const text of [title, why, remedy]) expect(text).toMatch(/^[A-Z].{10,}/)
    expect(severity).toBe('error')
  }
})

test('short forms are marked where medicines stand; the worst of them everywhere, and a name is taken for others alone', () => {
  const kinds = (text: string, where: 'medicines' | 'documents' | 'demographics') =>
    displayMarks(text, { section: where }).map(({ from, to, kind }) => [text.slice(from, to), kind])
  expect(kinds('5M units', 'medicines')).toEqual([['M', 'abbreviation']])
  expect(kinds('5M units', 'documents')).toEqual([])
  expect(kinds('take q3pm', 'documents')).toEqual([])
  expect(kinds('take qd', 'documents')).toEqual([['qd', 'abbreviation']])
  expect(kinds('take qd', 'demographics')).toEqual([])
  expect(displayMarks('prilosec', { section: 'medicines' })).toEqual([
    { from: 0, to: 8, kind: 'tall-man', reason: 'taken for PROzac', reads: 'PriLOSEC' },
  ])
})

test('a day is one where the text begins with it', () => {
  expect(dayText('on 2025-12-03')).toBe('on 2025-12-03')
  expect(clinicalDate('on 2025-12-03')).toBe('on 2025-12-03')
})

test('elements as texts: in the order in which a clinician looks, extensions under their own name', () => {
  const said = (resource: Parameters<typeof elementTexts>[0], type = 'Basic') =>
    elementTexts(resource, type).map(({ label, text }) => `${label}: ${text}`)
  expect(said({ note: [{ text: 'seen' }], valueString: 'high', code: { text: 'Potassium' } }, 'Observation')).toEqual([
    'Observed: Potassium',
    'Result: high',
    'Notes: seen',
  ])
  expect(said({ x: [{ system: 'other:ids', value: '7' }] })).toEqual(['X: ids: 7'])
  expect(said({ x: [{ system: 'other', value: '7', use: 'home' }] })).toEqual(['X: other: 7 (home)'])
  expect(said({ x: { part: 'a', extension: [{ url: 'http://e.org/own-note', valueString: 'hi' }] } })).toEqual([
    'X · part: a',
    'X · own note: hi',
  ])
})

test('a number with its own exponent: sums and products as exact as any, far beyond what a number can write', () => {
  const huge = scaled(1)
  for (let i = 0; i < 8; i++) huge.times(2 ** 300)
  expect(huge.value()).toBe(Number.POSITIVE_INFINITY)
  for (let i = 0; i < 8; i++) huge.times(2 ** -300)
  expect(huge.value()).toBe(1)
  const tiny = scaled(1)
  for (let i = 0; i < 8; i++) tiny.times(2 ** -300)
  expect(tiny.value()).toBe(0)
  for (let i = 0; i < 7; i++) tiny.times(2 ** 300)
  expect(tiny.value()).toBe(2 ** -300)
  // One step of 512 binary places apart, whichever is the larger.
  const near = scaled(2 ** -511)
  const small = scaled(2 ** -513)
  near.plus(small)
  expect(near.value()).toBe(2 ** -511 + 2 ** -513)
  const other = scaled(2 ** -513)
  other.plus(scaled(2 ** -511))
  expect(other.value()).toBe(2 ** -511 + 2 ** -513)
  other.plusProduct(scaled(2 ** -511), 3)
  expect(other.value()).toBe(4 * 2 ** -511 + 2 ** -513)
})

test('no sample holds more wrong records than there are, or than it has records: that is certain, not nearly so', () => {
  for (let wrong = 0; wrong <= 40; wrong += 5)
    for (const n of [1, 7, 30, 90]) {
      expect(hypergeometricAtMost(Math.min(n, wrong), 100, wrong, n)).toBe(1)
      expect(hypergeometricAtMost(Math.max(0, n - (100 - wrong)) - 1, 100, wrong, n)).toBe(0)
    }
})

test('so many flagged records, and no fewer, are found at least where so many are wrong', () => {
  for (const [wrong, se] of [
    [10, 0.9],
    [30, 0.7],
    [100, 0.84],
    [7, 0.99],
  ] as const)
    for (const risk of [5000, 50_000]) {
      const least = correctedIntolerable(wrong, se, risk)
      expect(binomialAtMost(least - 1, wrong, se)).toBeLessThanOrEqual(risk / 1e6)
      if (least < wrong) expect(binomialAtMost(least, wrong, se)).toBeGreaterThan(risk / 1e6)
    }
})
