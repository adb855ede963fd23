import { expect, test } from 'vitest'
import type { ReviewAct } from '../../../src/core/project/review/review-steps.ts'
import { emptyChart } from '../../../src/core/review/chart/build-chart.ts'
import { decisionsOf, lastActOf } from '../../../src/core/review/decision/decision.ts'
import type { ReviewEvent, SectionEvent } from '../../../src/core/review/model/review-event.ts'
import {
  attentionOf,
  attentionSentence,
  fastestWordsPerMinute,
  isTooQuick,
  leastSeconds,
  sectionsLeft,
  shownIn,
  unmeasuredSentence,
} from '../../../src/core/review/result/attention.ts'

let clock = 0
function event(by: string, act: ReviewAct): ReviewEvent {
  clock++
  const wall = `2026-03-02T09:${String(Math.floor(clock / 60) % 60).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}Z`
  return { id: `${by}-${clock}`, at: { wall, counter: 0 }, by, ...act }
}
const section = (by: string, record: string, name: string, seconds: number, more: Partial<SectionEvent> = {}): ReviewEvent =>
  event(by, { kind: 'section-confirmed', record, section: name, seconds, entries: 4, words: 60, ...more })
const closed = (by: string, record: string, sections: readonly string[] | undefined): ReviewEvent =>
  event(by, {
    kind: 'record',
    record,
    verdict: 'acceptable',
    differences: 0,
    reading: 'first',
    seconds: 60,
    comment: null,
    ...(sections ? { sections } : {}),
  })

test('a section needs a second for every ten words, at least one, and none where nothing is shown', () => {
  expect(fastestWordsPerMinute).toBe(600)
  expect(leastSeconds({ entries: 4, words: 60 })).toBe(6)
  expect(leastSeconds({ entries: 1, words: 2 })).toBe(1)
  expect(leastSeconds({ entries: 0, words: 0 })).toBe(0)
  expect(isTooQuick({ entries: 4, words: 60, seconds: 5 })).toBe(true)
  expect(isTooQuick({ entries: 4, words: 60, seconds: 6 })).toBe(false)
})

test('sections are counted by reader: confirmed too quickly, left open, never on the screen', () => {
  const all = ['allergies', 'medicines', 'results', 'visits']
  const events = [
    section('ito', 'r1', 'allergies', 3),
    section('ito', 'r1', 'medicines', 20),
    event('ito', { kind: 'section-opened', record: 'r1', section: 'results', seconds: 2, entries: 4, words: 60 }),
    closed('ito', 'r1', all),
    section('ito', 'r2', 'allergies', 9),
    section('haas', 'r1', 'allergies', 9),
    closed('haas', 'r1', ['allergies']),
    // Of another sample, and a record that was never closed.
    section('haas', 'elsewhere', 'allergies', 0),
    closed('haas', 'elsewhere', all),
  ]
  expect(attentionOf(events, new Set(['r1', 'r2']))).toEqual([
    { reader: 'haas', records: 1, sections: 1, tooQuick: 0, unconfirmed: 0, unopened: 0 },
    { reader: 'ito', records: 1, sections: 4, tooQuick: 1, unconfirmed: 1, unopened: 1 },
  ])
})

test('a section that is read again counts as it was read last, and one that was taken back does not count', () => {
  const quick = section('ito', 'r1', 'allergies', 1)
  const again = section('ito', 'r1', 'allergies', 12)
  const end = closed('ito', 'r1', ['allergies'])
  const counts = (events: readonly ReviewEvent[]) => {
    const [own] = attentionOf(events, new Set(['r1']))
    return [own?.tooQuick, own?.unopened]
  }
  expect(counts([quick, end])).toEqual([1, 0])
  expect(counts([quick, again, end])).toEqual([0, 0])
  expect(counts([quick, event('ito', { kind: 'undo', record: 'r1', undoes: quick.id }), end])).toEqual([0, 1])
})

test('a section confirmed after its record was closed was not read in time, until the record is closed again', () => {
  const [quick, end, slow] = [
    section('ito', 'r1', 'allergies', 1),
    closed('ito', 'r1', ['allergies', 'results']),
    section('ito', 'r1', 'allergies', 12),
  ]
  const late = [quick, end, slow, section('ito', 'r1', 'results', 9)]
  expect(attentionOf(late, new Set(['r1']))).toMatchObject([{ sections: 2, tooQuick: 1, unopened: 1 }])
  const again = [...late, closed('ito', 'r1', ['allergies', 'results'])]
  expect(attentionOf(again, new Set(['r1']))).toMatchObject([{ sections: 2, tooQuick: 0, unopened: 0 }])
})

test('records of early versions, closed without a chart, are not measured', () => {
  expect(attentionOf([closed('ito', 'r1', undefined)], new Set(['r1']))).toEqual([])
  expect(attentionSentence([])).toBeNull()
})

test('the sentence gives the counts of all readers', () => {
  const one = { reader: 'ito', records: 12, sections: 96, tooQuick: 2, unconfirmed: 0, unopened: 1 }
  expect(attentionSentence([one])).toBe('2 of 96 sections were confirmed too quickly; 1 was not opened.')
  expect(attentionSentence([one, { ...one, reader: 'haas', unconfirmed: 2 }])).toBe(
    '4 of 192 sections were confirmed too quickly; 2 were not confirmed; 2 were not opened.',
  )
  expect(attentionSentence([{ ...one, tooQuick: 0, unopened: 0 }])).toBe(
    'All 96 sections were opened and confirmed, none too quickly.',
  )
})

test('what is left of a chart is what this reader has not confirmed', () => {
  const events = [section('ito', 'r1', 'allergies', 9), section('haas', 'r1', 'medicines', 9)]
  expect(sectionsLeft(events, 'ito', 'r1', ['allergies', 'medicines'])).toEqual(['medicines'])
})

test('words are counted on both sides of every row', () => {
  const entry = (title: string, ...details: readonly string[]) => ({
    title: { label: null, text: title, reading: null, marks: [] },
    details: details.map((text) => ({ label: 'x', text, reading: null, marks: [] })),
    unmapped: [],
    place: { input: 0, record: 1, line: 1, byte: 0, length: 1, id: null },
  })
  const row = {
    id: 'a',
    legacy: entry('PENICILLIN G', 'rash'),
    target: null,
    note: { cls: 'lost' as const, codes: [], sentences: [], severity: null },
    cause: null,
  }
  expect(shownIn({ rows: [row, { ...row, target: entry('Penicillin', 'active now') }] })).toEqual({ entries: 2, words: 9 })
  expect(shownIn(emptyChart('k').sections[0] ?? { rows: [] })).toEqual({ entries: 0, words: 0 })
})

test('a confirmed section starts a record; being on the screen is no act to take back', () => {
  const confirmed = section('ito', 'r1', 'allergies', 9)
  const opened = event('ito', { kind: 'section-opened', record: 'r1', section: 'visits', seconds: 1, entries: 1, words: 1 })
  expect(decisionsOf([opened]).get('r1')?.state).toBe('open')
  expect(decisionsOf([confirmed, opened]).get('r1')?.state).toBe('started')
  expect(lastActOf([confirmed, opened], 'ito')).toEqual([confirmed])
})

test('one press for a cause is taken back as one; a row judged apart afterwards alone', () => {
  const judge = (item: string, wall: string, counter: number, cause?: string) =>
    ({
      ...event('ito', {
        kind: 'difference',
        record: 'r1',
        item,
        domain: 'allergies',
        class: 'lost',
        verdict: 'harmful',
        reason: 'missing',
      }),
      at: { wall, counter },
      ...(cause ? { cause } : {}),
    }) as ReviewEvent
  const cause = 'allergy-status:allergy-state'
  const press = ['allergy-state', 'allergies:3', 'AllergyIntolerance:7:0'].map((item, i) =>
    judge(item, '2026-03-02T10:00:00Z', i, cause),
  )
  expect(lastActOf(press, 'ito').map(({ id }) => id)).toEqual(press.map(({ id }) => id).toReversed())
  const apart = judge('allergies:3', '2026-03-02T10:01:00Z', 0)
  expect(lastActOf([...press, apart], 'ito')).toEqual([apart])
  const decision = decisionsOf([...press, apart]).get('r1')
  expect(decision?.differences.get('allergies:3')?.id).toBe(apart.id)
  expect(decision?.differences.size).toBe(3)
})

test('readings that nobody measured are told with their reader, beside those that were measured', () => {
  const measured = [{ reader: 'mika-ito', records: 12 }]
  const read = (reader: string, records: number) => ({ reader, records })
  expect(unmeasuredSentence([read('mika-ito', 12)], measured)).toBeNull()
  expect(unmeasuredSentence([read('mika-ito', 18), read('r-haas', 5)], measured)).toBe(
    'How the chart was read is not known for 6 of 18 records that mika-ito read, 5 of 5 records that r-haas read.',
  )
})
