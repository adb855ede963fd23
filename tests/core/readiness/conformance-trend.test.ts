/** Cases held against the future maps: the same shares as the study of the whole log, and drift found from the log itself. */
import { expect, test } from 'vitest'
import { exampleClinic, exampleFiles } from '../../../samples/readiness/example-files.ts'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { finish } from '../../../src/core/operation.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { driftWatchExamples } from '../../../src/core/readiness/criteria/after-go-live/drift-watch.examples.ts'
import { driftWatch } from '../../../src/core/readiness/criteria/after-go-live/drift-watch.ts'
import { exampleFile, exampleWorkflow } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { casesAsDrawn } from '../../../src/core/readiness/measures/conformance-trend.ts'
import { addDays } from '../../../src/core/values/day.ts'
import { LogBuilder } from '../../../src/core/workflow/log/log-builder.ts'
import { conform } from '../../../src/core/workflow/mining/conformance.ts'

const chain = ['ask', 'check', 'sign', 'send']
const refill = exampleWorkflow({
  future: [{ id: 'begin', type: 'start' }, ...chain.map((id) => ({ id, type: 'step' as const })), { id: 'end', type: 'end' }],
  futureEdges: [
    ...['begin', ...chain].map((from, n) => ({ id: `e${n}`, from, to: [...chain, 'end'][n] ?? '' })),
    { id: 'short', from: 'ask', to: 'send' },
  ],
})
const minute = (n: number): string => new Date(Date.parse('2026-03-02T08:00:00Z') + n * 60_000).toISOString()
const late = Date.parse('2026-12-01T00:00:00Z')

function rowsOf(cases: readonly (readonly string[])[], action = 'enter') {
  const lines = cases.flatMap((trace, c) => trace.map((name, n) => `C${c},${name},${minute(c * 60 + n)},${action}`))
  return exampleFile('events', `case_id,activity,timestamp,action\n${lines.join('\n')}\n`).rows
}

test('on random logs the share of cases as drawn is the one that the study of the log gives', async () => {
  const random = seededRandom('traces')
  for (let round = 0; round < 20; round++) {
    const cases = Array.from({ length: 30 }, () =>
      chain.filter(() => random.below(5) > 0).concat(random.below(6) === 0 ? ['ask'] : []),
    )
    const told = cases.filter((trace) => trace.length > 0)
    const builder = new LogBuilder()
    for (const [c, trace] of told.entries())
      for (const [n, name] of trace.entries()) {
        builder.clear()
        const text = (word: string): [Uint8Array, number, number] => [new TextEncoder().encode(word), 0, word.length]
        builder.draft.activity = builder.activities.code(...text(name))
        builder.draft.time = Date.parse(minute(c * 60 + n))
        builder.add(builder.cases.code(...text(`C${c}`)))
      }
    const studied = await finish(
      conform({ log: builder.finish('log', null), graph: refill.future }, new AbortController().signal),
    )
    if (studied.kind !== 'judged') throw new Error('the map has no end')
    const verdicts = casesAsDrawn(rowsOf(told), [refill], late, 14)
    const fitting = verdicts.filter(({ fits }) => fits === true).length
    expect((100 * fitting) / told.length).toBeCloseTo(studied.conformance.fittingPercent, 9)
  }
})

test('a case belongs to the map that knows most of it; looking and exporting are no steps; unknown work is left out', () => {
  const other = {
    ...exampleWorkflow({
      future: [
        { id: 'scan', type: 'step' },
        { id: 'file', type: 'step' },
      ],
    }),
    id: 'archive',
  }
  expect(casesAsDrawn(rowsOf([['dance', 'sing']]), [refill, other], late, 14)).toEqual([])
  expect(casesAsDrawn(rowsOf([chain]), [other, refill], late, 14)).toMatchObject([{ fits: true }])
  const looked = rowsOf([['ask', 'send', 'Chart opened']]).map((row) =>
    row.activity === 'Chart opened' ? { ...row, action: 'view' as const } : row,
  )
  expect(casesAsDrawn(looked, [refill], late, 14)).toMatchObject([{ fits: true }])
  expect(casesAsDrawn(rowsOf([['ask', 'send', 'Call back']]), [refill], late, 14)).toMatchObject([{ fits: false }])
})

test('a case that only lacks its last steps may still be under way, for as long as it moved lately', () => {
  const rows = rowsOf([['ask', 'check']])
  const end = (rows.at(-1)?.timestamp.at ?? 0) + 86_400_000
  expect(casesAsDrawn(rows, [refill], end, 14)).toMatchObject([{ fits: null }])
  expect(casesAsDrawn(rows, [refill], end + 30 * 86_400_000, 14)).toMatchObject([{ fits: false }])
  expect(casesAsDrawn(rowsOf([['check', 'sign']]), [refill], end, 14)).toMatchObject([{ fits: false }])
})

test('each kind of drift that is planted in the files moves its own index, and nothing moves without', () => {
  const workflows = [...riversideWorkflows.values()]
  const moved = (planted: Parameters<typeof exampleClinic>[1]) => {
    const files = exampleFiles(exampleClinic('2026-07-20', planted))
    const given = {
      workflows,
      events: exampleFile('events', files.get('events') ?? ''),
      tickets: exampleFile('tickets', files.get('tickets') ?? ''),
    }
    const { cells } = driftWatch.compute(givenOf(given, driftWatch.code, driftWatch.needs), driftWatch.thresholds, '2026-07-20')
    return cells.map(({ name }) => name.split(':')[0])
  }
  expect(moved([])).toEqual([])
  expect(moved(['drift-conformance'])).toEqual(['workflow conformance, cases as drawn'])
  expect(moved(['drift-exports'])).toEqual(['reporting, exports and prints'])
  expect(moved(['drift-tickets'])).toEqual(['support friction, age of tickets', 'support friction, tickets out of scope'])
  expect(moved(['drift-evenings'])).toEqual(['burden of staff, cases after hours', 'burden of staff, double entry'])
})

test('rare ways of working count: a thousand cases that each go their own way are drift, however many frequent ones are as drawn', () => {
  // Two periods of 1000 cases after four; 500 in each of the last two take a detour that no other case takes.
  const lines: string[] = []
  for (let period = 0; period < 6; period++)
    for (let n = 0; n < 1000; n++) {
      const day = addDays('2026-02-02', period * 28 + (n % 20))
      const detour = period >= 4 && n % 2 === 0 ? [`detour ${period} ${n}`] : []
      for (const [at, name] of ['ask', ...detour, 'send'].entries())
        lines.push(`C${period}-${n},${name},${day}T09:${10 + at}:00Z,enter`)
    }
  const events = exampleFile('events', `case_id,activity,timestamp,action\n${lines.join('\n')}\n`)
  const verdicts = casesAsDrawn(events.rows, [refill], late, 14)
  expect(verdicts.filter(({ fits }) => fits === true).length).toBe(5000)
  expect(verdicts.filter(({ fits, judged }) => fits === false && judged).length).toBe(1000)
  const tickets = exampleFile(
    'tickets',
    `ticket_id,opened_at,status,department,closed_at,out_of_scope\n${Array.from({ length: 60 }, (_, n) => `T${n},${addDays('2026-02-02', Math.floor(n / 10) * 28 + (n % 10))}T08:00:00Z,closed,Ward,${addDays('2026-02-02', Math.floor(n / 10) * 28 + (n % 10))}T10:00:00Z,no`).join('\n')}\n`,
  )
  // 28 days a period, six of them from 2-Feb: the last ends on 20-Jul.
  const measure = driftWatch.compute(
    givenOf({ workflows: [refill], events, tickets }, driftWatch.code, driftWatch.needs),
    driftWatch.thresholds,
    '2026-07-20',
  )
  expect(measure.state, measure.words).toBe('failed')
  expect(measure.cells.map(({ name }) => name.split(':')[0])).toEqual(['workflow conformance, cases as drawn'])
})

test('too few cases and tickets to see a shift are no proof that none was there; the words name what they would have shown', () => {
  const { evidence } = driftWatchExamples.passes[0] ?? {}
  const { events, tickets, workflows } = evidence ?? {}
  if (!events || !tickets || !workflows) throw new Error('the example has no files')
  const numberOf = (id: string): number => Number(id.split('-')[1])
  const judged = (cases: number, opened: number) =>
    driftWatch.compute(
      givenOf(
        {
          workflows,
          events: { ...events, rows: events.rows.filter(({ case_id }) => case_id.startsWith('X') || numberOf(case_id) < cases) },
          tickets: { ...tickets, rows: tickets.rows.filter(({ ticket_id }) => numberOf(ticket_id) < opened) },
        },
        driftWatch.code,
        driftWatch.needs,
      ),
      driftWatch.thresholds,
      '2026-07-14',
    )
  const enough = judged(300, 60)
  expect([enough.state, enough.value]).toEqual(['proven', 4])
  expect(enough.words).toMatch(/About eight times of ten two periods would show cases as drawn \d+(\.\d)? points fewer, exports/)
  const few = judged(100, 60)
  expect([few.state, few.value]).toEqual(['missing', null])
  // Thirty of the hundred leave out the check.
  expect(few.words).toMatch(
    /^Too little is counted to see drift: cases as drawn: 2\d(\.\d)? points fewer would be seen, 10 points fewer must be/,
  )
  // All fifteen ages are the same two days, so that another age would be seen.
  expect(judged(300, 15).words).toMatch(/see drift: tickets out of scope: \d\d(\.\d)? points more would be seen, 20/)
})
