/** Checks that watch a whole column, worked out by hand: what one cell less or more does at each of their limits, and every fact that is said. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { columnOf, ruledTable, saidOf, times } from './said.ts'

type Cells = readonly (string | number)[]

const told = async (code: string, cells: Cells, field: JsonObject | string = 'x') =>
  (await saidOf(code, columnOf(cells, field))).at

/** The same where a rule asks for the check in this column. */
const ruled = (code: string, cells: Cells, params: JsonObject = {}) =>
  saidOf(
    code,
    ruledTable(
      code,
      ['no', 'x'],
      cells.map((value, i) => [i + 1, value]),
      { fields: ['x'], params },
    ),
  )
const asked = async (code: string, cells: Cells, params: JsonObject = {}) => (await ruled(code, cells, params)).at

const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/** Texts of this many letters, all different, with a blank inside. */
const longTexts = (count: number, length: number): string[] =>
  times(count, (i) => `${words[i % 10]} ${String.fromCharCode(97 + (i % 26)).repeat(length)}`.slice(0, length))

test('texts that pile up at their longest length were cut', async () => {
  // One text of each length from 10 to 39, and twenty of forty characters, a limit of databases.
  const shorter = times(30, (i) => longTexts(1, 10 + i)[0] ?? '')
  const cut = await told('data/truncation', [...shorter, ...longTexts(20, 40)])
  expect(cut).toHaveLength(20)
  expect(cut[0]).toEqual([31, 40, 20, 20, 1])
  // Ten times the five lengths below on average, at any length.
  const any = await told('data/truncation', [...shorter, ...longTexts(10, 41)])
  expect(any[0]?.slice(1)).toEqual([41, 10, 10, 0.8])
  const sparse = [...shorter.slice(0, 29), ...longTexts(2, 38), ...longTexts(2, 37), ...longTexts(1, 39)]
  expect(await told('data/truncation', [...sparse, ...longTexts(15, 41)])).toEqual([])
  expect(await told('data/truncation', [...sparse, ...longTexts(16, 41)])).toHaveLength(16)
  expect(await told('data/truncation', [...shorter, ...longTexts(4, 41)])).toEqual([])
  // Twenty characters at least, eight different lengths, half of them inside a word.
  expect(
    await told('data/truncation', [...times(15, (i) => 'abcdefghijklmnopqrs'.slice(0, 4 + i)), ...longTexts(20, 19)]),
  ).toEqual([])
  expect(await told('data/truncation', [...shorter.slice(-6), ...longTexts(20, 40)])).toEqual([])
  expect(await told('data/truncation', [...shorter.slice(-7), ...longTexts(20, 40)])).toHaveLength(20)
  const sentences = longTexts(20, 39).map((text, i) => `${text}${i < 11 ? '.' : 'x'}`)
  expect(await told('data/truncation', [...shorter, ...sentences])).toEqual([])
  expect(
    await told('data/truncation', [...shorter, ...sentences.map((text, i) => (i === 0 ? `${text.slice(0, -1)}x` : text))]),
  ).toHaveLength(20)
  // One long value of a picklist is no limit.
  expect(await told('data/truncation', [...shorter, ...times(20, () => longTexts(1, 40)[0] ?? '')])).toEqual([])
})

test('lengths are counted in characters, not in bytes', async () => {
  const shorter = times(30, (i) => longTexts(1, 10 + i)[0] ?? '')
  const cut = longTexts(20, 40).map((text) => `${text.slice(0, -2)}éü`)
  expect((await told('data/truncation', [...shorter, ...cut]))[0]).toEqual([31, 40, 20, 20, 1])
  const quoted = longTexts(20, 40).map((text) => `${text.slice(0, -3)}"éü`)
  expect((await told('data/truncation', [...shorter, ...quoted]))[0]).toEqual([31, 40, 20, 20, 1])
})

test('a choice is hardly ever made where its entropy is below the share asked for', async () => {
  const picklist = (yes: number, no: number, least?: number) =>
    asked('data/picklist', [...times(yes, () => 'yes'), ...times(no, () => 'no')], least === undefined ? {} : { least })
  // −0.99 log₂ 0.99 − 0.01 log₂ 0.01 = 0.0808 of 1 bit.
  expect(await picklist(99, 1)).toEqual([[0, 2, 0.081, 0.99]])
  expect(await picklist(98, 2)).toEqual([])
  expect(await picklist(98, 2, 0.2)).toEqual([[0, 2, 0.141, 0.98]])
  expect(await picklist(100, 0)).toEqual([[0, 1, 0, 1]])
  expect(await picklist(99, 0)).toEqual([])
})

const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)

test('days that systems put for no date, in every order of their parts', async () => {
  const days = times(30, day)
  expect(await told('data/sentinel-date', [...days, '1900-01-01', '9999-12-31', '1899-12-30'])).toEqual([
    [0, '1899-12-30', 1, 33],
    [0, '1900-01-01', 1, 33],
    [0, '9999-12-31', 1, 33],
  ])
  expect(await told('data/sentinel-date', ['31/12/9999', '12/31/9999', '1.1.1753', '31.12.1899'])).toEqual([
    [0, '1753-01-01', 1, 4],
    [0, '1899-12-31', 1, 4],
    [0, '9999-12-31', 2, 4],
  ])
  expect(await told('data/sentinel-date', [...days, '1900-01-02', '1901-01-01', '9999-12-30', '1753-01-02'])).toEqual([])
  expect(await told('data/sentinel-date', ['1900-01-01', 'x'], { type: 'integer' })).toEqual([])
  expect(await told('data/sentinel-date', ['1900-01-01'], { type: 'date' })).toHaveLength(1)
})

test('a day towers over the others: twenty cells, twenty times the median, four times the next', async () => {
  const one = 'one day with over twenty times the usual number'
  const pile = (others: number, piled: number, next = 1) =>
    told('data/sentinel-date', [...times(others, day), ...times(next - 1, () => day(0)), ...times(piled, () => '1985-05-05')])
  expect(await pile(49, 21)).toEqual([[0, one, 21, 70]])
  expect(await pile(48, 21)).toEqual([])
  expect(await pile(49, 20)).toEqual([])
  expect(await pile(49, 21, 5)).toEqual([[0, one, 21, 74]])
  expect(await pile(49, 24, 6)).toEqual([])
  expect(await pile(49, 25, 6)).toEqual([[0, one, 25, 79]])
})

test('dates pile up on the first of January from one in twenty and twenty of a hundred', async () => {
  const dates = (firsts: number, others: number): string[] => [
    ...times(firsts, (i) => `${1950 + i}-01-01`),
    ...times(others, (i) => day(i + 1)),
  ]
  const january = async (cells: Cells) => asked('data/january-first', cells)
  expect(await january(dates(20, 80))).toEqual([[0, 20, 100]])
  expect(await january(dates(19, 81))).toEqual([])
  expect(await january(dates(20, 79))).toEqual([])
  expect(await january(dates(20, 360))).toEqual([[0, 20, 380]])
  expect(await january([...dates(20, 360), ...times(21, (i) => `2023-05-${10 + (i % 18)}`)])).toEqual([])
  expect(await january(dates(20, 80).map((text) => text.split('-').toReversed().join('/')))).toEqual([[0, 20, 100]])
})

/** 20, 21, 22 … each ten times. */
const measured = (different: number): number[] => times(different * 10, (i) => 20 + (i % different))

test('a number far from the rest and far more frequent than its neighbours stands for no value', async () => {
  const sentinel = (cells: Cells, field?: JsonObject | string) => told('data/numeric-sentinel', cells, field)
  expect(await sentinel([...measured(10), ...times(50, () => 999)])).toEqual([[0, 999, 50, 150]])
  expect(await sentinel([...measured(10), ...times(49, () => 999)])).toEqual([])
  expect(await sentinel([...measured(10), ...times(50, () => -9)])).toEqual([[0, -9, 50, 150]])
  expect(await sentinel([...measured(10), ...times(50, () => 997)])).toEqual([])
  // Nine different numbers, a number among the others, numbers with zeros before them, and texts between them.
  expect(await sentinel([...measured(8), ...times(50, () => 999)])).toEqual([])
  expect(await sentinel([...measured(9), ...times(50, () => 999)])).toEqual([[0, 999, 50, 140]])
  expect(await sentinel([...times(100, (i) => 80 + (i % 10)), ...times(60, () => 88)])).toEqual([])
  expect(await sentinel([...measured(10), ...times(50, () => 999), '007'])).toEqual([])
  expect(await sentinel([...measured(10), ...times(50, () => 999), '0.7'])).toEqual([[0, 999, 50, 151]])
  expect(await sentinel([...measured(10), ...times(50, () => 999), ...times(16, () => 'n/a')])).toEqual([[0, 999, 50, 150]])
  expect(await sentinel([...measured(10), ...times(50, () => 999), ...times(17, () => 'n/a')])).toEqual([])
  expect(await sentinel([...measured(10), ...times(50, () => 999)], { type: 'date' })).toEqual([])
  // A hundred numbers at least, ten of the one.
  const rare = times(90, (i) => i / 7)
  expect(await sentinel([...rare.map((value) => value.toFixed(4)), ...times(10, () => 999)])).toEqual([[0, 999, 10, 100]])
  expect(await sentinel([...rare.map((value) => value.toFixed(4)), ...times(9, () => 999), 1])).toEqual([])
  expect(await sentinel([...rare.slice(1).map((value) => value.toFixed(4)), ...times(10, () => 999)])).toEqual([])
})

test('years of two digits are counted by the pivots that would make them this century', async () => {
  const dates = ['3/4/00', '03.04.10', '3-4-11', '31/12/70', '12/31/71', '1/1/99', '2/2/20', '2/2/30', '2/2/40', '2/2/50']
  const counts = [1, 2, 4, 5, 6, 7, 8]
  expect(await told('data/short-year', dates)).toEqual([[0, 10, ...counts]])
  expect(await told('data/short-year', [...dates, 'soon'])).toEqual([[0, 10, ...counts]])
  expect(await told('data/short-year', [...dates, 'soon', '2020-01-01'])).toEqual([])
  // No days: a part that is zero or over 31, both over 12, two marks, and a year of four digits.
  const others = ['0/4/99', '3/0/99', '32/4/99', '4/32/99', '13/13/99', '3/4-99', '3/4/1999']
  expect(await told('data/short-year', others)).toEqual([])
  expect(await told('data/short-year', ['3/4/99'], { type: 'date', format: '%d/%m/%y' })).toEqual([])
})

test('identifiers of one width of which a few lost their zeros', async () => {
  const whole = ['01234', '04321', '00123', '10001', '20002', '30003', '40004', '50005']
  const uneven = (cells: Cells, field?: string) => told('data/uneven-zeros', cells, field)
  expect(await uneven([...whole, '2138'])).toEqual([[9, 5, 3, 1]])
  expect(await uneven([...whole, '2138', '213'])).toEqual([
    [9, 5, 3, 2],
    [10, 5, 3, 2],
  ])
  expect(await uneven(whole)).toEqual([])
  expect(await uneven([...whole.slice(0, 7), '2138'])).toEqual([])
  expect(await uneven([...whole.slice(1), '50006', '2138'])).toEqual([])
  expect(await uneven([...whole, '0138'])).toEqual([])
  expect(await uneven([...whole, '2138', 'none'])).toEqual([[9, 5, 3, 1]])
  expect(await uneven([...whole, '2138', 'none', 'unknown'])).toEqual([])
  // Of three digits nothing is said; six in ten have to be whole.
  expect(await uneven(['012', '043', '001', '101', '202', '303', '404', '505', '21'])).toEqual([])
  expect(await uneven([...whole, '012', '2138', '2139', '2140', '2141', '2142'])).toEqual([])
  const more = [...whole, '60006']
  expect(await uneven([...more, ...times(6, (i) => 2138 + i)])).toHaveLength(6)
  expect(await uneven([...more, ...times(7, (i) => 2138 + i)])).toEqual([])
  // In a column of identifiers the zeros of most whole ones show that they belong there.
  const led = [...times(6, (i) => `0123${i}`), '10001', '10002', '10003', '10004']
  expect(await uneven([...led, ...times(20, (i) => 2138 + i)], 'mrn')).toHaveLength(20)
  expect(await uneven([...led.slice(1), '10005', ...times(20, (i) => 2138 + i)], 'mrn')).toEqual([])
  expect(await uneven([...led, ...times(20, (i) => 2138 + i)], 'amount')).toEqual([])
  // The digits before a hyphen are the width; signs and points make other forms.
  expect(await uneven([...whole.map((zip) => `${zip}-1234`), '2138-1234'])).toEqual([[9, 5, 3, 1]])
  expect(await uneven([...whole, '-2138', '21.8'])).toEqual([])
  expect(await uneven([...whole, '2138', '2-1-3'])).toEqual([[9, 5, 3, 1]])
})

test('blanks before or after a value, where they are not how the column is written', async () => {
  expect(await told('data/outer-blank', ['a', 'b ', 'c', '\td', ' e '])).toEqual([])
  expect(await told('data/outer-blank', ['a', 'b ', 'c', '\td', 'e', 'f'])).toEqual([
    [2, 'blanks after'],
    [4, 'blanks before'],
  ])
  expect(await told('data/outer-blank', ['a', ' b '])).toEqual([[2, 'blanks before and after']])
  expect(await told('data/outer-blank', ['a', 'b', 'one two three four '])).toEqual([[3, 'blanks after']])
  expect(await told('data/outer-blank', ['a', 'b', 'one two three four five '])).toEqual([])
  expect(await told('data/outer-blank', ['a', 'b', `${'x'.repeat(59)} `])).toEqual([[3, 'blanks after']])
  expect(await told('data/outer-blank', ['a', 'b', `${'x'.repeat(60)} `])).toEqual([])
})

test.each<readonly [string, readonly string[], readonly string[]]>([
  [
    'uuid',
    ['123e4567-e89b-12d3-a456-426614174000'],
    ['123e4567-e89b-12d3-a456-42661417400', 'x123e4567-e89b-12d3-a456-426614174000'],
  ],
  ['oid', ['1.2.840.113619', '2.16.840.1', '0.39', '2.999'], ['3.1', '1.40', '1.2.03', '1', '1.2.', 'urn:oid:1.2']],
  [
    'email',
    ['a@b.de', 'first.last@clinic.example.org', `${'a'.repeat(64)}@b.de`],
    ['a@b', 'a b@c.de', `${'a'.repeat(65)}@b.de`, 'a@b..de'],
  ],
  ['ipv4', ['0.0.0.0', '255.255.255.255', '192.168.1.9'], ['256.1.1.1', '1.2.3', '1.2.3.4.', '1.2.3.4.5']],
  ['uri', ['http://a.org/x', 'urn:oid:1.2'], ['a.org', 'http:', 'http://a b']],
])('texts of the form %s', async (format, good, bad) => {
  const said = await asked('data/text-format', [...good, ...bad], { format })
  expect(said).toEqual(bad.map((_, i) => [good.length + i + 1, format]))
})

test('a form that nobody knows is refused with the ones there are', async () => {
  const { refused } = await ruled('data/text-format', ['a'], { format: 'postcode' })
  expect(refused.join()).toContain('The format "postcode" is not known; there are uuid, oid, email, ipv4, uri.')
})

test('decimal commas among decimal points: twenty points, and one comma to five of them', async () => {
  const points = (count: number): string[] => times(count, (i) => `${60 + i}.5`)
  const commas = (count: number): string[] => times(count, (i) => `${60 + i},5`)
  expect(await told('data/mixed-decimal', [...points(20), '81,5'])).toEqual([[21, 20]])
  expect(await told('data/mixed-decimal', [...points(19), '81,5'])).toEqual([])
  expect(await told('data/mixed-decimal', [...points(20), ...commas(4)])).toHaveLength(4)
  expect(await told('data/mixed-decimal', [...points(20), ...commas(5)])).toEqual([])
  expect(await told('data/mixed-decimal', [...points(18), '.5', '-3.25', '+81,5'])).toEqual([[21, 20]])
  expect(await told('data/mixed-decimal', [...points(20), ',5', '8,', '8,5,5', '8,5 kg', '81'])).toEqual([])
  expect(await told('data/mixed-decimal', [...points(19), '5.', '81,5'])).toEqual([])
})

test('times without a zone among times with one, and the other way round', async () => {
  const bare = (count: number): string[] => times(count, (i) => `2020-01-${10 + (i % 18)}T08:00:00`)
  const zoned = (count: number): string[] => bare(count).map((text) => `${text}Z`)
  expect(await told('data/mixed-zone', [...zoned(20), ...bare(1)])).toEqual([[21, 20, 1]])
  expect(await told('data/mixed-zone', [...zoned(19), ...bare(1)])).toEqual([])
  expect(await told('data/mixed-zone', [...bare(21), ...zoned(7)])).toHaveLength(7)
  expect(await told('data/mixed-zone', [...bare(21), ...zoned(8)])).toEqual([])
  const ways = ['2020-01-01 08:00', '2020-01-01T0800', '2020-01-01T08:00:00.5', '2020-01-01T08:00:00,25']
  for (const way of ways) expect(await told('data/mixed-zone', [...zoned(20), way]), way).toEqual([[21, 20, 1]])
  for (const zone of ['Z', ' Z', '+02:00', '-0530', ' +02', 'z'])
    expect(await told('data/mixed-zone', [...bare(20), `2020-01-01T08:00:00${zone}`]), zone).toEqual([[21, 20, 1]])
  expect(await told('data/mixed-zone', [...zoned(20), '2020-01-01', '2020-01-01T08', '2020-01-01T08:00:00+2'])).toEqual([])
})

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['numbers, as in SNOMED CT and RxNorm', ['44054006', '1'], ['E11.9', '8302-2', 'A02BC01', '0591-0405-01']],
  ['numbers with a check digit, as in LOINC', ['8302-2', '29463-7'], ['44054006', 'E11.9']],
  ['a letter and digits, as in ICD-10', ['E11', 'E11.9', 'S52.521A', 'C4A.9'], ['44054006', 'A02BC01']],
  ['letters and digits in five steps, as in ATC', ['A02BC01', 'V09IX04'], ['E11.9']],
  ['numbers with two hyphens, as in NDC', ['0591-0405-01', '59762-333-1'], ['44054006']],
])('among %s codes of other systems stand out', async (form, own, others) => {
  const cells = [...times(95, (i) => own[i % own.length] ?? ''), ...others]
  const said = await told('data/foreign-code', cells, 'code')
  expect(said.map(([record]) => record)).toEqual(others.map((_, i) => 96 + i))
  for (const [, , usual, count] of said) expect([usual, count]).toEqual([form, 95])
})

test('codes stand out among twenty or more, of which nineteen in twenty have one form', async () => {
  const own = (count: number): string[] => times(count, (i) => `${1000 + i}`)
  expect(await told('data/foreign-code', [...own(20), 'E11.9'], 'code')).toHaveLength(1)
  expect(await told('data/foreign-code', [...own(19), 'E11.9'], 'code')).toEqual([])
  expect(await told('data/foreign-code', [...own(38), 'E11.9', 'E11.8'], 'code')).toHaveLength(2)
  expect(await told('data/foreign-code', [...own(37), 'E11.9', 'E11.8'], 'code')).toEqual([])
  expect(await told('data/foreign-code', [...own(40), 'U07.1', 'other', 'e11.9'], 'code')).toEqual([])
  expect(await told('data/foreign-code', [...own(40), 'E11.9'], 'amount')).toEqual([])
  expect(await told('data/foreign-code', [...own(40), 'E11.9'], { name: 'code', type: 'integer' })).toEqual([])
})

test('control codes are counted, and the first of them is named', async () => {
  const codes = ['a\u000bb', 'a\u0007b\u0001', 'a\u007f', '\u001fb', 'a\tb', 'plain', 'a\u0080']
  expect(await told('data/control-code', codes)).toEqual([
    [1, 1, 'U+000B'],
    [2, 2, 'U+0007'],
    [3, 1, 'U+007F'],
    [4, 1, 'U+001F'],
  ])
})

/** A number of eight digits with its Luhn digit (ISO/IEC 7812-1). */
function luhn(body: number): string {
  const digits = [...String(body)].reverse().map(Number)
  const sum = digits.reduce((total, digit, i) => total + (i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}
const wrong = (text: string): string => `${text.slice(0, -1)}${(Number(text.at(-1)) + 1) % 10}`

test('a scheme of check digits is believed where 99 of 100 of fifty different identifiers follow it', async () => {
  const numbers = (count: number): string[] => times(count, (i) => luhn(1_234_567 + i * 37))
  const digit = (cells: Cells, field?: string) => told('data/check-digit', cells, field)
  expect(await digit([...numbers(99), wrong(luhn(7_654_321))])).toEqual([[100, 'Luhn', 99, 100]])
  expect(await digit([...numbers(98), wrong(luhn(7_654_321))])).toEqual([])
  expect(await digit(numbers(100))).toEqual([])
  expect(await digit([...numbers(48), ...numbers(48), ...numbers(3), wrong(luhn(7_654_321))])).toEqual([])
  expect(await digit([...numbers(49), ...numbers(49), ...numbers(1), wrong(luhn(7_654_321))])).toEqual([[100, 'Luhn', 99, 100]])
  // Shorter than six digits, or texts among them: no such identifiers.
  expect(await digit([...times(99, (i) => luhn(1000 + i)), wrong(luhn(2000))].map((text) => text.slice(-5)))).toEqual([])
  expect(await digit([...numbers(99), wrong(luhn(7_654_321)), ...times(12, () => 'none')])).toEqual([])
  expect(await digit([...numbers(99), wrong(luhn(7_654_321)), ...times(11, () => 'none')])).toHaveLength(1)
  // Codes repeat: 995 of 1000, and one that is wrong three times was not mistyped.
  expect(await digit([...numbers(199), wrong(luhn(7_654_321))], 'code')).toHaveLength(1)
  expect(await digit([...numbers(198), wrong(luhn(7_654_321))], 'code')).toEqual([])
  expect(await digit([...numbers(398), ...times(2, () => wrong(luhn(7_654_321)))], 'code')).toHaveLength(2)
  expect(await digit([...numbers(597), ...times(3, () => wrong(luhn(7_654_321)))], 'code')).toEqual([])
})

test('a scheme that a rule names is asked of every value, with blanks and hyphens as people group digits', async () => {
  const said = await asked('data/check-digit', ['943 476 5919', '943-476-5919', '9434765918', 'x'], { scheme: 'nhs' })
  expect(said).toEqual([
    [3, 'NHS number (mod 11)'],
    [4, 'NHS number (mod 11)'],
  ])
  const { refused } = await ruled('data/check-digit', ['1'], { scheme: 'x' })
  expect(refused.join()).toContain('The scheme "x" is not known; there are luhn, nhs, mod97-10, verhoeff.')
})

const damage = (cells: Cells, field?: JsonObject | string) => told('data/spreadsheet-damage', cells, field)
const texts = (count: number): string[] => times(count, (i) => `word${i % 10}x`)

test('errors of formulas are damage wherever they stand', async () => {
  expect(await damage(['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '####', '#####'])).toHaveLength(9)
  expect(await damage(['###', '#12', '#N/A '])).toEqual([])
})

test('codes that became dates, up to one in five of the column', async () => {
  const kind = 'code turned into a date'
  expect(await damage([...texts(8), 'May-03', '3-May'])).toEqual([
    [9, kind],
    [10, kind],
  ])
  expect(await damage([...texts(7), 'May-03', '3-May'])).toEqual([])
  expect(await damage([...texts(1), 'May-3'])).toEqual([[2, kind]])
  expect(await damage([...texts(20), 'May-May', 'Mai-3', 'May-123', '123-May', 'May-x'])).toEqual([])
  expect(await damage([...texts(20), 'May-03'], { type: 'date', format: '%b-%d' })).toEqual([])
  expect(await asked('data/spreadsheet-damage', ['May-03', '3-May', 'x'])).toHaveLength(2)
})

test('long numbers that became powers of ten, unless the column is measured', async () => {
  const kind = 'scientific notation'
  const long = times(20, (i) => `12345678901${i}`)
  expect(await damage([...long, '1.23E+11', '1.2e+30', '1E+12'])).toEqual([
    [21, kind],
    [22, kind],
    [23, kind],
  ])
  expect(await damage([...long, '1.23E+10', '1.2E+31', '1.23E-11', '1.23456789E+12', '1.23E11'])).toEqual([])
  // One in five shorter numbers makes a measurement, whatever the length of the others.
  expect(await damage([...times(4, () => '7.25'), ...texts(15), '1.23E+11'])).toEqual([])
  expect(await damage([...times(3, () => '7.25'), ...texts(16), '1.23E+11'])).toEqual([[20, kind]])
  expect(await damage([...times(4, () => '7.25'), ...texts(15), '1.23E+11'], 'patient_id')).toEqual([[20, kind]])
  expect(await damage([...times(4, () => '7.25'), ...texts(15), '1.23E+11'], { type: 'number' })).toEqual([])
  // Of one digit after the point they are results of a laboratory.
  expect(await damage([...texts(20), '1.2E+11', '2.3E+11'])).toEqual([])
  expect(await damage([...texts(20), '1.2E+11', '2.34E+11'])).toHaveLength(2)
})

test('digits after the fifteenth that are zeros, and serial numbers of days among dates', async () => {
  const cut = 'digits after the fifteenth are zeros'
  const zeros = (count: number): string[] => times(count, (i) => `12345678901234${i}00`)
  expect(await damage(zeros(5))).toEqual([[0, cut, 5, 5]])
  expect(await damage(zeros(4))).toEqual([])
  expect(await damage([...zeros(9), '12345678901234567'])).toEqual([[0, cut, 9, 10]])
  expect(await damage([...zeros(8), '12345678901234567'])).toEqual([])
  expect(await damage([...times(5, (i) => `12345678901234${i}`)])).toEqual([])
  const serial = 'serial numbers of days among dates'
  expect(await damage([...times(5, day), '43831', '20000', '59999', '60000', '19999'])).toEqual([[0, serial, 3, 1462]])
  expect(await damage([...times(5, day), '43831', ...texts(5)])).toEqual([])
  expect(await damage([...times(5, day), '43831', ...texts(4)])).toEqual([[0, serial, 1, 1462]])
  expect(await damage(['43831', ...texts(4)], { type: 'date' })).toEqual([[0, serial, 1, 1462]])
})
