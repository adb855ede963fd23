/** Summaries of patients for paper: what stands on them, what is left out aloud, and that nothing of them reaches project or store. */
import { expect, test, vi } from 'vitest'
import { keysIn, patientSummaries } from '../../../src/app/routes/review/acts/patient-summaries.ts'
import { openProject, setWorkspace } from '../../../src/app/session/state.ts'
import { finish } from '../../../src/core/operation.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { patientSummary } from '../../../src/core/readiness/downtime/patient-summary.ts'
import type { Sheet } from '../../../src/core/readiness/sheets/sheet.ts'
import { sheetText } from '../../../src/core/readiness/sheets/sheet-text.ts'
import { allergyStateRow, type Chart, type ChartRow } from '../../../src/core/review/model/chart.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'
import { readSample } from '../../samples/riverside.ts'

const sample = readSample({ patients: 120 })
const keys = [...new Set(sample.truth.map(({ patient }) => patient))].slice(0, 30)
const pairs = await finish(pairRecords({ ...sample.pairInput, keys }, new AbortController().signal))
const printedAt = '2026-11-23T09:05:00+01:00'

const kept = vi.hoisted(() => vi.fn())
vi.mock('../../../src/app/session/keep.ts', async (original) => ({ ...(await original<object>()), keepNow: kept }))
vi.mock('../../../src/app/routes/review/acts/record-pairs.ts', () => ({
  recordPair: (key: string) => Promise.resolve(pairs.find((pair) => pair.key === key)),
}))

const sheetOf = (chart: Chart): Sheet => {
  const sheet = patientSummary(chart, printedAt, 'OpenChart')
  if (!sheet) throw new Error('no sheet')
  return sheet
}
const cellsOf = ({ sections, lead }: Sheet): string =>
  [...lead, ...sections.flatMap(({ blocks }) => blocks.flatMap((each) => (each.kind === 'table' ? each.rows.flat() : [])))].join(
    '\n',
  )
const here = pairs.filter(({ chart }) => chart.heading.target !== null)
const entriesOf = (chart: Chart, id: string): readonly ChartRow[] =>
  chart.sections.flatMap((section) =>
    section.id === id ? section.rows.filter((row) => row.target && row.id !== allergyStateRow) : [],
  )

test('every allergy and every medicine that has not ended stands on the sheet, with its doses as both are written', () => {
  let [allergies, medicines] = [0, 0]
  for (const { chart } of here) {
    const text = cellsOf(sheetOf(chart)).replaceAll(/\s+/g, ' ')
    const has = (said: string): boolean => text.includes(said.replaceAll(/\s+/g, ' '))
    for (const { target } of entriesOf(chart, 'allergies')) {
      allergies++
      expect(has(target?.title.text ?? '-'), target?.title.text).toBe(true)
    }
    for (const { target } of entriesOf(chart, 'medicines')) {
      const texts = [...(target?.details ?? []), ...(target?.unmapped ?? [])]
      const ended = texts.some(
        ({ label, text: said }) => label === 'Status' && /^(stopped|completed|cancelled|entered)/.test(said),
      )
      if (ended) continue
      medicines++
      expect(has(target?.title.text ?? '-'), target?.title.text).toBe(true)
      for (const { label, text: said } of texts)
        if (/dose quantity|Dosage · text/.test(label ?? '')) expect(has(said), said).toBe(true)
    }
    expect(text).toContain('Printed at 23-Nov-2026 09:05; replaces nothing')
  }
  expect(here.length).toBeGreaterThan(15)
  expect(allergies).toBeGreaterThan(5)
  expect(medicines).toBeGreaterThan(10)
})

test('what the old system alone says stands on no sheet, and a patient whom the new system lacks has none', () => {
  const [pair] = here
  if (!pair) throw new Error('no pair')
  const sections = pair.chart.sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => ({ ...row, target: null })),
  }))
  const text = sheetText(sheetOf({ ...pair.chart, sections }))
  expect(text).toContain('No current medicine stands in the record.')
  const heading = { ...pair.chart.heading, target: null }
  expect(patientSummary({ ...pair.chart, heading }, printedAt, 'OpenChart')).toBeNull()
})

test('more than a page holds is said first: nothing is dropped in silence', () => {
  const [pair] = here.filter(({ chart }) => entriesOf(chart, 'medicines').length > 0)
  const [one] = pair
    ? entriesOf(pair.chart, 'medicines').filter(({ target }) => /active/.test(JSON.stringify(target?.details)))
    : []
  if (!pair || !one) throw new Error('no medicine')
  const many = Array.from({ length: 90 }, (_, n) => ({ ...one, id: `m${n}` }))
  const sections = pair.chart.sections.map((section) => (section.id === 'medicines' ? { ...section, rows: many } : section))
  const sheet = sheetOf({ ...pair.chart, sections })
  const part = sheet.sections.find(({ title }) => title === 'Current medicines')
  const rows = part?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ?? []
  const left = 90 - rows.length
  expect(left).toBeGreaterThan(40)
  expect(sheet.lead).toContain(`NOT COMPLETE: ${left} medicines had no room on this page.`)
})

test('nothing of a sheet is written to the project, to its files or to the store', async () => {
  const names = { id: 'p', name: 'H', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 't', servers: [] }
  setWorkspace({ project: newProject(names), problem: null, done: null })
  const project = openProject()
  const bytes = (): string =>
    JSON.stringify([...saveProject(project)].map(([path, text]) => [path, Buffer.from(text).toString('base64')]))
  const before = bytes()
  const made = await patientSummaries(here.slice(0, 5).map(({ key }) => key))
  expect(made.every(({ sheet }) => sheet !== null)).toBe(true)
  expect(openProject()).toBe(project)
  expect(bytes()).toBe(before)
  expect(kept).not.toHaveBeenCalled()
  const all = [...saveProject(openProject()).values()].map((text) => Buffer.from(text).toString('utf8')).join('\n')
  for (const { sheet } of made) expect(all.includes(sheet?.title ?? '')).toBe(false)
})

test('numbers are read however they are pasted, each once', () => {
  expect(keysIn(' 1001, 1002;1003\n1001\t1004 ')).toEqual(['1001', '1002', '1003', '1004'])
  expect(keysIn(' ,; ')).toEqual([])
})
