/** Values as bytes: what passes here passes the check of its type, and the usual forms do pass. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { primitiveCheck } from '../../../../../src/core/data/fhir/definitions/primitives.ts'
import * as written from '../../../../../src/core/data/fhir/shapes/written.ts'

const encoder = new TextEncoder()

type End = (bytes: Uint8Array, from: number) => number
const whole =
  (isPositive: boolean): End =>
  (bytes, from) =>
    written.wholeEnd(bytes, from, isPositive)
const types: readonly [string, End, readonly string[]][] = [
  ['string', written.textEnd, ['"a"', '"é"', '"\u{1f600}"', '"a b, c"']],
  ['id', written.idEnd, ['"a"', '"8c2f-1.A"']],
  ['date', written.dayEnd, ['"1970-01-28"', '"2021-12-30"']],
  ['dateTime', written.dayEnd, ['"1970-01-28"']],
  ['dateTime', written.momentEnd, ['"2021-01-01T10:00:00Z"', '"2021-01-01T10:00:00.123+05:30"']],
  ['instant', written.momentEnd, ['"2021-01-01T23:59:59-13:00"']],
  ['decimal', written.decimalEnd, ['0', '-1.50', '172.5', '123456789012345']],
  ['unsignedInt', whole(false), ['0', '12']],
  ['positiveInt', whole(true), ['1', '999999999']],
  ['boolean', written.truthEnd, ['true', 'false']],
]
const refused = [
  '""',
  '"',
  'null',
  '[]',
  '"#a"',
  '"a\\n"',
  '"<b>"',
  '01',
  '1.',
  '1e5',
  '+1',
  '.5',
  '-',
  'tru',
  '"2021-02-29"',
  '"2021-1-01"',
]

const near = fc.oneof(
  fc.string({ maxLength: 30 }).map((text) => JSON.stringify(text)),
  fc.stringMatching(
    /^"[0-9]{4}-[0-1][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,3})?(Z|[+-][0-1][0-9]:[0-6][0-9]))?"$/,
  ),
  fc.stringMatching(/^-?[0-9]{1,17}(\.[0-9]{0,4})?([eE][+-]?[0-9])?$/),
  fc.constantFrom(...refused),
)

test.each(types)('%s', (type, end, usual) => {
  const check = primitiveCheck(type)
  const accepts = (text: string): boolean => {
    const bytes = encoder.encode(`${text},`)
    return end(bytes, 0) === bytes.length - 1
  }
  for (const text of usual) expect([text, accepts(text)]).toEqual([text, true])
  fc.assert(
    fc.property(near, (text) => {
      if (accepts(text)) expect(check?.(JSON.parse(text))).toBeNull()
    }),
    { numRuns: 500 },
  )
})

test('bytes that are no characters are no text', () => {
  for (const odd of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xc3]])
    expect(written.textEnd(Uint8Array.from([0x22, 0x61, ...odd, 0x22]), 0)).toBe(-1)
})

test('a target is a type with an id, or the id of a contained resource', () => {
  for (const [text, is] of [
    ['"Patient/1"', true],
    ['"#a"', true],
    ['"#"', false],
    ['"Patient/"', false],
    ['"/1"', false],
    ['"P/1"', false],
    ['"Patient/1/_history/2"', false],
    [`"Patient/${'1'.repeat(65)}"`, false],
  ] as const)
    expect([text, written.targetEnd(encoder.encode(text), 0) === text.length]).toEqual([text, is])
})

test('two moments are in order only where that is sure', () => {
  const inOrder = (start: string, end: string): boolean => {
    const [one, other] = [JSON.stringify(start), JSON.stringify(end)]
    return written.areInOrder(encoder.encode(one + other), 0, one.length, one.length, one.length + other.length)
  }
  const moment = fc.record({
    at: fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    zone: fc.integer({ min: -13 * 60, max: 13 * 60 }),
    isLong: fc.boolean(),
  })
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0')
  const textOf = ({ at, zone, isLong }: { at: Date; zone: number; isLong: boolean }): string => {
    const local = new Date(at.getTime() + zone * 60_000).toISOString()
    return `${local.slice(0, isLong ? 23 : 19)}${zone < 0 ? '-' : '+'}${two(Math.abs(zone) / 60)}:${two(Math.abs(zone) % 60)}`
  }
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const [start, end] = [textOf(one), textOf(other)]
      if (inOrder(start, end)) expect(Date.parse(start)).toBeLessThanOrEqual(Date.parse(end))
    }),
    { numRuns: 2000 },
  )
  expect(inOrder('2021-01-01T10:00:00-04:00', '2021-06-01T10:00:00-05:00')).toBe(true)
  expect(inOrder('2021-01-01', '2021-01-01')).toBe(true)
  expect(inOrder('2021-01-02', '2021-01-01')).toBe(false)
})
