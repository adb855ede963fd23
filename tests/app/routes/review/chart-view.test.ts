import { expect, test } from 'vitest'
import type { SectionDone } from '../../../../src/app/routes/review/acts/reading.ts'
import type { Reader, Said } from '../../../../src/app/routes/review/chart/chart-rows.ts'
import {
  chartView,
  dateOrderWords,
  emptyWords,
  leftIn,
  missingWords,
  nextSection,
  programWords,
  readWords,
  shownWords,
} from '../../../../src/app/routes/review/chart/chart-view.ts'
import { judgedTogether } from '../../../../src/app/routes/review/chart/shared-verdicts.ts'
import {
  type Chart,
  type ChartEntry,
  type ChartRow,
  type ChartSectionId,
  chartSections,
} from '../../../../src/core/review/model/chart.ts'
import type { DifferenceEvent, Verdict } from '../../../../src/core/review/model/review-event.ts'

const place = { input: 0, record: 1, line: 2, byte: 0, length: 1, id: null }
const text = (words: string, label: string | null = null) => ({ label, text: words, reading: null, marks: [] })
const entry = (title: string, more: Partial<ChartEntry> = {}): ChartEntry => ({
  title: text(title),
  details: [],
  unmapped: [],
  place,
  ...more,
})
const row = (id: string, more: Partial<ChartRow> = {}): ChartRow => ({
  id,
  legacy: entry(`old ${id}`),
  target: entry(`new ${id}`),
  note: { cls: 'same', codes: [], sentences: [], severity: null },
  cause: null,
  ...more,
})
const different = { cls: 'changed', codes: ['data/x'], sentences: ['The dose differs.'], severity: 'critical' } as const

function pairOf(rows: Partial<Record<ChartSectionId, readonly ChartRow[]>>, more: Partial<Chart> = {}) {
  const sections = chartSections.flatMap((id) => (id === 'other' ? [] : [{ id, rows: rows[id] ?? [] }]))
  const chart: Chart = {
    key: 'k',
    heading: { legacy: null, target: null },
    missing: null,
    alarms: [],
    sections,
    differences: 0,
    ...more,
  }
  return { chart, domains: [] }
}

const verdict = (item: string, said: Verdict): DifferenceEvent => ({
  kind: 'difference',
  id: `e-${item}`,
  at: { wall: '2026-03-02T09:14:00Z', counter: 0 },
  by: 'a',
  record: 'r',
  item,
  domain: 'medicines',
  class: 'changed',
  verdict: said,
  reason: said === 'harmful' ? 'dose' : null,
})
const done = (id: string, more: Partial<SectionDone> = {}): SectionDone => ({
  id,
  wall: '2026-03-02T09:15:00Z',
  seconds: 20,
  entries: 1,
  tooQuick: false,
  ...more,
})
const nothing: Said = { verdicts: new Map(), sections: new Map() }
const said = (verdicts: readonly DifferenceEvent[], sections: Said['sections'] = new Map()): Said => ({
  verdicts: new Map(verdicts.map((event) => [event.item, event])),
  sections,
})
const reader: Reader = { blind: true, reading: 'medicines', asked: new Set(), apart: new Set() }

test('a section is not read, being read, confirmed, judged or too quick; where neither side says anything there is nothing to read', () => {
  const pair = pairOf({
    problems: [row('p')],
    medicines: [row('m')],
    results: [row('r')],
    visits: [row('v')],
    documents: [row('d')],
  })
  const sections = new Map([
    ['problems', done('e1')],
    ['results', done('e2', { tooQuick: true, seconds: 1 })],
    ['documents', done('e3')],
  ])
  const view = chartView(pair, said([verdict('d', 'wrong')], sections), reader)
  expect(Object.fromEntries(view.sections.map(({ id, state }) => [id, state]))).toEqual({
    allergies: 'empty',
    problems: 'confirmed',
    medicines: 'reading',
    results: 'too-quick',
    immunisations: 'empty',
    visits: 'not-read',
    documents: 'judged',
    demographics: 'empty',
  })
  expect([view.read, view.toRead]).toEqual([3, 5])
  expect(nextSection(view, 'medicines')?.id).toBe('visits')
  expect(missingWords(view, new Map())).toBe('2 sections are not confirmed, Medicines first.')
})

test('a section without rows denies only what both sides were read for', () => {
  const pair = pairOf({}, { known: { legacy: ['allergies', 'results'], target: ['allergies', 'medicines'] } })
  const words = chartView(pair, nothing, reader).sections.map(({ id, known }) => [id, emptyWords(known)])
  expect(words.filter(([, said]) => said === 'Nothing written in either system')).toEqual([
    ['allergies', 'Nothing written in either system'],
  ])
  expect(chartView(pairOf({}), nothing, reader).sections.some(({ known }) => known)).toBe(false)
})

test('blind, the program says nothing before the verdict or the confirmation, and asks for no verdict', () => {
  const pair = pairOf({ medicines: [row('a', { note: different }), row('b')] })
  const [open] = chartView(pair, nothing, reader).sections.filter(({ id }) => id === 'medicines')
  expect(open?.blocks.map(({ told }) => told)).toEqual([false, false])
  expect(open?.waiting).toEqual([])
  const [judged] = chartView(pair, said([verdict('a', 'harmful')]), reader).sections.filter(({ id }) => id === 'medicines')
  expect(judged?.blocks.map(({ told }) => told)).toEqual([true, false])
  const [closed] = chartView(pair, said([], new Map([['medicines', done('e')]])), reader).sections.filter(
    ({ id }) => id === 'medicines',
  )
  expect(closed?.blocks.map(({ told }) => told)).toEqual([true, true])
  expect(programWords(closed?.rows ?? [])).toBe('1 same, 1 different')
  // With open notes, every difference waits for its verdict.
  const [seen] = chartView(pair, nothing, { ...reader, blind: false }).sections.filter(({ id }) => id === 'medicines')
  expect(seen?.waiting.map(({ item }) => item)).toEqual(['a'])
})

test('what no line of the mapping reads is one thing to judge in its section, and waits for it also where notes are hidden', () => {
  const outside = (label: string, words: string) => entry('Letter', { unmapped: [text(words, label)] })
  const pair = pairOf({
    documents: [
      row('d1', { legacy: outside('USERFLD_07', 'Call after 17:00') }),
      row('d2', { legacy: outside('USERFLD_07', 'x') }),
    ],
    visits: [row('v', { target: null, note: { cls: 'not-compared', codes: [], sentences: ['No line.'], severity: null } })],
  })
  const view = chartView(pair, nothing, reader)
  const documents = view.sections.find(({ id }) => id === 'documents')
  expect(documents?.rows.map(({ item, title }) => [item, title])).toEqual([
    ['d1', 'Letter'],
    ['d2', 'Letter'],
    ['outside-mapping/documents', 'the column USERFLD_07, outside the mapping'],
  ])
  expect(documents?.rows[2]?.outside.map(({ text: { text: words } }) => words)).toEqual(['Call after 17:00', 'x'])
  expect(documents?.waiting.map(({ item }) => item)).toEqual(['outside-mapping/documents'])
  expect(view.sections.find(({ id }) => id === 'visits')?.waiting.map(({ item }) => item)).toEqual(['v'])
  expect(missingWords(view, new Map())).toBe('Visits: 1 entry has no verdict, and 1 more section is not read.')
})

test('traces of one cause share a verdict, blind once it was given, and stand apart where the reader wants that', () => {
  const pair = pairOf({ allergies: [row('a', { cause: 'X9' }), row('b', { cause: 'X9' }), row('c'), row('d', { cause: 'X9' })] })
  const before = chartView(pair, nothing, reader)
  const allergies = (view: typeof before) => view.sections.find(({ id }) => id === 'allergies')
  expect(allergies(before)?.blocks.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 1])
  const first = before.rows[0]
  const itemsOf = (verdicts: Said['verdicts'], now: Partial<Reader> = {}, given: Verdict = 'harmful') =>
    first && judgedTogether(before, first, given, verdicts, { ...reader, ...now }).map(({ item }) => item)
  expect(itemsOf(new Map())).toEqual(['a', 'b', 'd'])
  expect(itemsOf(new Map(), { apart: new Set(['X9']) })).toEqual(['a'])
  // Blind, nothing that was not seen as one thing is called acceptable.
  expect(itemsOf(new Map(), {}, 'acceptable')).toEqual(['a'])
  expect(itemsOf(new Map(), { blind: false }, 'acceptable')).toEqual(['a', 'b', 'd'])
  // One that was judged on its own keeps its verdict.
  expect(itemsOf(new Map([['b', verdict('b', 'acceptable')]]))).toEqual(['a'])
  // With open notes the traces stand together before the first verdict.
  const open = chartView(pair, nothing, { ...reader, blind: false })
  expect(allergies(open)?.blocks.map(({ rows, traces, said: own }) => [rows.length, traces, own])).toEqual([
    [2, 3, null],
    [1, 1, null],
    [1, 3, null],
  ])
  const traces = said(['a', 'b', 'd'].map((item) => ({ ...verdict(item, 'harmful'), cause: 'X9' })))
  const together = chartView(pair, traces, reader)
  expect(allergies(together)?.blocks.map(({ rows, traces }) => [rows.map(({ item }) => item).join(''), traces])).toEqual([
    ['ab', 3],
    ['c', 1],
    ['d', 3],
  ])
  const apart = { ...reader, apart: new Set(['X9']) }
  const split = chartView(pair, traces, apart)
  expect(allergies(split)?.blocks.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 1])
})

test('two people are judged before the chart; a patient that one side does not have is one verdict for all of it', () => {
  const words = 'Two different people.'
  const strange = pairOf(
    { medicines: [row('m')], demographics: [row('p')] },
    { alarms: [{ kind: 'wrong-patient', words, rows: ['p'] }] },
  )
  const view = chartView(strange, nothing, reader)
  expect(view.first?.item).toBe('p')
  expect(missingWords(view, new Map())).toBe('old p: judge this first.')
  expect(missingWords(view, new Map([['p', 1]]))).toContain('Medicines first.')
  const lost = pairOf(
    { medicines: [row('m', { target: null, note: { ...different, cls: 'lost' } })] },
    { missing: 'target', alarms: [{ kind: 'missing-target', words: 'The new system has no such patient.', rows: ['p'] }] },
  )
  const gone = chartView(lost, nothing, reader)
  expect([gone.first?.item, gone.first?.cls, gone.toRead]).toEqual(['record', 'lost', 0])
  expect(missingWords(gone, new Map([['record', 1]]))).toBeNull()
})

test('what two readers spoke about waits for the word of whoever decides between them', () => {
  const pair = pairOf({ results: [row('r1'), row('r2')] })
  const view = chartView(pair, nothing, { ...reader, asked: new Set(['r2']) })
  expect(view.sections.find(({ id }) => id === 'results')?.waiting.map(({ item }) => item)).toEqual(['r2'])
})

test('one verdict on a patient who did not arrive stands for every row of the chart', () => {
  const unmapped = entry('Visit', { unmapped: [text('MBK', 'SITE')] })
  const lost = { cls: 'lost', codes: [], sentences: [], severity: 'critical' } as const
  const gone = pairOf(
    {
      demographics: [row('p', { target: null, note: lost })],
      visits: [row('v', { legacy: unmapped, target: null, note: lost })],
    },
    { missing: 'target', alarms: [{ kind: 'missing-target', words: 'The new system has no such patient.', rows: ['p'] }] },
  )
  const view = chartView(gone, nothing, { ...reader, blind: false })
  expect(view.first?.asksVerdict).toBe(true)
  const rows = view.sections.flatMap((section) => section.rows)
  expect(rows.map(({ title }) => title)).toContain('the column SITE, outside the mapping')
  expect(rows.filter(({ asksVerdict }) => asksVerdict)).toEqual([])
})

test('a row outside the mapping is said where the other system shows its words, by title, by two cells or not at all', () => {
  const outside = { target: null, note: { cls: 'not-compared', codes: [], sentences: [], severity: null } } as const
  const legacy = (title: string, ...cells: readonly string[]) => entry(title, { unmapped: cells.map((cell) => text(cell, 'X')) })
  const smoker = row('s', { ...outside, legacy: legacy('Ex-smoker since 2011') })
  const fall = row('f', { ...outside, legacy: legacy('Fall', '12/03/2024', 'Ward 7B') })
  const lost = row('l', { ...outside, legacy: legacy('Penicillin', 'yes') })
  const pair = pairOf({
    problems: [smoker, fall, lost],
    documents: [
      row('note', { legacy: null, target: entry('Note', { details: [text('EX-SMOKER, since 2011.', 'Social history')] }) }),
      row('event', {
        legacy: null,
        target: entry('Event', { details: [text('2024-03-12', 'When'), text('ward 7b, yes', 'Where')] }),
      }),
    ],
  })
  const { rows } = chartView(pair, { verdicts: new Map(), sections: new Map() }, reader)
  const shown = (item: string) => rows.find((each) => each.item === item)?.unmapped?.shown.map(shownWords)
  expect(shown('s')).toEqual(['“EX-SMOKER, since 2011.” under Social history of Note, in Documents'])
  expect(shown('f')).toEqual(['“2024-03-12” under When of Event, in Documents'])
  expect(shown('l')).toEqual([])
  // What a rule carries is not asked about.
  expect(rows.find(({ item }) => item === 'note')?.unmapped).toBeNull()
})

test('sections read too quickly count as read and are said so', () => {
  const words = (read: number, tooQuick: number) => readWords({ read, toRead: 7, tooQuick })
  expect(words(7, 0)).toBe('7 of 7 sections read')
  expect(words(7, 2)).toBe('7 of 7 sections read, 2 of them too quickly')
  const pair = pairOf({ problems: [row('a')], medicines: [row('b')] })
  const sections = new Map<string, SectionDone>([
    ['problems', { id: 'x', seconds: 0, entries: 1, wall: '2026-03-02T09:14:00Z', tooQuick: true }],
    ['medicines', { id: 'y', seconds: 9, entries: 1, wall: '2026-03-02T09:15:00Z', tooQuick: false }],
  ])
  expect(chartView(pair, { verdicts: new Map(), sections }, reader)).toMatchObject({ read: 2, toRead: 2, tooQuick: 1 })
})

test('a section says what is left of it, entries to see before entries to judge, and nothing once it can be confirmed', () => {
  const pair = pairOf({ medicines: [row('a'), row('b', { note: different })] })
  const open = { ...reader, blind: false }
  const left = (seen: readonly string[], verdicts = new Map<string, DifferenceEvent>()) => {
    const part = chartView(pair, { verdicts, sections: new Map() }, open).sections.find(({ id }) => id === 'medicines')
    return part ? leftIn(part, new Set(seen)) : null
  }
  expect(left([])).toEqual({ words: 'Medicines: 2 more to see', item: 'a' })
  expect(left(['a'])).toEqual({ words: 'Medicines: 1 more to see', item: 'b' })
  expect(left(['a', 'b'])).toEqual({ words: 'Medicines: 1 to judge', item: 'b' })
  expect(left(['a', 'b'], new Map([['b', verdict('b', 'wrong')]]))).toBeNull()
})

test('a chart that writes its days in two orders says so, with the sections that prove it', () => {
  const dated = (id: string, ...days: readonly string[]) =>
    row(id, { legacy: entry('x', { details: days.map((day) => text(day, 'START')) }) })
  const words = (problems: string, ...medicines: readonly string[]) =>
    dateOrderWords(pairOf({ problems: [dated('p', problems)], medicines: [dated('m', ...medicines)] }).chart, {
      legacy: 'MedTrack',
      target: 'OpenChart',
    })
  expect(words('23/12/2019', '05/22/2024', '03/04/2025')).toEqual([
    'MedTrack writes days in two orders here: day first in Problems, month first in Medicines. 1 day can be read both ways.',
  ])
  expect(words('23/12/2019', '22/05/2024')).toEqual([])
  // Neither is a day: a version, a ratio of many parts, a month of thirteen.
  expect(words('23/12/2019', '1.2.22.2024', '120/80', '05/22/2024/7')).toEqual([])
})
