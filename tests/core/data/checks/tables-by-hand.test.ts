/** Checks of whole tables, worked out by hand: one record below a limit, at it and above it, and every fact that is said. */
import { expect, test } from 'vitest'
import { type Row, ruledTable, saidOf, times } from './said.ts'

type Rule = Parameters<typeof ruledTable>[3]

async function at(check: string, columns: readonly string[], rows: readonly Row[], rule?: Rule) {
  return (await saidOf(check, ruledTable(check, columns, rows, rule))).at
}

const pages = (rows: readonly Row[], rule?: Rule) => at('data/sequence', ['doc', 'page'], rows, rule)

test('a running number has to be the next one of its key', async () => {
  const inOrder: Row[] = [
    ['a', 1],
    ['b', 7],
    ['a', 2],
    ['b', 8],
  ]
  expect(await pages(inOrder)).toEqual([])
  expect(await pages([...inOrder, ['a', 4], ['a', 4], ['b', 5], ['b', 9]])).toEqual([
    [5, 'gap', 1],
    [6, 'repeated', 0],
    [7, 'goes back', 0],
    [8, 'gap', 3],
  ])
})

test('where gaps are allowed only repeats and steps back are told, and records without key or number are not tested', async () => {
  const allowed = { params: { gaps: 'allowed' } }
  const rows: Row[] = [
    ['a', 1],
    ['a', 5],
    [null, 5],
    ['a', 'five'],
    ['a', 5],
    ['a', 2],
  ]
  const said = await saidOf('data/sequence', ruledTable('data/sequence', ['doc', 'page'], rows, allowed))
  expect(said.at).toEqual([
    [5, 'repeated', 0],
    [6, 'goes back', 0],
  ])
  expect(said.of).toBe(4)
  const other = ruledTable('data/sequence', ['doc', 'page'], rows, { params: { gaps: 'sometimes' } })
  expect((await saidOf('data/sequence', other)).refused).toContain('params.gaps is forbidden or allowed.')
  const alone = ruledTable('data/sequence', ['page'], [[1], [2], [4]])
  expect((await saidOf('data/sequence', alone)).at).toEqual([[3, 'gap', 1]])
})

const shifted = ['day', 'count', 'number', 'id', 'code', 'text', 'word']
const uuid = '9d188916-8390-282b-3ec2-73fce6e08649'
const usual: Row = ['2020-01-31', 12, '1.5', uuid, 'E11.9', 'two words', 'word']
const toTheRight = (...cells: Row): Row => [null, ...cells.slice(0, 6)]

test('a record whose cells stand one column beside their own is told with how many do', async () => {
  const moved = await at('data/shifted-record', shifted, [
    ...times(40, () => usual),
    toTheRight(...usual),
    toTheRight('3/4/2020', '-5', '-,5', uuid.toUpperCase(), 'a1', 'a b'),
    [...usual.slice(1), null],
  ])
  expect(moved).toEqual([
    [41, 6],
    [42, 6],
    [43, 6],
  ])
})

test.each<readonly [string, Row, number]>([
  ['a day of one digit of year is a code', ['1/2/9', 12, '1.5', uuid, 'E11.9', 'a b'], 5],
  ['a day with dots and two digits of year is a day', ['01.02.99', '+12', '+1,5', uuid, 'b2', 'a b'], 6],
  ['digits with a hyphen behind are a code', ['2020-01-31', '12-', '1.5', uuid, 'E11.9', 'a b'], 4],
  ['a point without digits behind is a code', ['2020-01-31', '12', '1.', uuid, 'E11.9', 'a b'], 3],
  ['a digit short of a UUID is a code', ['2020-01-31', '12', '1.5', uuid.slice(1), 'E11.9', 'a b'], 3],
  ['letters alone are a word, no code', ['2020-01-31', '12', '1.5', uuid, 'E', 'a b'], 4],
  ['letters without a blank are no text', ['2020-01-31', '12', '1.5', uuid, 'E11.9', 'ab'], 5],
])('%s', async (_, cells, moved) => {
  expect(await at('data/shifted-record', shifted, [...times(40, () => usual), toTheRight(...cells)])).toEqual([[41, moved]])
})

test('shifts are rare among twenty records or more, and move two cells or more', async () => {
  const table = (whole: number, ...odd: Row[]) => at('data/shifted-record', shifted, [...times(whole, () => usual), ...odd])
  const odd = toTheRight(...usual)
  expect(await table(18, odd)).toEqual([])
  expect(await table(19, odd)).toEqual([[20, 6]])
  expect(await table(18, odd, odd)).toHaveLength(2)
  expect(await table(17, odd, odd, odd)).toEqual([])
  expect(await table(27, odd, odd, odd)).toHaveLength(3)
  expect(await table(40, ['2020-01-31', '2020-01-31', '1.5', uuid, 'E11.9', 'a b', 'word'])).toEqual([])
  expect(await table(40, ['2020-01-31', '2020-01-31', 12, uuid, 'E11.9', 'a b', 'word'])).toEqual([[41, 2]])
})

const clock = (minutes: number): string => new Date(Date.UTC(2020, 0, 1) + minutes * 60_000).toISOString().slice(0, 19)
const shiftedBy = (count: number, minutes: number): Row[] => times(count, (i) => [clock(i * 1000), clock(i * 1000 + minutes)])
const zones = (rows: readonly Row[]) => at('data/zone-shift', ['taken', 'stored'], rows)

test('two columns of time that differ by the same quarters of hours in 95 of 100 records', async () => {
  expect(await zones(shiftedBy(19, 60))).toEqual([])
  expect(await zones(shiftedBy(20, 60))).toEqual([[1, 1, 20, 20]])
  expect(await zones(shiftedBy(20, -345))).toEqual([[1, -5.75, 20, 20]])
  expect(await zones(shiftedBy(20, 50))).toEqual([])
  expect(await zones(shiftedBy(20, 0))).toEqual([])
  expect(await zones(shiftedBy(20, 14 * 60))).toEqual([[1, 14, 20, 20]])
  expect(await zones(shiftedBy(20, 14 * 60 + 15))).toEqual([])
  expect(await zones([...shiftedBy(95, 120), ...shiftedBy(5, 7)])).toEqual([[1, 2, 95, 100]])
  expect(await zones([...shiftedBy(94, 120), ...shiftedBy(6, 7)])).toEqual([])
})

test('summer and winter time are one zone, an hour beside none is none, and days have no hour', async () => {
  expect(await zones([...shiftedBy(12, 300), ...shiftedBy(8, 240)])).toEqual([[1, 5, 12, 20]])
  expect(await zones([...shiftedBy(8, 300), ...shiftedBy(12, 240)])).toEqual([[1, 4, 12, 20]])
  expect(await zones([...shiftedBy(12, 60), ...shiftedBy(8, 0)])).toEqual([])
  expect(await zones([...shiftedBy(9, 300), ...shiftedBy(9, 240), ...shiftedBy(2, 7)])).toEqual([])
  const days: Row[] = times(30, (i) => [clock(i * 1440).slice(0, 10), clock(i * 1440 + 60)])
  expect(await zones(days)).toEqual([])
})

const stays = (rows: readonly Row[], rule?: Rule) => at('data/interval-overlap', ['patient', 'from', 'to'], rows, rule)

test('intervals of one key overlap where one begins before the other has ended', async () => {
  const first: Row = ['p', '2020-01-01', '2020-01-10']
  expect(await stays([first, ['p', '2020-01-10', '2020-01-12']])).toEqual([])
  expect(await stays([first, ['p', '2020-01-09', '2020-01-12']])).toEqual([[2]])
  expect(await stays([first, ['q', '2020-01-09', '2020-01-12']])).toEqual([])
  expect(await stays([['p', '2020-01-09', '2020-01-12'], first])).toEqual([[1]])
  // The long one still runs after a short one inside it.
  expect(await stays([first, ['p', '2020-01-02', '2020-01-03'], ['p', '2020-01-05', '2020-01-20']])).toEqual([[2], [3]])
  // The one that ends last is held against the next.
  expect(await stays([first, ['p', '2020-01-05', '2020-01-20'], ['p', '2020-01-15', '2020-01-17']])).toEqual([[2], [3]])
  expect(await stays([first, ['p', '2020-01-12', '2020-01-13'], ['p', '2020-01-05', '2020-01-06']])).toEqual([[3]])
})

test('an interval without an end goes on, one whose end can not be read says nothing, and days of overlap may be allowed', async () => {
  const open: Row = ['p', '2020-01-01', null]
  expect(await stays([open, ['p', '2024-01-01', '2024-01-02']])).toEqual([[2]])
  expect(
    await stays([
      ['p', '2020-01-01', 'later'],
      ['p', '2024-01-01', '2024-01-02'],
    ]),
  ).toEqual([])
  expect(
    await stays([
      [null, '2020-01-01', null],
      [null, '2024-01-01', null],
    ]),
  ).toEqual([])
  const first: Row = ['p', '2020-01-01', '2020-01-10']
  const allowed = { params: { days: 2 } }
  expect(await stays([first, ['p', '2020-01-08', '2020-01-12']], allowed)).toEqual([])
  expect(await stays([first, ['p', '2020-01-07', '2020-01-12']], allowed)).toEqual([[2]])
  // A month can have begun on any of its days: only what is certain is said.
  expect(
    await stays([
      ['p', '2020-01', '2020-02-10'],
      ['p', '2020-01-20', '2020-01-30'],
    ]),
  ).toEqual([])
  expect(
    await stays([
      ['p', '2020-01', '2020-02-10'],
      ['p', '2020-02-01', '2020-03-01'],
    ]),
  ).toEqual([[2]])
})

const merges = (rows: readonly Row[]) => at('data/merge-chain', ['id', 'into'], rows)

test('a merge leads in one step to an identifier that is there', async () => {
  expect(
    await merges([
      ['a', 'b'],
      ['b', null],
      ['c', 'c'],
    ]),
  ).toEqual([])
  expect(
    await merges([
      ['a', 'x'],
      ['b', null],
    ]),
  ).toEqual([[1, 'survivor missing', 1]])
  expect(
    await merges([
      ['a', 'b'],
      ['b', 'c'],
      ['c', null],
    ]),
  ).toEqual([[1, 'several steps', 2]])
  expect(
    await merges([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'x'],
    ]),
  ).toEqual([
    [1, 'survivor missing', 3],
    [2, 'survivor missing', 2],
    [3, 'survivor missing', 1],
  ])
  expect(
    await merges([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ).toEqual([
    [1, 'circle'],
    [2, 'circle'],
  ])
})

test.each(times(9, (i) => i + 1))('a circle of %i identifiers is found from every length of way before it', async (length) => {
  for (const before of [0, 1, 2, 5]) {
    const way: Row[] = times(before, (i) => [`w${i}`, i + 1 < before ? `w${i + 1}` : 'c0'])
    const circle: Row[] = times(length + 1, (i) => [`c${i}`, `c${(i + 1) % (length + 1)}`])
    expect(await merges([...way, ...circle])).toEqual(times(before + length + 1, (i) => [i + 1, 'circle']))
  }
})

test('a repeated record is the same in every column that makes a record', async () => {
  const rows: Row[] = [
    ['a', 1, 'x'],
    ['a', 1, 'y'],
    ['a', 1, 'x'],
    ['a1', null, 'x'],
    ['a', 1, 'x'],
  ]
  const columns = ['id', 'n', 'note']
  expect(await at('data/repeated-record', columns, rows)).toEqual([[3], [5]])
  expect(await at('data/repeated-record', columns, rows, { fields: ['id', 'n'] })).toEqual([[2], [3], [5]])
  expect((await saidOf('data/repeated-record', ruledTable('data/repeated-record', columns, rows))).of).toBe(5)
})

const words = (rows: readonly Row[]) => at('data/dependent-value', ['code', 'words'], rows)
const goes = (count: number, code: string, text: string): Row[] => times(count, () => [code, text])

test('the value that goes with another one five times as often is the usual one', async () => {
  expect(await words([...goes(5, 'A', 'alpha'), ...goes(1, 'A', 'beta')])).toEqual([[6, 5, 1]])
  expect(await words([...goes(4, 'A', 'alpha'), ...goes(1, 'A', 'beta')])).toEqual([])
  expect(await words([...goes(3, 'A', 'alpha'), ...goes(1, 'A', 'beta')])).toEqual([])
  expect(await words([...goes(18, 'A', 'alpha'), ...goes(2, 'A', 'beta')])).toEqual([
    [19, 18, 2],
    [20, 18, 2],
  ])
  expect(await words([...goes(16, 'A', 'alpha'), ...goes(2, 'A', 'beta')])).toEqual([])
  expect(await words([...goes(5, 'A', ' alpha'), ...goes(5, 'A', 'alpha '), ...goes(2, 'B', 'beta'), ['A', null]])).toEqual([])
})

test('where values have several usual names, a rare one is told only if it is the name of something else', async () => {
  const several = [...goes(10, 'A', 'alpha'), ...goes(10, 'A', 'Alpha'), ...goes(20, 'B', 'beta')]
  expect(await words([...several, ['B', 'Beta (old)']])).toEqual([])
  expect(await words([...several, ['A', 'beta']])).toEqual([[41, 10, 1]])
  // One value of ten with several names does not make the table one of many names.
  const strict = [...several, ...times(9, (i) => goes(10, `C${i}`, `gamma ${i}`)).flat()]
  expect(await words([...strict, ['B', 'Beta (old)']])).toEqual([[strict.length + 1, 20, 1]])
})

const exchanged = (rows: readonly Row[], rule?: Rule) => at('data/exchanged-columns', ['first', 'second'], rows, rule)

test('headings are exchanged where eight in ten of eight records or more say so', async () => {
  const wrong = (count: number): Row[] => times(count, (i) => [`2020-02-${10 + (i % 18)}`, `2020-01-${10 + (i % 18)}`])
  const right = (count: number): Row[] => times(count, (i) => [`2020-01-${10 + (i % 18)}`, `2020-02-${10 + (i % 18)}`])
  expect(await exchanged(wrong(7))).toEqual([])
  expect(await exchanged(wrong(8))).toEqual([[1, 8, 8]])
  expect(await exchanged([...right(2), ...wrong(8)])).toEqual([[3, 8, 10]])
  expect(await exchanged([...right(3), ...wrong(8)])).toEqual([])
  // The same day on both sides, and half a date, say nothing.
  expect(await exchanged([...wrong(8), ...times(20, (): Row => ['2020-01-01', '2020-01-01'])])).toEqual([[1, 8, 8]])
  expect(await exchanged([...wrong(8), ...times(20, (): Row => ['2020', '2020-03-01'])])).toEqual([[1, 8, 8]])
})

test('words under the heading of a code are told by their form', async () => {
  const kind = { params: { kind: 'code' } }
  const rows = (count: number, one: string, other: string): Row[] => times(count, () => [one, other])
  for (const [one, other] of [
    ['Weight of day', 'E11.9'],
    ['fever', '38_1'],
    ['Weight (kg)', '29463-7'],
  ] as const)
    expect(await exchanged(rows(8, one, other), kind), one).toEqual([[1, 8, 8]])
  for (const [one, other] of [
    ['abcd', 'E11.9'],
    ['Weight of day', 'E'],
    ['E11.9', 'Weight of day'],
    ['ab c', '12'],
  ] as const)
    expect(await exchanged(rows(8, one, other), kind), one).toEqual([])
  const refused = await saidOf(
    'data/exchanged-columns',
    ruledTable('data/exchanged-columns', ['a', 'b'], [], { params: { kind: 'x' } }),
  )
  expect(refused.refused.join()).toContain('params.kind is order, code, or name')
})

test('first names go with the sex, and last names do not', async () => {
  const columns = ['first', 'last', 'sex']
  const rule = { fields: ['first', 'last'], params: { kind: 'name', sex: 'sex' } }
  // Ten names of three records each under the last name, all of one sex; the first column changes its sex from record to record.
  const people = (named: number): Row[] =>
    times(named * 3, (i) => [`Family${i % 5}`, `Given${Math.floor(i / 3)}`, Math.floor(i / 3) % 2 === 0 ? 'F' : 'M'])
  const said = await at('data/exchanged-columns', columns, people(10), rule)
  expect(said).toHaveLength(1)
  expect(said[0]?.slice(0, 2)).toEqual([1, 100])
  expect(said[0]?.[2]).toBeLessThanOrEqual(80)
  expect(await at('data/exchanged-columns', columns, people(9), rule)).toEqual([])
  // Fewer than three records of each first name say nothing of the sex.
  const apart = people(10).map(([, given = null, sex = null], i): Row => [`Family${i}`, given, sex])
  expect(await at('data/exchanged-columns', columns, apart, rule)).toEqual([])
  // 46 of 50 are ninety-two in a hundred, 45 are not.
  const mixed = (odd: number): Row[] =>
    times(50, (i) => [
      `Family${i % 5}`,
      `Given${Math.floor(i / 5)}`,
      (Math.floor(i / 5) % 2 === 0) === (i % 5 > 0 || i / 5 >= odd) ? 'F' : 'M',
    ])
  expect((await at('data/exchanged-columns', columns, mixed(4), rule)).map(([, last]) => last)).toEqual([92])
  expect(await at('data/exchanged-columns', columns, mixed(5), rule)).toEqual([])
  const right = people(10).map(([family = null, given = null, sex = null]): Row => [given, family, sex])
  expect(await at('data/exchanged-columns', columns, right, rule)).toEqual([])
})

const names = (rows: readonly Row[], rule?: Rule) => at('data/exchanged-cells', ['first', 'last'], rows, rule)

test('a record whose two names are found only in each other’s columns has them exchanged', async () => {
  // Every first name has two people.
  const people = (count: number): Row[] => times(count * 2, (i) => [`Given${i % count}`, `Family${i}`])
  expect(await names([...people(39), ['Family3', 'Given4']])).toEqual([[79, 1, 2]])
  expect(await names([...people(39), ['FAMILY3', 'given4'], ['family3', 'Given4']])).toEqual([
    [79, 1, 2],
    [80, 1, 2],
  ])
  // Two names of 39 that serve as both are more than one in twenty.
  expect(await names([...people(38), ['Family3', 'Given4']])).toEqual([])
  expect(await names([...people(20), ['Family3', 'Newman']])).toEqual([[41, 1, 0]])
  expect(await names([...people(20), ['Newly', 'Given4']])).toEqual([])
  expect(await names([...people(20), ['Family3', 'Family3']])).toEqual([])
  expect(await names([...people(20), ['Maiden', 'Newman']])).toEqual([])
  const also = { params: { likeSecond: ['maiden'] } }
  const married: Row[] = [
    ...people(20).map((row): Row => [...row, null]),
    ['Maiden', 'Newman', null],
    ['Given1', 'Family2', 'Maiden'],
  ]
  expect(await at('data/exchanged-cells', ['first', 'last', 'maiden'], married, { fields: ['first', 'last'], ...also })).toEqual([
    [41, 1, 0],
  ])
})

test('names that serve as both need to be far more frequent in the other column than in their own', async () => {
  // Ten names stand in both columns; `Seven` is a last name seven times, `Ann` a first name seven times.
  const both: Row[] = times(10, (i) => [`Both${i}`, `Both${(i + 1) % 10}`])
  const told = (often: number): Promise<readonly unknown[]> => {
    const lasts: Row[] = times(often, (i) => [`Given${i}`, 'Seven'])
    const firsts: Row[] = times(often, (i) => ['Ann', `Family${i}`])
    return names([...both, ...lasts, ...firsts, ['Seven', 'Ann']])
  }
  // (6 + ½) / ½ = 13 on each side is more than forty together; (2 + ½) / ½ = 5 is not.
  expect(await told(6)).toEqual([[23, 6, 6]])
  expect(await told(2)).toEqual([])
  // (3 + ½) / ½ = 7 on each side makes 49.
  expect(await told(3)).toEqual([[17, 3, 3]])
  // Forty-one on one side make up for nothing on the other.
  const oneSide = times(20, (i): Row => [`Given${i}`, 'Seven'])
  expect(await names([...both, ...oneSide, ['Seven', 'Unknown']])).toEqual([])
})

test('of a code and its words the form tells the records in which they changed places', async () => {
  const rows: Row[] = [...times(3, (): Row => ['E11.9', 'Weight of day']), ['Weight of day', 'E11.9'], [null, 'E11.9']]
  const said = await saidOf(
    'data/exchanged-cells',
    ruledTable('data/exchanged-cells', ['code', 'words'], rows, { params: { kind: 'code' } }),
  )
  expect(said.at).toEqual([[4, 3]])
  expect(said.of).toBe(4)
})

const unlike = (rows: readonly Row[], rule: Rule) =>
  at('data/unlike-others', ['value', 'code', 'patient', 'date'], rows, { fields: ['value'], ...rule })
const ofKind = { params: { by: ['code'] } }
const results = (count: number): Row[] => times(count, (i) => [70 + (i % 7), 'weight', `p${i}`, '2020-01-01'])

test('a result four times as large or small as the middle of twenty of its kind stands out', async () => {
  const odd = (value: number): Row => [value, 'weight', 'q', '2020-01-01']
  expect(await unlike([...results(19), odd(730)], ofKind)).toEqual([[20, '10 times the usual result', 20]])
  expect(await unlike([...results(18), odd(730)], ofKind)).toEqual([])
  expect(await unlike([...results(19), odd(7.3)], ofKind)).toEqual([[20, '0.1 times the usual result', 20]])
  expect(await unlike([...results(29), odd(285)], ofKind)).toEqual([])
  expect(await unlike([...results(29), odd(330)], ofKind)).toEqual([[30, '4.5 times the usual result', 30]])
  // Of another kind, without a kind, of a scale, or no amount: not compared.
  expect(await unlike([...results(29), [730, 'height', 'q', '2020-01-01']], ofKind)).toEqual([])
  expect(await unlike([...results(29), [730, null, 'q', '2020-01-01']], ofKind)).toEqual([])
  expect(await unlike([...results(29), [0, 'weight', 'q', '2020-01-01'], [-730, 'weight', 'q', '2020-01-01']], ofKind)).toEqual(
    [],
  )
  expect(await unlike([...results(20), odd(730), odd(731), odd(732), odd(733)], ofKind)).toEqual([])
})

test('a result that a mistake of unit sets apart from those of the same patient before and after', async () => {
  const own = { params: { by: ['code'], patient: 'patient', date: 'date' } }
  const patients = (count: number, middle: number): Row[] =>
    times(count, (p) => times(3, (i): Row => [70 + p, 'weight', `p${p}`, `2020-0${i + 1}-01`]))
      .flat()
      .map((row, i) => (i === 1 ? [middle, ...row.slice(1)] : row))
  expect(await unlike(patients(8, 154.3), own)).toEqual([[2, '2.2 times those of the same patient before and after', 24]])
  expect(await unlike(patients(8, 70 / 2.20462), own)).toEqual([[2, '0.45 times those of the same patient before and after', 24]])
  expect(await unlike(patients(8, 70 * 1.5), own)).toEqual([])
  expect(await unlike(patients(6, 154.3), own)).toEqual([])
  expect(await unlike(patients(8, 154.3), ofKind)).toEqual([])
})

test('of numbers of many kinds the few far above all others, a hundred times a usual one', async () => {
  const plain = { params: {} }
  const numbers = (count: number): Row[] => times(count, (i) => [60 + i, null, null, null])
  expect(await unlike([...numbers(49), [7000, null, null, null]], plain)).toEqual([
    [50, expect.stringContaining('times the usual'), 50],
  ])
  expect(await unlike([...numbers(48), [7000, null, null, null]], plain)).toEqual([])
  expect(await unlike([...numbers(49), [7000.5, null, null, null]], plain)).toEqual([])
  expect(await unlike([...numbers(49), [700, null, null, null]], plain)).toEqual([])
})

const bodies = ['weight', 'height', 'index']
const index = (weight: number, height: number): number => weight / height ** 2
const derived = (rows: readonly Row[]) => at('data/derived-value', bodies, rows)

test('index is weight by height squared, up to thirty in a hundred', async () => {
  const healthy = (count: number): Row[] => times(count, (i) => [70 + i, 1.7, index(70 + i, 1.7)])
  expect(await derived(healthy(30))).toEqual([])
  expect(await derived([...healthy(10), [70, 1.7, index(70, 1.7) * 1.29]])).toEqual([])
  expect(await derived([...healthy(10), [70, 1.7, index(70, 1.7) * 1.31]])).toEqual([[11, 1.3, 10]])
  expect(await derived([...healthy(10), [70 * 2.20462, 1.7, index(70, 1.7)]])).toEqual([
    [11, 0.45, 'pounds under the unit of kilograms', 10],
  ])
  expect(await derived([...healthy(10), [700, 1.7, index(70, 1.7)]])).toEqual([[11, 0.1, 'ten times too large', 10]])
  expect(await derived([...healthy(10), [70, 170, index(70, 1.7)]])).toEqual([[11, 10_000, 'a hundred times too large', 10]])
  expect(await derived([...healthy(6), [700, 1.7, index(70, 1.7)]])).toEqual([])
  expect(await derived([...healthy(7), [700, 1.7, index(70, 1.7)]])).toEqual([[8, 0.1, 'ten times too large', 7]])
  expect(await derived([...healthy(10), [700, 1.7, null], [0, 1.7, 24], ['-70', 1.7, 24]])).toEqual([])
})

test('three columns that have nothing to do with each other are not compared', async () => {
  const loose: Row[] = times(30, (i) => [70 + i, 1 + i, ((i * 7) % 13) + 1])
  expect(await derived(loose)).toEqual([])
})

test('index, weight and height as rows of one patient at one time, in the units that they state', async () => {
  const columns = ['code', 'value', 'unit', 'patient', 'date']
  const rule = { fields: ['value'], params: { code: 'code', patient: 'patient', date: 'date', unit: 'unit' } }
  const visit = (patient: string, kilograms: string, weight: number, height = 170): Row[] => [
    ['29463-7', weight, kilograms, patient, '2020-01-01'],
    ['8302-2', height, 'cm', patient, '2020-01-01'],
    ['39156-5', index(70, 1.7), 'kg/m2', patient, '2020-01-01'],
  ]
  const eight = times(8, (i) => visit(`p${i}`, 'kg', 70)).flat()
  const said = (rows: readonly Row[]) => at('data/derived-value', columns, rows, rule)
  expect(await said([...eight, ...visit('q', '[lb_av]', 154.3)])).toEqual([])
  expect(await said([...eight, ...visit('q', 'kg', 154.3)])).toEqual([[25, 0.45, 'pounds under the unit of kilograms', 8]])
  // The first of several at one time counts; what has no patient, day or number makes no set.
  expect(await said([...eight, ...visit('p0', 'kg', 700)])).toEqual([])
  expect(await said([...eight, ...visit('', 'kg', 700)])).toEqual([])
  const other = visit('q', 'kg', 700).map((row): Row => [...row.slice(0, 4), row[0] === '8302-2' ? '2020-01-02' : '2020-01-01'])
  expect(await said([...eight, ...other])).toEqual([])
})
