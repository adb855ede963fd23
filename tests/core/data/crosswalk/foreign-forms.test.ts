import { expect, test } from 'vitest'
import { parseParams } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { transformNamed } from '../../../../src/core/data/crosswalk/transforms/index.ts'

/** What a rule makes of cells; a text is why it can not be bound. */
function made(rule: string, params: string, ...cells: readonly string[]): string {
  const parsed = parseParams(params)
  const apply = typeof parsed === 'string' ? parsed : transformNamed(rule)?.bind(parsed, new Map())
  if (typeof apply !== 'function') return apply ?? 'no rule'
  const found = apply(cells)
  return found === null
    ? 'nothing'
    : found.kind === 'unmapped'
      ? `unmapped: ${found.why}`
      : 'text' in found
        ? found.text
        : found.kind
}

test.each([
  ['order=year-first; zone=Europe/Berlin', '2021-03-28 03:30', '2021-03-28T03:30:00+02:00'],
  ['order=year-first; zone=Europe/Berlin', '2021-03-28 01:30:05', '2021-03-28T01:30:05+01:00'],
  ['order=month-first; zone=America/New_York', '11/07/2021 00:30', '2021-11-07T00:30:00-04:00'],
  ['order=month-first; zone=America/New_York', '07/04/2021 12:05 AM', '2021-07-04T00:05:00-04:00'],
  ['order=month-first; zone=Z', '7/4/2021 12:05:09 pm', '2021-07-04T12:05:09Z'],
  ['order=year-first; zone=Z', '20210704120509', '2021-07-04T12:05:09Z'],
  ['', '202107041205-0500', '2021-07-04T12:05:00-05:00'],
  ['', '20210704', '2021-07-04'],
  ['order=epoch-seconds', '1625400309', '2021-07-04T12:05:09Z'],
  ['order=epoch-milliseconds', '1625400309250', '2021-07-04T12:05:09.250Z'],
  ['', '2021-07', '2021-07'],
  ['order=day-first', '07.2021', '2021-07'],
])('a time with %s: %s is %s', (params, cell, text) => {
  expect(made('date-time', params, cell)).toBe(text)
})

test('date and time in two columns are one moment, and a day stays a day where the time is empty', () => {
  expect(made('date-time', 'order=day-first; zone=Europe/Lisbon', '02.01.2020', '08:15:00')).toBe('2020-01-02T08:15:00+00:00')
  expect(made('date-time', 'order=day-first; zone=Europe/Lisbon', '02.01.2020', '')).toBe('2020-01-02')
})

test('the day of a count of seconds is the day in the stated zone', () => {
  expect(made('date', 'order=epoch-seconds; zone=America/New_York', '1625371200')).toBe('2021-07-04')
  expect(made('date', 'order=epoch-seconds; zone=America/New_York', '1625360400')).toBe('2021-07-03')
})

test.each(['20211304', '2021-13', '13:00 PM', '07/04/2021 13:05 PM', '07/04/2021 0:05 AM', '12345678901234567'])(
  '%s is no time',
  (cell) => {
    expect(made('date-time', 'order=month-first', cell)).toMatch(/^unmapped/)
  },
)

test('a zone that is not there is refused with what it takes', () => {
  expect(made('date-time', 'zone=Europe/Nowhere', '2020-01-01')).toContain('zone=Europe/Berlin')
})

test.each([
  ['from=g/dL; to=g/L', '13.5', '135'],
  ['from=mg/L; to=mg/dL', '12', '1.2'],
  ['from=ug/L; to=ng/mL', '45.0', '45.0'],
  ['from=kg; to=[lb_av]; digits=1', '70', '154.3'],
  ['from=Cel; to=[degF]; digits=1', '37.0', '98.6'],
  ['from=[degF]; to=Cel; digits=1', '-40', '-40.0'],
  ['from=m; to=cm', '1.755', '175.5'],
  ['from=mg; to=g', '1.5E+3', '1.500'],
])('a number with %s: %s is %s', (params, cell, text) => {
  expect(made('unit-convert', params, cell)).toBe(text)
})

test('a number in scientific notation is the number it says', () => {
  expect(made('number-format', '', '1.2E+2')).toBe('120')
  expect(made('number-format', 'decimal=,', '4,5E-3')).toBe('0.0045')
  expect(made('quantity', 'part=value', '1.5e3 mg')).toBe('1500')
  expect(made('quantity', 'part=unit', '5 e.u.')).toBe('e.u.')
  expect(made('unit-convert', 'from=kg; to=mmol', '1')).toContain('knows no factor')
})
