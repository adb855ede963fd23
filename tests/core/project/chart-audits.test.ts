import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import {
  chartAudits,
  drawCharts,
  listCharts,
  markChart,
  marksMissing,
  measuredMonths,
  withChartAudits,
} from '../../../src/core/project/review/chart-audits.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { ticketOf } from '../../../src/core/review/draw/draw.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { hand, ok } from './review-walk.ts'

const names = Array.from({ length: 30 }, (_, n) => `chart-${String(n).padStart(2, '0')}`)
const measures = ['allergies complete', 'medicines complete']
const seed = '01234567890123456789'

function drawn(): Project {
  const listed = ok(listCharts(exampleProject(), '2026-08', names, 5, measures, hand))
  return ok(drawCharts(listed, '2026-08', names, seed, ['r-haas', 'a-keller'], hand))
}

function marked(project: Project, met: (chart: number) => boolean): Project {
  const [audit] = chartAudits(project) ?? []
  let next = project
  for (const [index, { id }] of (audit?.charts ?? []).entries())
    for (const measure of measures) next = ok(markChart(next, '2026-08', { chart: id, measure, met: met(index) }, hand))
  return next
}

test('the list is committed before the seed, charts are drawn like any sample, and a month counts when all are marked', async () => {
  const project = drawn()
  const [audit] = chartAudits(project) ?? []
  const byTicket = names.toSorted((a, b) => (ticketOf(seed, 'charts', a) < ticketOf(seed, 'charts', b) ? -1 : 1))
  expect(audit?.charts.map(({ id }) => id)).toEqual(byTicket.slice(0, 5))
  expect(measuredMonths(chartAudits(project) ?? [])).toEqual([])
  expect(audit && marksMissing(audit)).toBe(10)
  const done = marked(project, (chart) => chart > 0)
  expect(measuredMonths(chartAudits(done) ?? [])).toEqual([
    { measure: 'allergies complete', month: '2026-08', met: 4, of: 5 },
    { measure: 'medicines complete', month: '2026-08', met: 4, of: 5 },
  ])
  expect((await verifyProject(saveProject(done), webVerifier))?.checks.filter(({ ok: stands }) => !stands)).toEqual([])
})

test('another list, a second draw, a chart or a measure from elsewhere are refused in words', () => {
  const listed = ok(listCharts(exampleProject(), '2026-08', names, 5, measures, hand))
  for (const step of [
    drawCharts(listed, '2026-08', names.slice(1), seed, ['a', 'b'], hand),
    drawCharts(listed, '2026-09', names, seed, ['a', 'b'], hand),
    drawCharts(listed, '2026-08', names, '12', ['a', 'b'], hand),
    drawCharts(drawn(), '2026-08', names, seed, ['a', 'b'], hand),
    listCharts(drawn(), '2026-08', names, 5, measures, hand),
    listCharts(listed, '2026-13', names, 5, measures, hand),
    listCharts(listed, '2026-09', names, 31, measures, hand),
    listCharts(listed, '2026-09', names, 5, [], hand),
    listCharts(listed, '2026-09', [...names, 'chart-00'], 5, measures, hand),
    listCharts(listed, '2026-09', names, 5, measures, { ...hand, actor: 'unnamed' }),
    markChart(drawn(), '2026-08', { chart: 'stranger', measure: measures[0] ?? '', met: true }, hand),
    markChart(drawn(), '2026-08', { chart: chartAudits(drawn())?.[0]?.charts[0]?.id ?? '', measure: 'other', met: true }, hand),
  ])
    expect(step).toMatchObject({ ok: false, problem: expect.stringMatching(/^[A-Z].*\.$/) })
})

test('an audit changed outside the project is found, whatever was changed in it', async () => {
  const files = saveProject(marked(drawn(), () => true))
  const text = new TextDecoder().decode(files.get(paths.chartAudits))
  const places = [...text.matchAll(/true|"\d{20}"|[0-9a-f]{64}|"wanted": \d/g)]
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: places.length - 1 }), async (which) => {
      const found = places[which]
      if (!found) return
      const other = found[0] === 'true' ? 'false' : found[0].replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
      fc.pre(other !== found[0])
      const changed = `${text.slice(0, found.index)}${other}${text.slice(found.index + found[0].length)}`
      const report = await verifyProject(new Map(files).set(paths.chartAudits, utf8(changed)), webVerifier)
      expect(report?.checks.find(({ id }) => id === 'V8')?.ok).toBe(false)
    }),
    { numRuns: 25 },
  )
})

test('marks given on two copies are all there after a merge, whichever side merges; the later one of a mark counts', async () => {
  const start = drawn()
  const [one = '', two = ''] = chartAudits(start)?.[0]?.charts.map(({ id }) => id) ?? []
  const measure = measures[0] ?? ''
  const by = (device: string, hour: number) => ({
    ...hand,
    device,
    wall: `2026-03-05T${String(hour).padStart(2, '0')}:00:00+01:00`,
  })
  const here = ok(
    markChart(
      ok(markChart(start, '2026-08', { chart: one, measure, met: false }, by('da', 9))),
      '2026-08',
      { chart: two, measure, met: true },
      by('da', 10),
    ),
  )
  const there = ok(markChart(start, '2026-08', { chart: one, measure, met: true }, by('db', 11)))
  const marksOf = (a: Project, b: Project) => {
    const merge = mergeProjects(a, b)
    if (!merge.ok) throw new Error(merge.problem)
    return merge.project
  }
  const joined = marksOf(here, there)
  expect(chartAudits(joined)).toEqual(chartAudits(marksOf(there, here)))
  expect(chartAudits(marksOf(joined, there))).toEqual(chartAudits(joined))
  const said = chartAudits(joined)?.[0]?.marks.map(({ chart, met }) => [chart, met])
  expect(new Map(said?.map(([chart, met]) => [chart, met]))).toEqual(
    new Map([
      [one, true],
      [two, true],
    ]),
  )
  expect((await verifyProject(saveProject(joined), webVerifier))?.checks.filter(({ ok: stands }) => !stands)).toEqual([])
})

test('charts that the seed does not draw from the list are found, even where the ledger names them', async () => {
  const listed = ok(listCharts(exampleProject(), '2026-08', names, 5, measures, hand))
  const [audit] = chartAudits(listed) ?? []
  if (!audit) throw new Error('no audit')
  const chosen = (ids: readonly string[], more: Partial<typeof audit> = {}): Project => {
    const charts = ids.map((id) => ({ id, stratum: 'charts', ticket: ticketOf(seed, 'charts', id) }))
    const picked = { ...audit, ...more, seed, rolledBy: ['me'], charts: charts.sort((a, b) => (a.ticket < b.ticket ? -1 : 1)) }
    const acts = [{ action: 'charts-drawn', object: `${paths.chartAudits}#2026-08`, digest: digestOf(jsonOf(picked)) }]
    return record({ ...listed, other: withChartAudits(listed.other, [picked]) }, acts, hand)
  }
  const v8 = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.find(({ id }) => id === 'V8')
  const right = names.toSorted((a, b) => (ticketOf(seed, 'charts', a) < ticketOf(seed, 'charts', b) ? -1 : 1))
  expect((await v8(chosen(right.slice(0, 5))))?.ok).toBe(true)
  expect((await v8(chosen(right.slice(1, 6))))?.why).toContain('other charts than its seed draws')
  expect((await v8(chosen(right.slice(0, 4))))?.why).toContain('other charts than its seed draws')
  expect((await v8(chosen(right.slice(0, 5), { names: names.slice(1) })))?.ok).toBe(false)
})
