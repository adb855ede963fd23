/** The language of rules: what it computes, what it leaves open, and what it says about mistakes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOfDay, dayNumber, type Value, whenOf } from '../../../../src/core/data/model/value.ts'
import { compileExpression, type Scope } from '../../../../src/core/data/rules/evaluate.ts'
import { parseExpression } from '../../../../src/core/data/rules/expression.ts'

const runs = Number(process.env.LONG ?? 1) > 1 ? 5000 : 300

function evaluate(source: string, cells: Readonly<Record<string, string | null>> = {}, asOf: string | null = null): Value {
  const tree = parseExpression(source)
  if (tree.kind === 'fault') throw new Error(`${tree.at}: ${tree.says}`)
  const names = Object.keys(cells)
  const scope: Scope = {
    asOf: asOf === null ? null : whenOf(asOf),
    column: (name) => (names.includes(name) ? (row) => row.text(names.indexOf(name)) : null),
    lookup: (table, key, field) =>
      table === 'p' && key === 'id' ? (text) => (text === '7' ? `${field} of 7` : null) : 'no table',
  }
  const compiled = compileExpression(tree, scope)
  if (typeof compiled !== 'function') throw new Error(`${compiled.at}: ${compiled.says}`)
  return compiled({ text: (column) => cells[names[column] ?? ''] ?? null })
}

test.each<[string, Readonly<Record<string, string | null>>, boolean | null]>([
  ['a + b = c', { a: '0.1', b: '0.2', c: '0.3' }, true],
  ['abs(a + b - c) <= 0.05', { a: '33.3', b: '66.6', c: '100' }, false],
  ['a = b', { a: '007', b: '7' }, false],
  ['number(a) = b', { a: '007', b: '7' }, true],
  ['a < b', { a: '9', b: '10' }, true],
  ["a in ('x', 'y')", { a: 'y' }, true],
  ["a not in ('x', 'y')", { a: 'y' }, false],
  ["a in ('x')", { a: null }, null],
  ['a is null', { a: null }, true],
  ['a is not null', { a: 'x' }, true],
  ["a matches '[A-Z]{2}[0-9]+'", { a: 'AB12' }, true],
  ["a matches '[A-Z]{2}'", { a: 'AB12' }, false],
  ["a = 'it''s'", { a: "it's" }, true],
  ["[a column] = 'x'", { 'a column': 'x' }, true],
  ['start <= stop', { start: '2020-03-05', stop: '2020-03-05' }, true],
  ['start <= stop', { start: '2020-03-05', stop: '2020-03' }, null],
  ['start <= stop', { start: '2020-04-05', stop: '2020-03' }, false],
  ['start <= stop', { start: '2020-03-05', stop: '2020-03-05T10:00:00' }, null],
  ['start < stop', { start: '2020-03-05T10:00:00Z', stop: '2020-03-05T10:00:00+02:00' }, false],
  ['start < stop', { start: '2020-03-05T10:00:00Z', stop: '2020-03-05T20:00:00' }, null],
  ['stop - start = 29', { start: '2020-02-01', stop: '2020-03-01' }, true],
  ['days(start, stop) = 29', { start: '2020-02-01', stop: '2020-03-01' }, true],
  ['start + 1 month = stop', { start: '2020-01-31', stop: '2020-02-29' }, true],
  ['stop - 7 days <= start', { start: '2020-01-25', stop: '2020-02-01' }, true],
  ['years(start, stop) = 17', { start: '2002-03-02', stop: '2020-03-01' }, true],
  ['years(start, stop) = 18', { start: '2002-03-01', stop: '2020-03-01' }, true],
  ['years(start, stop) >= 18', { start: '2002', stop: '2020-03-01' }, null],
  ['filled(a, b) = 1', { a: null, b: 'x' }, true],
  ['length(a) = 3', { a: 'Zoë' }, true],
  ["coalesce(a, b) = 'x'", { a: null, b: 'x' }, true],
  ['a > 5 or b > 5', { a: null, b: '6' }, true],
  ['a > 5 and b > 5', { a: null, b: '4' }, false],
  ['a > 5 and b > 5', { a: null, b: '6' }, null],
  ['not a > 5', { a: null }, null],
  ['a between 1 and 5 and b = 2', { a: '3', b: '2' }, true],
  ["lookup('p', 'id', a, 'born') = 'born of 7'", { a: '7' }, true],
  ["lookup('p', 'id', a, 'born') is null", { a: '8' }, true],
  ["pad(a, 5) = '00012'", { a: '12' }, true],
  ['1 / 0 = 1', {}, null],
  ['-a = 5', { a: '-5' }, true],
])('%s of %j is %s', (source, cells, expected) => expect(evaluate(source, cells)).toBe(expected))

test.each([
  ['a = ', 4, 'ends too early'],
  ['a == 5', 3, 'not expected'],
  ['a = "x"', 4, 'single quotes'],
  ["a = 'x", 4, 'no end'],
  ['(a = 5', 6, ') is missing'],
  ['a is 5', 5, 'null'],
  ["a matches '(b)\\1'", 10, 'bounded time'],
  ['nothing > 5', 0, 'no column nothing'],
  ['median(a) > 5', 0, 'no function median'],
  ['length(a, a) = 1', 0, '1 arguments, not 2'],
  ["lookup('q', 'id', a, 'x') = 1", 0, 'no table'],
  ['a <= as_of()', 5, 'Nobody said'],
  ['a ; b', 2, 'means nothing'],
  ['a = null', 2, 'Write "is null" instead'],
  ['null != a', 5, 'Write "is not null" instead'],
])('%s: the fault is at %i', (source, at, says) => {
  const tree = parseExpression(source)
  const fault =
    tree.kind === 'fault'
      ? tree
      : compileExpression(tree, { asOf: null, column: (name) => (name === 'a' ? () => '1' : null), lookup: () => 'no table' })
  expect(fault).toMatchObject({ kind: 'fault', at, says: expect.stringContaining(says) })
})

test('a deep or long expression is refused, whatever is written in it, and never crashes', () => {
  expect(parseExpression(`${'('.repeat(500)}a${')'.repeat(500)}`)).toMatchObject({ kind: 'fault' })
  expect(parseExpression('a'.repeat(5000))).toMatchObject({ kind: 'fault' })
  const pieces = fc.constantFrom(
    'a',
    '(',
    ')',
    "'x'",
    '[b c]',
    '5',
    'and',
    'or',
    'not',
    '=',
    '<',
    'in',
    ',',
    '-',
    'is',
    'null',
    'days',
    'lookup',
    '.',
    '"',
    '\u0000',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (words) => {
      const tree = parseExpression(words.join(' '))
      if (tree.kind === 'fault') expect(tree.at).toBeLessThanOrEqual(words.join(' ').length)
    }),
    { numRuns: runs },
  )
})

test('sums and order of decimals are those of whole numbers', () => {
  const cents = fc.integer({ min: -1e9, max: 1e9 })
  const written = (n: number): string =>
    `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      const cells = { a: written(a), b: written(b), c: written(a + b) }
      expect(evaluate('a + b = number(c)', cells)).toBe(true)
      expect(evaluate('a < b', cells)).toBe(a < b)
    }),
    { numRuns: runs },
  )
})

test('days are counted as the calendar of the platform does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
      const date = new Date(day * 86_400_000)
      const parts = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
      expect(dateOfDay(day)).toEqual(parts)
      expect(dayNumber(parts.year, parts.month, parts.day)).toBe(day)
    }),
    { numRuns: runs },
  )
})
