/** Which cells are settled on their bytes: the plain forms of every type are, what is wrong never is, and what a judge of texts says of the rest. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentNumber, plainDates, usualMoment } from '../../../../src/core/data/checks/bytes/date-bytes.ts'
import { dayLiteral, isDay } from '../../../../src/core/data/checks/bytes/date-literal.ts'
import { compareDurations, durationOf } from '../../../../src/core/data/checks/bytes/duration.ts'
import { patternBytes } from '../../../../src/core/data/checks/bytes/pattern-bytes.ts'
import { isOdd, isSuspect, listSuspects } from '../../../../src/core/data/checks/bytes/suspect.ts'
import { Cell, type CellJudge } from '../../../../src/core/data/checks/contract/check.ts'
import { cellChecks } from '../../../../src/core/data/checks/index.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { cellTexts } from '../../../../src/core/data/read/text/cell-text.ts'
import { HIGH } from '../../../../src/core/data/read/text/record-view.ts'
import { compareMoments, type DateType, dateParser } from '../../../../src/core/values/calendar.ts'

const encoder = new TextEncoder()
const texts = cellTexts('utf-8', '"', '"')

function judgeOf(code: string, params: JsonObject): CellJudge {
  const judge = cellChecks.find((check) => check.code === code)?.bind(params)
  if (judge === undefined || typeof judge === 'string') throw new Error(`${code}: ${judge}`)
  return judge
}

/** A cell between two others, so that what looks beyond its ends is found. */
function between(text: string): { bytes: Uint8Array; start: number; end: number; flags: number } {
  const bytes = encoder.encode(`7,${text},7`)
  return { bytes, start: 2, end: bytes.length - 2, flags: /^[\0-\x7f]*$/.test(text) ? 0 : HIGH }
}

function verdictOf(judge: CellJudge, text: string): string {
  const { bytes, start, end, flags } = between(text)
  const isSettled = judge.passes?.(bytes, start, end, flags) === true
  if (judge.passes?.all && text !== '') {
    const marks = new Uint8Array(1)
    judge.passes.all(
      { bytes, starts: Int32Array.of(start), ends: Int32Array.of(end), flags: Uint8Array.of(flags), at: 0, step: 1, count: 1 },
      marks,
    )
    // The loop may mark what the test passes, never the reverse.
    if (marks[0] === 0 && !isSettled) throw new Error(`"${text}" is left unmarked and does not pass`)
  }
  const cell = new Cell(texts)
  cell.set(bytes, start, end, flags)
  const evidence = judge.see(cell)
  if (isSettled) return evidence === null ? 'settled' : 'wrongly settled'
  return evidence === null ? 'good' : evidence.facts.map(({ name, value }) => `${name} ${value}`).join(', ')
}

/** A rule, cells that are settled on their bytes, cells that only their text shows to be good, and cells that fail with these facts. */
const rules: readonly (readonly [
  string,
  JsonObject,
  readonly string[],
  readonly string[],
  Readonly<Record<string, readonly string[]>>,
])[] = [
  ['data/type', { type: 'integer' }, ['0', '-12', '+7', '007'], [' 3'], { 'expected integer': ['', '-', '1.0', '1e2', 'a'] }],
  [
    'data/type',
    { type: 'number' },
    ['1', '-1.5', '+.5', '5.'],
    ['1e5', 'NaN', '-INF', ' 3'],
    { 'expected number': ['.', '-', '1,5', '1.2.3'] },
  ],
  ['data/type', { type: 'number', decimalChar: ',' }, ['1,5', '-,5'], [], { 'expected number': ['1.5', ','] }],
  [
    'data/type',
    { type: 'integer', grammar: 'json' },
    ['0', '-12'],
    ['1.0', '1e2'],
    { 'expected integer': ['+7', '007', '1.5', '-'] },
  ],
  [
    'data/type',
    { type: 'number', grammar: 'json' },
    ['0', '-0.5', '1e5', '1E+2', '1.5e-3'],
    [],
    { 'expected number': ['+7', '07', '.5', '1.', 'NaN'] },
  ],
  [
    'data/type',
    { type: 'boolean' },
    ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'],
    [' 1'],
    { 'expected boolean': ['tRUE', 'yes', '2', '10'] },
  ],
  [
    'data/type',
    { type: 'boolean', trueValues: ['ja', 'j'], falseValues: ['nein', 'ñ'] },
    ['ja', 'nein', 'j'],
    ['ñ'],
    { 'expected boolean': ['true', 'jan'] },
  ],
  ['data/type', { type: 'string', format: 'email' }, ['a@b.de'], [' a@b.de'], { 'expected string': ['a@b', 'a b@c.de'] }],
  ['data/type', { type: 'string', format: 'uri' }, ['urn:oid:1.2'], [], { 'expected string': ['1a:b', 'http:'] }],
  ['data/type', { type: 'string', format: 'binary' }, ['QQ==', 'QUJD'], [], { 'expected string': ['QQ'] }],
  ['data/type', { type: 'string', format: 'ipv4' }, ['192.168.1.255'], [], { 'expected string': ['192.168.1.256'] }],
  [
    'data/type',
    { type: 'string', format: 'uuid' },
    ['123e4567-E89B-12d3-a456-426614174000'],
    [],
    {
      'expected string': [
        '123e4567-E89B-12d3-a456_426614174000',
        '123e4567-E89B-12d3-a456-42661417400g',
        '123e4567+E89B-12d3-a456-426614174000',
      ],
    },
  ],
  ['data/type', { type: 'string' }, ['', 'x'], [], {}],
  ['data/type', { type: 'any' }, ['', 'x'], [], {}],
  [
    'data/date-format',
    { type: 'date' },
    ['2020-02-29', '2000-02-29', '1999-12-31', '0001-01-01'],
    [' 2020-01-31'],
    {
      'expected YYYY-MM-DD': [
        '2019-02-29',
        '1900-02-29',
        '2020-13-01',
        '2020-00-01',
        '2020-01-00',
        '2020-04-31',
        '2020-1-01',
        '20200101',
        '2020/01/01',
        '2020-01-011',
        'x020-01-01',
      ],
    },
  ],
  [
    'data/date-format',
    { type: 'datetime' },
    [
      '2020-01-31T23:59:59',
      '2020-01-31 00:00:00',
      '2020-01-31T08:00:00Z',
      '2020-01-31T08:00:00+02:00',
      '2020-01-31T08:00:00-0530',
      '2020-02-29T08:00:00',
    ],
    ['2020-01-31T08:00:00.5Z'],
    {
      'expected YYYY-MM-DDThh:mm:ss': [
        '2020-01-31T24:00:01',
        '2020-01-31T23:60:00',
        '2020-01-31T23:00:61',
        '2020-01-31x08:00:00',
        '2020-02-30T08:00:00',
        '2020-01-31T08:00:00z5',
      ],
    },
  ],
  [
    'data/date-format',
    { type: 'time' },
    ['00:00:00', '23:59:59', '08:00:00Z', '08:00:00+01:00'],
    [],
    { 'expected hh:mm:ss': ['24:00:01', '08:60:00', '08:00:60x', '8:00', '08-00-00'] },
  ],
  ['data/date-format', { type: 'year' }, ['2020', '0001'], [], { 'expected YYYY': ['20', 'x020', '2o20'] }],
  [
    'data/date-format',
    { type: 'yearmonth' },
    ['2020-01', '2020-12'],
    [],
    { 'expected YYYY-MM': ['2020-00', '2020-13', '2020/01', '2020-1', '202001', '202x-01'] },
  ],
  [
    'data/date-format',
    { type: 'date', format: '%d/%m/%Y' },
    ['29/02/2020', '31/12/1999'],
    [' 31/12/1999'],
    { 'expected %d/%m/%Y': ['30/02/2020', '00/01/2020', '01/13/2020', '01/00/2020', '31.12.1999', '1999/12/31'] },
  ],
  [
    'data/date-format',
    { type: 'datetime', format: '%Y%m%d %H:%M:%S' },
    ['20200131 23:59:59', '20200131 00:00:00'],
    [],
    { 'expected %Y%m%d %H:%M:%S': ['20200131 24:00:00', '20200131 23:60:00', '20200131 23:00:62', '20200131T23:00:00'] },
  ],
  [
    'data/range',
    { type: 'number', minimum: 0, maximum: '5000.5' },
    ['0', '5000.5', '5000.50', '-0', '.1', '+1'],
    ['5e3', ' 1'],
    { 'minimum 0': ['-1', '-0.1'], 'maximum 5000.5': ['5000.51', '5001', '1e9'] },
  ],
  [
    'data/range',
    { type: 'number', exclusiveMinimum: 0.25, exclusiveMaximum: 2 },
    ['0.2501', '1.99'],
    [],
    { 'exclusiveMinimum 0.25': ['0.25', '0.250', '0'], 'exclusiveMaximum 2': ['2', '2.0', '3'] },
  ],
  [
    'data/range',
    { type: 'number', minimum: -1.5, multipleOf: 0.25 },
    ['-1.5', '0', '0.75', '100'],
    [],
    { 'minimum -1.5': ['-1.75'], 'multipleOf 0.25': ['0.3', '-0.1', '0.125'] },
  ],
  [
    'data/range',
    { type: 'number', minimum: 1000, groupChar: '.', decimalChar: ',' },
    [],
    ['1.000', '1.000,5'],
    { 'minimum 1000': ['999,9'] },
  ],
  [
    'data/range',
    { type: 'date', minimum: '2020-01-31', exclusiveMaximum: '2020-03-01' },
    ['2020-01-31', '2020-02-29'],
    [],
    { 'minimum 2020-01-31': ['2020-01-30', '2019-12-31'], 'exclusiveMaximum 2020-03-01': ['2020-03-01', '2021-01-01'] },
  ],
  [
    'data/range',
    { type: 'datetime', minimum: '2020-01-31T08:00:00' },
    ['2020-01-31T08:00:00', '2020-02-01T00:00:00'],
    [],
    { 'minimum 2020-01-31T08:00:00': ['2020-01-31T07:59:59', '2020-01-30T23:00:00'] },
  ],
  [
    'data/range',
    { type: 'time', exclusiveMinimum: '08:00:00' },
    ['08:00:01', '23:00:00'],
    [],
    { 'exclusiveMinimum 08:00:00': ['08:00:00', '07:59:59'] },
  ],
  [
    'data/range',
    { type: 'year', minimum: '1900', maximum: '2020' },
    ['1900', '2020'],
    [],
    { 'minimum 1900': ['1899'], 'maximum 2020': ['2021'] },
  ],
  [
    'data/range',
    { type: 'yearmonth', minimum: '2019-12' },
    ['2019-12', '2020-01'],
    [],
    { 'minimum 2019-12': ['2019-11', '2018-12'] },
  ],
  [
    'data/range',
    { type: 'date', format: '%d.%m.%Y', minimum: '2020-01-31' },
    ['31.01.2020', '01.02.2020'],
    [],
    { 'minimum 2020-01-31': ['30.01.2020'] },
  ],
  [
    'data/range',
    { type: 'duration', minimum: 'P1M', maximum: 'P1Y' },
    [],
    ['P1M', 'P31D', 'P12M', 'P365D'],
    { 'minimum P1M': ['P30D', 'P4W', '-P1Y', 'PT24H'], 'maximum P1Y': ['P366D', 'P13M'] },
  ],
  [
    'data/length',
    { minLength: 2, maxLength: 5 },
    ['ab', 'abcde'],
    ['éé', 'éééé', '😀😀😀'],
    { 'characters 1, at least 2': ['a', 'é', '😀'], 'characters 6, at most 5': ['abcdef', 'éééééé'] },
  ],
  ['data/length', { maxLength: 3 }, ['a', 'abc', 'é'], ['ééé'], { 'characters 4, at most 3': ['abcd', 'éééé'] }],
  [
    'data/length',
    { type: 'list', minLength: 2, maxLength: 3 },
    [],
    ['a,b', 'a,b,c'],
    { 'items 1, at least 2': ['a'], 'items 0, at least 2': [''], 'items 4, at most 3': ['a,b,c,d'] },
  ],
  ['data/length', { type: 'list', delimiter: ';', maxLength: 1 }, [], ['a,b', 'a'], { 'items 2, at most 1': ['a;b'] }],
  [
    'data/length',
    { type: 'array', minLength: 1, maxLength: 2 },
    [],
    ['[1]', '[1,[2,3]]', '{}', 'x', 'null'],
    { 'items 0, at least 1': ['[]'], 'items 3, at most 2': ['[1,2,3]'] },
  ],
  [
    'data/length',
    { type: 'object', minLength: 1, maxLength: 1 },
    [],
    ['{"a":[1,2]}', '[]', 'null', '3', 'x'],
    { 'items 0, at least 1': ['{}'], 'items 2, at most 1': ['{"a":1,"b":2}'] },
  ],
  [
    'data/value-list',
    { values: ['F', 'M', 'é', 'other'] },
    ['F', 'M', 'other'],
    ['é'],
    {
      'listed values 4': ['f', 'X', 'othe', 'otherx'],
      'listed values 4, kind a listed value with blanks around it': [' F', 'M '],
    },
  ],
  [
    'data/value-list',
    { values: ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'b1', 'b2'] },
    ['a1', 'b2', 'a9'],
    [],
    { 'listed values 11': ['b3', 'a0', 'c1', '1a'] },
  ],
  [
    'data/value-list',
    { type: 'number', values: ['1.5', '20'] },
    ['1.5', '20'],
    ['1.50', '2e1', ' 20'],
    { 'listed values 2': ['1.51', '2', 'x', ''] },
  ],
  [
    'data/value-list',
    { type: 'integer', values: ['1000'], groupChar: '.' },
    ['1000'],
    ['1.000'],
    { 'listed values 1': ['1,000', '1'] },
  ],
  [
    'data/value-list',
    { type: 'number', values: ['1.5'], decimalChar: ',' },
    ['1.5'],
    ['1,5', '1,50'],
    { 'listed values 1': ['15'] },
  ],
  [
    'data/value-list',
    { type: 'boolean', values: ['true'] },
    ['true'],
    ['TRUE', '1'],
    { 'listed values 1': ['false', '0', 'yes'] },
  ],
  [
    'data/value-list',
    { type: 'boolean', values: ['false', 'Y'], trueValues: ['Y', 'J'], falseValues: ['N'] },
    ['false', 'Y'],
    ['N', 'J'],
    { 'listed values 2': ['true', 'X'] },
  ],
  [
    'data/value-list',
    { type: 'boolean', values: ['false'], trueValues: ['Y'], falseValues: ['N'] },
    ['false'],
    ['N'],
    { 'listed values 1': ['Y', 'n'] },
  ],
  [
    'data/value-list',
    { type: 'date', values: ['31/01/2020'], format: 'any' },
    ['31/01/2020'],
    [],
    { 'listed values 1': ['2020-02-01', 'x'] },
  ],
  [
    'data/value-list',
    { type: 'datetime', values: ['2020-01-31T08:00:00Z'] },
    ['2020-01-31T08:00:00Z'],
    ['2020-01-31T08:00:00.0Z'],
    { 'listed values 1': ['2020-01-31T08:00:01Z'] },
  ],
  ['data/leading-zero', {}, ['0', '-0', '10', '0.5', '-0.5', '', '-'], [], { '': ['007', '-01', '+00', '00'] }],
  [
    'data/pattern',
    { pattern: '[A-Z]\\d{2}', whole: true },
    ['A12'],
    [],
    { 'pattern [A-Z]\\d{2}': ['A1', 'A123', 'a12', 'xA12'] },
  ],
  ['data/pattern', { pattern: 'ab+c?', whole: false }, ['xaby', 'ab', 'abbbc'], ['éab'], { 'pattern ab+c?': ['a', 'ba', 'é'] }],
  ['data/pattern', { pattern: '^(x|yz)*$', whole: false }, ['x', 'yzx', ''], [], { 'pattern ^(x|yz)*$': ['y', 'xyzz'] }],
]

test.each(rules)('%s %j', (code, params, settled, good, failing) => {
  const judge = judgeOf(code, params)
  for (const text of settled) expect(verdictOf(judge, text), text).toBe('settled')
  for (const text of good) expect(verdictOf(judge, text), text).toBe('good')
  for (const [facts, cells] of Object.entries(failing)) for (const text of cells) expect(verdictOf(judge, text), text).toBe(facts)
})

/** Cells that may be damaged by themselves, and such as differ from them by one character or in one place. */
const odd = [
  '#12',
  ' 12',
  '12 ',
  '1-May',
  '12-May',
  'May-12',
  'a-bcd',
  'ab-cd',
  'abc-d',
  'abc-de',
  'a1E+11',
  'a.1e+11',
  '11111111E+11',
]
const even = ['12', '1-2', 'a-bc', 'abcd-e', 'abc-def', 'abcdE+1', 'xE+1', '111111111E+11', 'a11E-11', 'a1F+11', '12345', '1#']

test('a cell is odd where it may be damaged by itself, and a form of fixed places that holds none says so', () => {
  for (const [cells, isOne] of [
    [odd, true],
    [even, false],
  ] as const)
    for (const text of cells) {
      const { bytes, start, end } = between(text)
      expect(isOdd(bytes, start, end), text).toBe(isOne)
      const form = patternBytes(text.replace(/[+.]/g, '\\$&'), true, 're2')
      if (typeof form === 'string') throw new Error(form)
      expect(form.excludesSuspects, text).toBe(!isOne)
    }
})

test('suspects of a column are listed as they are told one by one', () => {
  const controls = ['a\u0085b', 'é', 'ü\u0091']
  const cell = fc.oneof(fc.constantFrom(...odd, ...even, ...controls, ''), fc.string({ maxLength: 8 }))
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), fc.nat(3), (cells, from) => {
      const encoded = cells.map((text) => encoder.encode(text))
      const bytes = encoder.encode(`${cells.join(',')},`)
      const starts = Int32Array.from(encoded, (_, i) => encoded.slice(0, i).reduce((sum, { length }) => sum + length + 1, 0))
      const ends = starts.map((start, i) => start + (encoded[i]?.length ?? 0))
      const flags = Uint8Array.from(cells, (text) => (/^[\0-\x7f]*$/.test(text) ? 0 : HIGH))
      const rows = new Int32Array(cells.length)
      const many = listSuspects({ bytes, starts, ends, flags, at: 0, step: 1, count: cells.length }, from, 0x7fffffff, rows)
      const slow = cells.flatMap((_, i) =>
        i >= from && isSuspect(bytes, starts[i] ?? 0, ends[i] ?? 0, flags[i] ?? 0, true) ? [i] : [],
      )
      expect([...rows.slice(0, Math.max(0, many))]).toEqual(slow)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['\\d{8}', true],
  ['\\d/\\d{6}', false],
  ['\\d\\d-\\d{5}', false],
  ['\\d\\d\\.\\d{5}', false],
  ['\\d/\\d{5}', true],
  ['[A-Z]/\\d{6}', true],
  ['\\d{3}/\\d{4}', true],
  ['[0-9.]{8}', false],
])('no cell of the form %s can be a date of numbers: %s', (source, excludes) => {
  const form = patternBytes(source, true, 're2')
  if (typeof form === 'string') throw new Error(form)
  expect(form.excludesOrder).toBe(excludes)
})

test('patterns of fixed length up to 64 places and 8 kinds of places, and automata beyond them', () => {
  const pass = (source: string, text: string): boolean => {
    const form = patternBytes(source, true, 're2')
    if (typeof form === 'string') throw new Error(form)
    const { bytes, start, end, flags } = between(text)
    return form(bytes, start, end, flags)
  }
  for (const length of [63, 64, 65, 80]) {
    expect(pass(`[a-c]{${length}}`, 'abc'.repeat(40).slice(0, length))).toBe(true)
    expect(pass(`[a-c]{${length}}`, 'abc'.repeat(40).slice(0, length - 1))).toBe(false)
    expect(pass(`[a-c]{${length}}`, `${'abc'.repeat(40).slice(0, length - 1)}d`)).toBe(false)
    expect(pass(`(ab){${length}}`, 'ab'.repeat(length))).toBe(true)
    expect(pass(`(ab){${length}}`, `${'ab'.repeat(length)}a`)).toBe(false)
  }
  for (const kinds of ['abcdefgh', 'abcdefghi', 'abcdefghijklmnopqrst']) {
    expect(pass(kinds, kinds)).toBe(true)
    for (let i = 0; i < kinds.length; i++) expect(pass(kinds, `${kinds.slice(0, i)}z${kinds.slice(i + 1)}`), `${i}`).toBe(false)
  }
})

test('the day that a cell writes, in every order of its parts', () => {
  const literal = (text: string): number => {
    const { bytes, start, end } = between(text)
    return dayLiteral(bytes, start, end)
  }
  const days: Readonly<Record<string, number>> = {
    '2020-01-31': 20_200_131,
    '2020-01-31T08:00': 20_200_131,
    '31/01/2020': 20_203_101,
    '1.2.2020': 20_200_102,
    '1-12-2020': 20_200_112,
    '12-1-2020': 20_201_201,
    '31-12-2020': 20_203_112,
    '12/13/2020': 20_201_213,
    '13/12/2020': 20_201_312,
    '31/12/2020 10:00': 20_203_112,
    '12/12/1000': 10_001_212,
  }
  for (const [text, day] of Object.entries(days)) expect(literal(text), text).toBe(day)
  const none = [
    '2020-13-01',
    '2020-00-10',
    '2020-01-00',
    '2020-01-32',
    'x020-01-01',
    '13/13/2020',
    '0/1/2020',
    '1/0/2020',
    '32/1/2020',
    '1/32/2020',
    '1/2-2020',
    '1/2/202',
    '12/12/0999',
    'a/1/2020',
  ]
  for (const text of none) expect(literal(text), text).toBe(-1)
  // What stands behind the cell is no part of it.
  expect(dayLiteral(encoder.encode('1/2/2020'), 0, 7)).toBe(-1)
  expect([isDay(20_203_112, 2020, 12, 31), isDay(20_201_231, 2020, 12, 31)]).toEqual([true, true])
  expect([isDay(20_201_230, 2020, 12, 31), isDay(20_211_231, 2020, 12, 31)]).toEqual([false, false])
})

test.each<DateType>(['date', 'datetime', 'time', 'year', 'yearmonth'])('numbers of a %s sort as its moments do', (type) => {
  const parse = dateParser(type, 'default')
  const read = plainDates(type, 'default')
  const iso = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19))
  const written = (text: string): string =>
    ({ date: text.slice(0, 10), datetime: text, time: text.slice(11), year: text.slice(0, 4), yearmonth: text.slice(0, 7) })[type]
  fc.assert(
    fc.property(iso, iso, (one, other) => {
      const [a, b] = [written(one), written(other)]
      const [x, y] = [parse?.(a), parse?.(b)]
      if (!x || !y) throw new Error(`${a} or ${b} is not read`)
      const bytes = encoder.encode(a)
      expect(read(bytes, 0, bytes.length)).toBe(momentNumber(type, x))
      expect(Math.sign(momentNumber(type, x) - momentNumber(type, y))).toBe(Math.sign(compareMoments(x, y)))
    }),
    { numRuns: 300 },
  )
})

test('a usual moment has seconds and no fraction of them, with or without a zone', () => {
  const kind = (text: string): number => {
    const { bytes, start, end } = between(text)
    return usualMoment(bytes, start, end)
  }
  for (const text of ['2020-01-31T08:00:00', '2020-01-31 08:00:00', '9999-99-99T99:99:99']) expect(kind(text), text).toBe(1)
  for (const text of ['2020-01-31T08:00:00Z', '2020-01-31T08:00:00+02:00', '2020-01-31 08:00:00-05:30'])
    expect(kind(text), text).toBe(2)
  const base = '2020-01-31T08:00:00'
  for (let i = 0; i < base.length; i++) expect(kind(`${base.slice(0, i)}x${base.slice(i + 1)}`), `place ${i}`).toBe(0)
  for (const text of [
    `${base}z`,
    `${base}+0200`,
    `${base}+02-00`,
    `${base}x02:00`,
    `${base}+x2:00`,
    `${base}+02:x0`,
    `${base}.5`,
    base.slice(0, 18),
  ])
    expect(kind(text), text).toBe(0)
})

test('durations compare by the mean month of the Gregorian cycle: 400 years are 146,097 days', () => {
  const order = (a: string, b: string): number => {
    const [x, y] = [durationOf(a), durationOf(b)]
    if (!x || !y) throw new Error(`${a} or ${b} is not read`)
    return Math.sign(compareDurations(x, y))
  }
  const equal = [
    ['P400Y', 'P146097D'],
    ['P1Y', 'P12M'],
    ['P1W', 'P7D'],
    ['P1D', 'PT24H'],
    ['PT1H', 'PT60M'],
    ['PT1M', 'PT60S'],
    ['-P1D', '-PT24H'],
    ['PT0S', 'P0D'],
  ] as const
  for (const [a, b] of equal) expect(order(a, b), a).toBe(0)
  const less = [
    ['P30D', 'P1M'],
    ['P1M', 'P31D'],
    ['-P1D', 'PT0S'],
    ['-P2D', '-P1D'],
    ['PT1S', 'PT1.5S'],
    ['-P1M', '-P30D'],
  ] as const
  for (const [a, b] of less) expect([order(a, b), order(b, a)], a).toEqual([-1, 1])
  for (const text of ['', 'P', 'PT', '1D', 'P1H', '--P1D', 'P1DT']) expect(durationOf(text), text).toBeNull()
})
