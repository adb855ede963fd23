/** A log written and read again is the same log: as XES, as a table, and from one to the other. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventLog } from '../../../../src/core/workflow/log/event-log.ts'
import { type LogFormat, lostBy, writeLog } from '../../../../src/core/workflow/log/write-log.ts'
import { logOf } from '../logs-at-hand.ts'

const names = fc.constantFrom('Vitals', 'Préscribe', 'Call, "urgent"', 'A & B <c>', 'two\nlines', 'back\\slash', "it's")

const table = fc
  .array(
    fc.record({
      of: fc.nat({ max: 4 }),
      activity: names,
      minute: fc.nat({ max: 20 }),
      resource: fc.constantFrom('r1', 'Dr O’Neil', ''),
      start: fc.boolean(),
      note: fc.constantFrom('x', 'y & z', ''),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) => {
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const lines = rows.map(({ of, activity, minute, resource, start, note }) =>
      [
        `case ${of}`,
        activity,
        `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000+01:00`,
        start ? 'start' : 'complete',
        resource,
        note,
      ]
        .map(cell)
        .join(','),
    )
    return `case_id,activity,timestamp,lifecycle,resource,note\r\n${lines.join('\r\n')}\r\n`
  })

const again = (log: EventLog, format: LogFormat): Promise<EventLog> => logOf(`log.${format}`, [...writeLog(log, format)].join(''))

/** Every event in words, whatever the numbers of its columns are. */
function told(log: EventLog): readonly string[] {
  const found: string[] = []
  for (let c = 0; c < log.cases; c++)
    for (let e = log.caseStart[c] ?? 0; e < (log.caseStart[c + 1] ?? 0); e++) {
      const notes = log.eventAttributes.find(({ name }) => name === 'note')
      const fields = [
        log.caseName(c),
        log.activities[log.activity[e] ?? -1],
        log.time[e],
        log.offset?.[e],
        log.transition[e],
        log.resources[log.resource[e] ?? -1] ?? '',
        notes?.values[notes.codes[e] ?? -1] ?? '',
      ]
      found.push(JSON.stringify(fields))
    }
  return found
}

test('what is written is read again: every event with its time, offset, lifecycle, resource and attribute', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (text) => {
      const log = await logOf('log.csv', text)
      const events = told(log)
      expect(told(await again(log, 'xes'))).toEqual(events)
      expect(told(await again(log, 'csv'))).toEqual(events)
      expect(told(await again(await again(log, 'xes'), 'csv'))).toEqual(events)
    }),
    { numRuns: process.env.LONG ? 300 : 12 },
  )
})

test('rows with a begin and an end become two events in XES, and that is said', async () => {
  const text =
    'case_id,activity,start,timestamp\nc1,Vitals,2026-03-02T08:00:00Z,2026-03-02T08:05:00Z\nc1,Exam,2026-03-02T08:06:00Z,2026-03-02T08:20:00Z\n'
  const log = await logOf('log.csv', text)
  expect(log.begun).not.toBeNull()
  const xes = await again(log, 'xes')
  expect(xes.events).toBe(2 * log.events)
  expect(lostBy(log, 'xes').join(' ')).toContain('2 events with a begin of the work')
  const csv = await again(log, 'csv')
  expect([...(csv.begun ?? [])]).toEqual([...(log.begun ?? [])])
  expect(lostBy(log, 'csv')).toEqual([])
})
