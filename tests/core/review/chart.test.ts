import { expect, test } from 'vitest'
import type { JsonValue } from '../../../src/core/data/model/record.ts'
import { readTable } from '../../../src/core/data/read/table.ts'
import { finish } from '../../../src/core/operation.ts'
import { cellElsewhere } from '../../../src/core/review/chart/said-elsewhere.ts'
import { clinicalDate } from '../../../src/core/review/display-rules/clinical-date.ts'
import { type Chart, type ChartEntry, type ChartText, chartSections } from '../../../src/core/review/model/chart.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'
import { readSample } from '../../samples/riverside.ts'
import { blindJudge } from './blind-judge.ts'

const signal = new AbortController().signal
const sample = readSample({ patients: 200 })
const keys = [...new Set(sample.truth.map(({ patient }) => patient))].slice(0, 40)
const pairs = await finish(pairRecords({ ...sample.pairInput, keys }, signal))
const blind = await finish(pairRecords({ ...sample.pairInput, keys }, signal, blindJudge))

const rowsOf = (chart: Chart) => chart.sections.flatMap(({ rows }) => rows)
const textsOf = (entry: ChartEntry | null): readonly ChartText[] =>
  entry === null ? [] : [entry.title, ...entry.details, ...entry.unmapped]
const said = (chart: Chart, side: 'legacy' | 'target'): string =>
  rowsOf(chart)
    .flatMap((row) => textsOf(row[side]))
    .map(({ text }) => text)
    .join('\n')

/** Every row of the legacy files with a cell that is the number of the patient, read without any mapping. */
async function legacyRows(): Promise<ReadonlyMap<string, readonly string[][]>> {
  const found = new Map<string, string[][]>()
  for (const { source, side, reading } of sample.pairInput.inputs) {
    if (side !== 'legacy') continue
    let nulls: readonly string[] = []
    for await (const event of readTable(source, reading, signal, 0)) {
      if (event.kind === 'structure') nulls = reading.nulls ?? []
      if (event.kind !== 'rows') continue
      for (const { cells } of event.rows) {
        const key = cells.find((cell) => keys.includes(cell))
        if (key !== undefined)
          found.set(key, [...(found.get(key) ?? []), cells.filter((cell) => cell.trim() !== '' && !nulls.includes(cell))])
      }
    }
  }
  return found
}

function leaves(value: JsonValue | undefined, name = ''): readonly string[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string' && name === 'data') return [Buffer.from(value, 'base64').toString('utf8')]
  if (typeof value !== 'object') return typeof value === 'boolean' ? [] : [String(value)]
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => leaves(one))
  // A chart names code systems, reads attached texts, and leaves out how a resource is kept and what only links it to its patient.
  const kept = Object.entries(value).filter(
    ([member, inside]) => !silent.has(member) && !(member === 'contentType' && inside === 'text/plain'),
  )
  return kept.flatMap(([member, inside]) => leaves(inside, member))
}

const silent: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'system', 'div', 'subject', 'patient'])

test('every filled cell of every legacy row of a patient stands on the chart', async () => {
  const rows = await legacyRows()
  let cells = 0
  for (const { chart } of pairs) {
    const text = said(chart, 'legacy')
    for (const row of rows.get(chart.key) ?? [])
      for (const cell of row.filter((one) => one !== chart.key)) {
        cells++
        expect(text, `${cell} of ${chart.key}`).toContain(cell)
      }
  }
  expect(cells).toBeGreaterThan(1500)
})

test('every element of every migrated record of a patient stands on the chart, written by the mapping or not', () => {
  let elements = 0
  const byId = new Map(
    pairs.flatMap(({ chart }) =>
      rowsOf(chart).flatMap(({ target }) => (target ? [[target.place.id, textsOf(target)] as const] : [])),
    ),
  )
  const people = new Set([...byId.keys()].filter((id) => id?.startsWith('Patient/')))
  for (const [path, bytes] of sample.files) {
    if (!path.startsWith('private/target/') || !path.endsWith('.ndjson')) continue
    for (const line of Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean)) {
      const read: JsonValue = JSON.parse(line)
      const resource = read as {
        resourceType: string
        id: string
        subject?: { reference: string }
        patient?: { reference: string }
      }
      const link = resource.subject?.reference ?? resource.patient?.reference ?? `${resource.resourceType}/${resource.id}`
      if (!people.has(link)) continue
      const texts = byId.get(`${resource.resourceType}/${resource.id}`)
      if (resource.resourceType === 'List') continue
      expect(texts, `${resource.resourceType}/${resource.id}`).toBeDefined()
      const all = (texts ?? []).map(({ text, label }) => `${label} ${text}`).join('\n')
      for (const leaf of leaves(read)) {
        elements++
        // A day inside a composed text is written with its month in letters.
        const stands = all.includes(leaf) || all.includes(clinicalDate(leaf))
        expect(stands, `${leaf} of ${resource.resourceType}/${resource.id}`).toBe(true)
      }
    }
  }
  expect(elements).toBeGreaterThan(3000)
})

test('with the rules of comparing switched off, both sides say the same as with them', () => {
  const plain = (chart: Chart): unknown => rowsOf(chart).map(({ id, legacy, target }) => ({ id, legacy, target }))
  expect(blind.map(({ chart }) => plain(chart))).toEqual(pairs.map(({ chart }) => plain(chart)))
  expect(blind.filter(({ missing }) => missing === null).every(({ chart }) => chart.differences === 0)).toBe(true)
  expect(pairs.some(({ chart }) => chart.differences > 0)).toBe(true)
})

test('rows carry the names by which verdicts call the entries of the pair, and no name stands twice', () => {
  for (const { chart, domains } of pairs) {
    const ids = rowsOf(chart).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(domains.flatMap(({ items }) => items.map(({ id }) => id))))
  }
})

test('sections are the eight of a chart in their order, and allergies open with what each side states', () => {
  for (const { chart, missing } of pairs) {
    expect(chart.sections.map(({ id }) => id).filter((id) => id !== 'other')).toEqual(chartSections.slice(0, 8))
    if (missing !== 'both') expect(chart.sections[0]?.rows[0]?.id).toBe('allergy-state')
  }
})

test('a patient who did not arrive is said first, and no count of the other side is shown', () => {
  const lost = pairs.find(({ missing }) => missing === 'target')
  expect(lost?.chart.alarms.map(({ kind }) => kind)).toEqual(['missing-target'])
  expect(lost?.chart.heading.target).toBeNull()
  expect(rowsOf(lost?.chart ?? (pairs[0]?.chart as Chart)).every(({ target }) => target === null)).toBe(true)
})

test('a reading of the mapping is told from what is written', () => {
  const statuses = pairs
    .flatMap(({ chart }) => rowsOf(chart))
    .flatMap(({ legacy }) => legacy?.details ?? [])
    .filter(({ label }) => label === 'STATUS')
  expect(statuses.length).toBeGreaterThan(50)
  expect(statuses.some(({ text, reading }) => text === 'ACT' && reading === 'active')).toBe(true)
})

test('an appointment names everybody who takes part, by the name that the same export gives them', () => {
  const booked = pairs.flatMap(({ chart }) => rowsOf(chart).filter(({ target }) => target?.place.id?.startsWith('Appointment/')))
  expect(booked.length).toBeGreaterThan(5)
  const names = new Map<string, string>()
  for (const [path, bytes] of sample.files)
    if (path.endsWith('Practitioner.ndjson'))
      for (const line of Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean)) {
        const { id, name } = JSON.parse(line) as { id: string; name: { family: string }[] }
        names.set(`Practitioner/${id}`, name[0]?.family ?? '')
      }
  expect(names.size).toBeGreaterThan(10)
  for (const { target } of booked) {
    const who = textsOf(target).filter(({ text }) => text.includes('Practitioner/'))
    expect(who).toHaveLength(1)
    const [, name = '', reference = ''] = /^(.*) \((.*)\)$/.exec(who[0]?.text ?? '') ?? []
    expect(name).toContain(names.get(reference))
    // The patient whose chart it is is not said again.
    expect(textsOf(target).some(({ text }) => text.includes('Patient/'))).toBe(false)
  }
})

test('what no rule carries and the load wrote all the same is found where it stands, and what stands nowhere is not', () => {
  const found = pairs.flatMap(({ chart }) =>
    rowsOf(chart).flatMap((row) =>
      (row.legacy?.unmapped ?? []).map((text) => ({ row, text, shown: cellElsewhere(chart, row, text) })),
    ),
  )
  const of = (label: string) => found.filter(({ text }) => text.label === label)
  const arrived = of('PROV').filter(({ row }) => row.target?.unmapped.some(({ label }) => label === 'Requester'))
  expect(arrived.length).toBeGreaterThan(5)
  for (const { text, shown } of arrived) {
    expect(shown?.label).toBe('Requester')
    expect(shown?.text.toLowerCase()).toContain(text.text.toLowerCase())
  }
  // The site of an appointment did not arrive.
  expect(of('SITE').length).toBeGreaterThan(5)
  expect(of('SITE').filter(({ shown }) => shown !== null)).toEqual([])
})
