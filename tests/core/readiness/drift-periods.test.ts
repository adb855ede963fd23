/** Periods of use: evenings go by the clock of each place, half-hour offsets and midnight included; ages are cut at the end of their own period. */
import { expect, test } from 'vitest'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { driftPeriods, filledWords } from '../../../src/core/readiness/measures/drift-periods.ts'

const day = 86_400_000
const asked = { end: Date.parse('2026-07-01T00:00:00Z'), length: 28 * day, count: 2 }
const periodsOf = (events: readonly string[], tickets: readonly string[] = []) =>
  driftPeriods(
    exampleFile('events', `case_id,activity,timestamp,action,element\n${events.join('\n')}\n`).rows,
    exampleFile('tickets', `ticket_id,opened_at,status,department,closed_at,out_of_scope\n${tickets.join('\n')}\n`).rows,
    [],
    asked,
  )

test('two sites with half-hour offsets: 18:59 is work, 19:00 and 6:59 are after hours, wherever the sun stands', () => {
  const clocks = ['06:59', '07:00', '12:00', '18:59', '19:00', '23:30', '00:10']
  for (const offset of ['+05:30', '+09:30', '-03:30', '+00:00', '-08:00']) {
    const events = clocks.map((clock, n) => `C${n},Step,2026-06-10T${clock}:00${offset},enter,`)
    expect(periodsOf(events)[1]?.afterHours, offset).toEqual({ met: 4, of: 7 })
  }
  const both = clocks.flatMap((clock, n) => [
    `A${n},Step,2026-06-10T${clock}:00+05:30,enter,`,
    `B${n},Step,2026-06-10T${clock}:00+10:00,enter,`,
  ])
  expect(periodsOf(both)[1]?.afterHours).toEqual({ met: 8, of: 14 })
})

test('a case counts once however often it is touched, and double entry is the same element twice in one case', () => {
  const events = ['a', 'a', 'b'].map((element, n) => `C1,Step,2026-06-10T2${n}:00:00Z,enter,${element}`)
  const [, period] = periodsOf([...events, 'C2,Step,2026-06-11T10:00:00Z,enter,a'])
  expect(period?.afterHours).toEqual({ met: 1, of: 2 })
  // C1 a, C1 b, C2 a: one of three was entered twice.
  expect(period?.doubleEntry).toEqual({ met: 1, of: 3 })
})

test('an open ticket of an earlier period is no older than that period, so that periods can be compared', () => {
  const tickets = [
    'T1,2026-05-08T00:00:00Z,open,Ward,,no',
    'T2,2026-06-05T00:00:00Z,open,Ward,,yes',
    'T3,2026-06-05T00:00:00Z,closed,Ward,2026-06-06T12:00:00Z,',
  ]
  const [first, second] = periodsOf([], tickets)
  expect(first?.ages).toEqual([26])
  expect(second?.ages).toEqual([26, 1.5])
  expect([first?.outOfScope, second?.outOfScope]).toEqual([
    { met: 0, of: 1 },
    { met: 1, of: 1 },
  ])
  expect([first?.used, second?.used]).toEqual([false, false])
})

test('a period in which most rows leave a column blank says nothing of what it would tell, and how many say it is counted', () => {
  const row = (n: number, rest: string): string => `C${n},Step,2026-06-10T10:00:00Z,${rest}`
  const of = (blank: number, said: readonly string[]) =>
    periodsOf([...Array.from({ length: blank }, (_, n) => row(n, ',')), ...said.map((rest, n) => row(100 + n, rest))])
  const said = ['export,', 'enter,a', 'enter,']
  expect(of(3, said)[1]).toMatchObject({ exports: 1, doubleEntry: { met: 0, of: 1 } })
  expect(filledWords(of(3, said))).toBe(
    '“action” stands in 3 of 6 rows that could say it, “element” stands in 1 of 2 rows that could say it',
  )
  expect(of(4, said)[1]).toMatchObject({ exports: null, doubleEntry: { met: 0, of: 0 } })
  expect(of(0, [...said, 'enter,'])[1]).toMatchObject({ exports: 1, doubleEntry: { met: 0, of: 0 } })
  expect(filledWords(of(0, ['enter,a']))).toBeNull()
  const tickets = (...scopes: readonly string[]) =>
    periodsOf(
      [],
      scopes.map((scope, n) => `T${n},2026-06-05T00:00:00Z,open,Ward,,${scope}`),
    )[1]?.outOfScope
  expect([tickets('yes', '', ''), tickets('yes', '')]).toEqual([
    { met: 0, of: 0 },
    { met: 1, of: 1 },
  ])
})
