import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { withChart } from '../../../src/core/review/chart/earlier-chart.ts'
import { straysIn, withStrays } from '../../../src/core/review/chart/strays.ts'
import type { Chart, ChartRow } from '../../../src/core/review/model/chart.ts'
import { pairAll, pairRecords } from '../../../src/core/review/pair/pair.ts'
import { isStillThere } from '../../../src/core/review/result/worklist.ts'
import { readSample } from '../../samples/riverside.ts'
import { noChanges, sampleClinic } from './planted/clinics.ts'
import { withAt } from './planted/json.ts'

const signal = new AbortController().signal
const sample = readSample({ patients: 300, seed: 'strays' })
const rowsOf = (chart: Chart | undefined): readonly ChartRow[] => chart?.sections.flatMap(({ rows }) => rows) ?? []

test('an entry under another patient is told on both charts, by the comparison of all patients', async () => {
  const { findings } = await finish(pairAll(sample.pairInput, signal))
  const stray = findings.find(({ code }) => code === 'data/wrong-patient')?.sample[0]
  const [owner = '', holder = ''] = (stray?.evidence.excerpt ?? '').split(' → ')
  expect(holder).not.toBe('')
  const strays = straysIn(findings)
  const pairs = await finish(pairRecords({ ...sample.pairInput, keys: [owner, holder] }, signal))
  const [lost, got] = pairs.map(({ chart }) =>
    rowsOf(withStrays(chart, strays)).filter(({ note }) => note.codes.includes('data/wrong-patient')),
  )
  expect(lost?.map(({ target, note }) => [target, note.sentences[1], note.severity])).toEqual([
    [null, 'The new system has this entry under another patient.', 'critical'],
  ])
  expect(got?.map(({ legacy, note }) => [legacy, note.sentences[1]])).toEqual([
    [null, 'This entry belongs to another patient: legacy has it there.'],
  ])
})

test('a pair of an early version gets a chart of what it kept; a chart stays as it is', async () => {
  const keys = sample.truth.slice(0, 12).map(({ patient }) => patient)
  for (const pair of await finish(pairRecords({ ...sample.pairInput, keys }, signal))) {
    expect(withChart(pair).chart).toBe(pair.chart)
    const { chart: _, ...early } = pair
    const rows = new Map(rowsOf(withChart(early).chart).map((row) => [row.id, row]))
    for (const item of pair.domains.flatMap(({ items }) => items)) {
      const row = rows.get(item.id)
      expect(row).toBeDefined()
      for (const side of ['legacy', 'target'] as const)
        expect(row?.[side]?.details.map(({ text }) => text) ?? null).toEqual(
          item[side] ? item.fields.flatMap((field) => field[side] ?? []) : null,
        )
    }
    expect(withChart(early).chart.missing).toBe(pair.missing)
  }
})

test('an amount without a unit, an empty 0 and the unit 1 are told on the chart', async () => {
  const clinic = sampleClinic()
  const results = [...clinic.resources.values()].filter(
    ({ resourceType, valueQuantity }) => resourceType === 'Observation' && valueQuantity,
  )
  const [bare, zero, one] = results
  if (!bare || !zero || !one) throw new Error('The sample has no results.')
  const resources = new Map([
    [`Observation/${bare.id}`, withAt(bare, 'valueQuantity', { value: 121 })],
    [`Observation/${zero.id}`, withAt(zero, 'valueQuantity', { value: 0 })],
    [`Observation/${one.id}`, withAt(one, 'valueQuantity', { value: 2.5, unit: '1' })],
  ])
  const pairs = await finish(pairRecords({ ...clinic.damaged({ ...noChanges, resources }), keys: clinic.keys }, signal))
  const rows = pairs.flatMap(({ chart }) => rowsOf(chart))
  const amount = (id: string) => {
    const texts = rows.find(({ target }) => target?.place.id === `Observation/${id}`)?.target?.details ?? []
    return texts.flatMap(({ label, text, marks }) => (label === 'Result' ? [[text, marks.map(({ kind }) => kind).join()]] : []))
  }
  expect(amount(bare.id)).toEqual([['121', 'no-unit']])
  expect(amount(zero.id)).toEqual([['0', 'bare-zero']])
  expect(amount(one.id)).toEqual([['2.5 (unit 1)', '']])
})

test('what a reader called wrong although the comparison called it equal is gone only when a reader says so', async () => {
  const [pair] = await finish(
    pairRecords({ ...sample.pairInput, keys: sample.truth.slice(0, 1).map(({ patient }) => patient) }, signal),
  )
  const same = pair?.domains.flatMap(({ items }) => items).find(({ cls }) => cls === 'same' || cls === 'same-after-rule')
  if (!pair || !same) throw new Error('No equal entry.')
  expect(isStillThere({ item: same.id, domain: same.domain, class: 'same' }, pair)).toBe(true)
  expect(isStillThere({ item: same.id, domain: same.domain, class: 'changed' }, pair)).toBe(false)
  // A row that no line takes is wrong as long as none does.
  expect(isStillThere({ item: 'alerts:3', domain: 'other', class: 'not-compared' }, pair)).toBe(false)
  const row: ChartRow = {
    id: 'alerts:3',
    legacy: null,
    target: null,
    note: { cls: 'not-compared', codes: [], sentences: [], severity: null },
    cause: null,
  }
  // Nor do columns that no line reads arrive by themselves.
  const column = { item: 'outside-mapping/problems', domain: 'problems' as const, class: 'lost' as const }
  expect(isStillThere(column, pair)).toBe(false)
  const text = { label: 'REMARK', text: 'do not repeat', reading: null, marks: [] }
  const sections = pair.chart.sections.map((section) => ({
    ...section,
    rows: section.rows.map((each) => ({
      ...each,
      legacy: each.legacy && { ...each.legacy, unmapped: section.id === 'problems' ? [text] : [] },
    })),
  }))
  const hasProblems = sections.some(({ id, rows }) => id === 'problems' && rows.some(({ legacy }) => legacy !== null))
  expect(isStillThere(column, { ...pair, chart: { ...pair.chart, sections } })).toBe(hasProblems)
  const open = { ...pair, chart: { ...pair.chart, sections: [{ id: 'other' as const, rows: [row] }] } }
  expect(isStillThere({ item: 'alerts:3', domain: 'other', class: 'not-compared' }, open)).toBe(true)
})
