/** Tables as logs: which column is what, and what happens to rows that do not fit. */
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { guessColumns } from '../../../../src/core/workflow/log/columns.ts'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { InstantReader } from '../../../../src/core/workflow/log/instants.ts'
import { statisticsOf } from '../../../../src/core/workflow/log/statistics.ts'
import { fileBytes, hasLog, logAtHand, logOf, read } from '../logs-at-hand.ts'

test.each([
  [
    ['handling', 'patient', 'employee', 'handling_id', 'registration_type', 'time', '.order'],
    ['Registration', '1', 'r1', '1', 'start', '2017-01-02 11:41:53', '1'],
    {
      case: 'patient',
      activity: 'handling',
      resource: 'employee',
      instance: 'handling_id',
      lifecycle: 'registration_type',
      timestamp: 'time',
      order: '.order',
    },
  ],
  [
    ['Activity', 'Costs', 'Resource', 'case:concept:name', 'case:creator', 'concept:name', 'org:resource', 'time:timestamp'],
    ['register', '50', 'P', '3', 'x', 'register', 'P', '2010-12-30 14:32:00+01:00'],
    { case: 'case:concept:name', activity: 'concept:name', resource: 'org:resource', timestamp: 'time:timestamp' },
  ],
  [
    ['Case ID', 'Task', 'Start Time', 'End Time', 'User'],
    ['7', 'Check', '03/02/2024 10:00', '23/02/2024 10:30', 'u1'],
    { case: 'Case ID', activity: 'Task', start: 'Start Time', timestamp: 'End Time', resource: 'User' },
  ],
])('columns of %j are found by name and content', (header, row, expected) => {
  const { roles, missing } = guessColumns(header, [row, row])
  expect(missing).toEqual([])
  expect(Object.fromEntries(Object.entries(roles).map(([role, guess]) => [role, header[guess.column]]))).toEqual(expected)
})

test('a table without a case asks for it and names its columns', async () => {
  const done = await read('log.csv', 'colour,taste\nred,sweet\nblue,sour\n')
  expect(done.kind === 'columns' ? done.mapping.missing.join(' ') : done.kind).toMatch(/case.*colour, taste.*activity/s)
  const log = await logOf('log.csv', 'colour,taste\nred,sweet\nred,sour\n', { case: 'colour', activity: 'taste' })
  expect([log.cases, log.events]).toEqual([1, 2])
})

test('a column that is not there is named with those that are', async () => {
  const done = await read('log.csv', 'case,activity\n1,a\n', { resource: 'nurse' })
  expect(done.kind === 'columns' ? done.mapping.missing : done.kind).toEqual([
    'There is no column "nurse"; the table has case, activity.',
  ])
})

const table =
  'case,activity,time,who\n1,"a ""b""",2024-01-02 10:00:00,x\n2,c,2024-01-01 09:00:00,y\n1,é,2024-01-02 09:00:00,x\n1,d,nonsense,\n3,,2024-01-01 09:00:00,y\n'

test('quotes, order by time, times that can not be read, and rows without an activity', async () => {
  const done = await read('log.csv', table)
  if (done.kind !== 'log') throw new Error(done.kind)
  const { log } = done
  expect([...log.activity].map((a) => log.activities[a])).toEqual(['a "b"', 'é', 'd', 'c'])
  expect(done.problems.map(({ code, n, place }) => [code, n, place])).toEqual([
    ['event-without-activity', 1, { line: 6 }],
    ['time-not-read', 1, { line: 5 }],
  ])
})

test('packed and in another encoding it is the same log', async () => {
  const text = 'case,activity,time\n1,Größe,2024-01-02 10:00:00\n1,b,2024-01-02 11:00:00\n'
  const latin = Uint8Array.from([...text].map((char) => char.charCodeAt(0)))
  for (const bytes of [new Uint8Array(gzipSync(text)), latin]) {
    const log = await logOf('log.csv', bytes)
    expect(log.activities).toEqual(['Größe', 'b'])
  }
})

test.skipIf(!hasLog('bpmn-pm4js/running-example.csv'))('running-example: the table tells the same as the XES file', async () => {
  const [a, b] = await Promise.all([logAtHand('bpmn-pm4js/running-example.csv'), logAtHand('bpmn-pm4js/running-example.xes')])
  expect(statisticsOf(a)).toEqual(statisticsOf(b))
  const packed = await read('log.xes.gz', new Uint8Array(gzipSync(fileBytes('bpmn-pm4js/running-example.xes'))))
  expect(packed.kind === 'log' && statisticsOf(packed.log)).toEqual(statisticsOf(b))
})

test.each([
  ['2024-03-01T08:30:00.123456+01:00', 'iso', Date.UTC(2024, 2, 1, 7, 30, 0, 123), 60],
  ['2024-02-29', 'iso', Date.UTC(2024, 1, 29), -32768],
  ['2023-02-29', 'iso', Number.NaN, -32768],
  ['2024/03/01 8:30 pm', 'iso', Date.UTC(2024, 2, 1, 20, 30), -32768],
  ['20240301T083000Z', 'iso', Date.UTC(2024, 2, 1, 8, 30), 0],
  ['01/03/2024 08:30', 'day-first', Date.UTC(2024, 2, 1, 8, 30), -32768],
  ['01/03/2024 08:30', 'month-first', Date.UTC(2024, 0, 3, 8, 30), -32768],
  ['1-Mar-24 08:30', 'month-first', Date.UTC(2024, 2, 1, 8, 30), -32768],
  ['1709281800', 'seconds', 1709281800000, -32768],
  ['2024-03-01T25:00:00', 'iso', Number.NaN, -32768],
  ['yesterday', 'iso', Number.NaN, -32768],
] as const)('%s read as %s', (text, form, time, offset) => {
  const bytes = new TextEncoder().encode(text)
  const reader = new InstantReader()
  expect([reader.parse(bytes, 0, bytes.length, form), reader.offset]).toEqual([time, offset])
})

test('starts and ends are paired by instance, else first in, first out', async () => {
  const rows = [
    '1,a,start,2024-01-01 10:00:00',
    '1,a,start,2024-01-01 10:05:00',
    '1,a,complete,2024-01-01 10:10:00',
    '1,a,complete,2024-01-01 10:30:00',
    '1,b,complete,2024-01-01 11:00:00',
    '1,c,start,2024-01-01 11:00:00',
    '1,a,schedule,2024-01-01 11:10:00',
  ]
  const instances = instancesOf(await logOf('log.csv', `case,activity,lifecycle,time\n${rows.join('\n')}\n`))
  const minutes = [...instances.begin].map((begin, i) =>
    Number.isNaN(begin) ? null : ((instances.end[i] ?? 0) - begin) / 60_000,
  )
  expect(minutes).toEqual([10, 25, null])
  expect([instances.unfinished, instances.otherEvents]).toEqual([1, 1])
})

/** Dates whose day and month can be exchanged, until `last` decides. */
function datedTable(last: string, rows = 700): string {
  const lines = Array.from({ length: rows }, (_, i) => `${i},a,03/0${1 + (i % 9)}/2024 10:00,04/0${1 + (i % 9)}/2024 11:00`)
  return `case,activity,start,time\n${lines.join('\n')}\n${rows},a,${last}\n`
}

test.each([
  ['13/04/2024 10:00,13/04/2024 11:00', 'day-first', Date.UTC(2024, 3, 13, 11), 1],
  ['04/13/2024 10:00,04/13/2024 11:00', 'month-first', Date.UTC(2024, 3, 13, 11), 1],
  ['04/12/2024 10:00,04/13/2024 11:00', 'month-first', Date.UTC(2024, 3, 13, 11), 1],
  ['04/12/2024 23:00,13/12/2024 11:00', 'day-first', Date.UTC(2024, 11, 13, 11), 1],
  ['04/12/2024 10:00,05/12/2024 11:00', 'day-first', Date.UTC(2024, 11, 5, 11), 0],
] as const)('the first cell that only one order can read settles it for all rows: %s', async (last, form, time, settled) => {
  const done = await read('log.csv', datedTable(last))
  if (done.kind !== 'log') throw new Error(done.kind)
  const { log, mapping, problems } = done
  expect([mapping?.form, mapping?.ambiguous, log.time[700]]).toEqual([form, settled === 0, time])
  if (settled === 1) expect(mapping?.formWhy).toContain('line 702')
  expect(problems.map(({ code }) => code)).toEqual(settled === 1 ? [] : ['day-or-month'])
  for (let i = 0; i < 700; i++) {
    const other = i % 9
    const dayOf = (day: number): number =>
      form === 'day-first' ? Date.UTC(2024, other, day) : Date.UTC(2024, day - 1, other + 1)
    expect([log.begun?.[i], log.time[i]]).toEqual([dayOf(3) + 36_000_000, dayOf(4) + 39_600_000])
  }
})

test('the order of dates can be said, and a column can be said to be none', async () => {
  const table = datedTable('04/12/2024 10:00,05/12/2024 11:00', 3)
  const done = await read('log.csv', table, { form: 'month-first', start: null })
  if (done.kind !== 'log') throw new Error(done.kind)
  expect([done.log.time[3], done.log.begun, done.mapping?.formWhy]).toEqual([Date.UTC(2024, 3 + 1, 12, 11), null, 'chosen'])
  expect(done.problems).toEqual([])
  expect(done.mapping?.roles).not.toHaveProperty('start')
  const wrong = await read('log.csv', table, { form: 'year-first' })
  expect(wrong.kind === 'log' && wrong.problems.map(({ code, n }) => [code, n])).toEqual([['time-not-read', 8]])
  const none = await read('log.csv', table, { case: null })
  expect(none.kind === 'columns' && none.mapping.missing.join(' ')).toMatch(/No column looks like the case/)
})

test('what the reader of tables meets is said with its first line', async () => {
  const torn =
    'case,activity,time\n1,a,2024-01-01 10:00:00\n1,"b,2024-01-01 11:00:00\n1,c,2024-01-01 12:00:00,x\n2,a,2024-01-02 10:00:00\n2,d\n'
  const done = await read('log.csv', torn)
  if (done.kind !== 'log') throw new Error(done.kind)
  const codes = new Map(done.problems.map((problem) => [problem.code, problem]))
  expect(codes.get('data/stray-quote')).toMatchObject({ n: 1, place: { line: 3 } })
  expect(codes.get('data/ragged-row')?.place).toEqual({ line: 4 })
  expect(codes.get('data/ragged-row')?.sentence).not.toContain('2024')
})
