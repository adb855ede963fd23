/** Masked profiles: no value of a cell in any format, and small groups can not be found by subtraction. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profileDocument } from '../../../../src/core/data/profile/document.ts'
import { maskedProfile } from '../../../../src/core/data/profile/masked-profile.ts'
import { profile } from '../../../../src/core/data/profile/profile.ts'
import { profileFormats } from '../../../../src/core/data/profile/report.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { csvOf, plainly, profilesOf, stateOf } from '../columns/states.ts'
import { signal } from '../reading.ts'

const canary = fc
  .tuple(fc.constantFrom('Zyxwv', 'ÖsterQ', '8675309', '1931-07-13', '4711.17', '-31337'), fc.nat({ max: 9999 }))
  .map(([word, n]) => `${word}${/\d$/.test(word) ? String(n).padStart(4, '0') : n}`)

test('no value stands in a masked profile, in any format', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(canary, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      async (values, times) => {
        const rows = values.flatMap((value) => Array.from({ length: times }, (_, i) => [`r${i}`, value]))
        const source = bytesSource('t.csv', new TextEncoder().encode(csvOf(['id', 'v'], rows)))
        const input = { source, side: null, format: null, table: 't', reading: plainly, schema: null }
        const result = await finish(profile({ inputs: [input] }, signal))
        const masked = profileDocument(result, { version: '1', paths: ['t.csv'], reveal: false })
        const shown = profileDocument(result, { version: '1', paths: ['t.csv'], reveal: true })
        for (const write of profileFormats.values()) for (const value of values) expect(write(masked)).not.toContain(value)
        expect(values).toContain(shown.fields[1]?.min)
      },
    ),
    { numRuns: process.env.LONG ? 500 : 40 },
  )
})

test('a first record that was taken for the header is called by numbers, in any format', async () => {
  const text = `Zuckerberg,Tibor\n${Array.from({ length: 30 }, (_, i) => `Name${i},Other${i % 3}`).join('\n')}\n`
  const source = bytesSource('people.csv', new TextEncoder().encode(text))
  const of = async (reading: object, schema: object | null) => {
    const input = { source, side: null, format: null, table: 'people', reading, schema: schema as null }
    return await finish(profile({ inputs: [input] }, signal))
  }
  const choices = { version: '1', paths: ['people.csv'], reveal: false, numberColumns: true }
  const masked = profileDocument(await of({}, null), choices)
  expect(masked.fields.map(({ field }) => field)).toEqual(['column 1', 'column 2'])
  expect(masked.suggested).toMatchObject({
    resources: [{ name: 'people', schema: { fields: [{ name: 'column 1' }, { name: 'column 2' }] } }],
  })
  for (const write of profileFormats.values()) {
    expect(write(masked)).not.toMatch(/Zuckerberg|Tibor/)
    expect(write(masked)).toContain('column 2')
  }
  for (const format of ['text', 'markdown'])
    expect(profileFormats.get(format)?.(masked)).toContain('Columns that nobody declared have numbers')
  // What a schema declares is a name, and what stands in a row that a person chose.
  const declared = { fields: [{ name: 'Tibor', type: 'string' }] }
  const names = async (...given: Parameters<typeof of>) =>
    profileDocument(await of(...given), choices).fields.map(({ field }) => field)
  expect(await names({}, declared)).toEqual(['column 1', 'Tibor'])
  expect(await names({ headerRows: 1 }, null)).toEqual(['Zuckerberg', 'Tibor'])
  expect(profileDocument(await of({}, null), { ...choices, reveal: true }).fields[0]?.field).toBe('Zuckerberg')
})

describe('frequent values', () => {
  const column = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).flatMap(([value, n]) => Array.from({ length: n }, () => [value]))

  test('under eleven cells are folded, at least two at a time', async () => {
    const [one] = profilesOf(await stateOf(csvOf(['v'], column({ a: 50, b: 30, c: 3 }))))
    expect(one?.top).toEqual({ values: [{ value: 'a', count: 50 }], folded: { groups: 2, count: 33 } })
    const [two] = profilesOf(await stateOf(csvOf(['v'], column({ a: 50, b: 30, c: 3, d: 2 }))))
    expect(two?.top?.values.map(({ value }) => value)).toEqual(['a', 'b'])
    expect(two?.top?.folded).toEqual({ groups: 2, count: 5 })
  })

  test('hide sites with few records among the groups', async () => {
    const rows = [...Array(40).fill(['x', 'north']), ...Array(12).fill(['', 'south']), ...Array(3).fill(['x', 'jetty'])]
    const [field] = profilesOf(await stateOf(csvOf(['v', 'site'], rows), plainly, { site: 'site' }))
    expect(field?.groups).toEqual([
      { by: 'site', value: 'north', filled: 40, records: 40 },
      { by: 'site', value: null, filled: 3, records: 15 },
    ])
  })
})

test('shapes of few cells are folded where values are masked, at least two at a time', async () => {
  const stateOfShapes = await stateOf(csvOf(['v'], [['x']]))
  const shaped = (patterns: readonly { readonly shape: string; readonly count: number }[]) => {
    const [field] = profilesOf(stateOfShapes)
    if (!field) throw new Error('no field')
    return maskedProfile({ ...field, patterns })
  }
  const of = (shape: string, count: number) => ({ shape, count })
  expect(shaped([of('A9', 50), of('9', 20), of('a-a', 1)])).toMatchObject({
    patterns: [of('A9', 50)],
    foldedPatterns: { groups: 2, count: 21 },
  })
  expect(shaped([of('A9', 50), of('9', 10), of('a-a', 1)])).toMatchObject({
    patterns: [of('A9', 50)],
    foldedPatterns: { groups: 2, count: 11 },
  })
  expect(shaped([of('A9', 50), of('9', 11)]).foldedPatterns).toBeUndefined()
  expect(shaped([of('A9', 3)])).toMatchObject({ patterns: [], foldedPatterns: { groups: 1, count: 3 } })
})

test('what was folded is told in words beside a shape, and not at all without one', async () => {
  const textOf = async (cells: readonly string[]) => {
    const source = bytesSource('t.csv', new TextEncoder().encode(`code\n${cells.join('\n')}\n`))
    const input = { source, side: null, format: null, table: 't', reading: { headerRows: 1 }, schema: null }
    const found = await finish(profile({ inputs: [input] }, signal))
    const document = profileDocument(found, { version: '1', paths: ['t.csv'], reveal: false })
    return (profileFormats.get('text')?.(document) ?? '').split('\n').filter((line) => line.includes('shape'))
  }
  const many = Array.from({ length: 50 }, (_, i) => `A${i % 10}`)
  expect(await textOf([...many, ...Array.from({ length: 12 }, (_, i) => `B-${i % 10}`), 'x', '17'])).toEqual([
    '    shapes: A9 ×50, A-9 ×12; 2 cells in 2 other shapes',
  ])
  expect(await textOf(['A1', 'A2', 'A3', 'A4'])).toEqual([])
})

test('numbers with a decimal comma are counted as such, and days with the number of their month in no order', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i},${i % 10};${String(1 + (i % 20)).padStart(2, '0')}.0${1 + (i % 3)}.2020`,
  )
  const source = bytesSource('t.csv', new TextEncoder().encode(`value;day\n${rows.join('\n')}\n`))
  const input = { source, side: null, format: null, table: 't', reading: { headerRows: 1 }, schema: null }
  const { fields } = await finish(profile({ inputs: [input] }, signal))
  expect(fields[0]?.types).toEqual({ 'number with decimal comma': 60 })
  // The 1st of January, the 2nd of February and the 3rd of March read the same both ways.
  const same = rows.filter((row) => /;0(\d)\.0\1\./.test(row)).length
  const order = fields[1]?.dates?.order
  expect(same).toBeGreaterThan(0)
  expect((order?.dayFirst ?? 0) + (order?.monthFirst ?? 0) + (order?.either ?? 0)).toBe(60 - same)
})

test('a column with both decimal marks counts both, and grouped thousands are no fractions', async () => {
  const typesOf = async (cells: readonly string[]) => {
    const source = bytesSource('t.csv', new TextEncoder().encode(`value;n\n${cells.map((cell) => `${cell};a`).join('\n')}\n`))
    const input = { source, side: null, format: null, table: 't', reading: { headerRows: 1 }, schema: null }
    return (await finish(profile({ inputs: [input] }, signal))).fields[0]?.types
  }
  const cells = (text: (i: number) => string) => Array.from({ length: 30 }, (_, i) => text(i))
  const mixed = [...cells((i) => `${i},5`), ...cells((i) => `${i}.5`)]
  expect(await typesOf(mixed)).toEqual({ 'number with decimal comma': 30, number: 30 })
  const grouped = [...cells((i) => `1.${200 + i},5`), ...cells((i) => `1.${200 + i}`)]
  expect(await typesOf(grouped)).toEqual({ 'number with decimal comma': 60 })
})

test('completeness goes by year and month of a declared date', async () => {
  const rows = [
    ...Array(20).fill(['1', '2019-12-31']),
    ...Array(15).fill(['', '01/02/2020']),
    ...Array(11).fill(['1', '2020-01-05']),
  ]
  const [field] = profilesOf(await stateOf(csvOf(['v', 'on'], rows), plainly, { date: 'on', dateOrder: 'month-first' }))
  expect(field?.groups).toEqual([
    { by: 'year', value: '2019', filled: 20, records: 20 },
    { by: 'year', value: '2020', filled: 11, records: 26 },
    { by: 'month', value: '2019-12', filled: 20, records: 20 },
    { by: 'month', value: '2020-01', filled: 11, records: 26 },
  ])
})

describe('numbers that may mean nothing', () => {
  test('are proposed where they stand apart, and stay values', async () => {
    const heights = Array.from({ length: 300 }, (_, i) => [String(140 + (i % 50))])
    const [field] = profilesOf(
      await stateOf(csvOf(['height'], [...heights, ...Array(60).fill(['999']), ...Array(40).fill(['-9'])])),
    )
    expect(field?.numbers?.sentinels).toEqual([
      { value: '-9', count: 40 },
      { value: '999', count: 60 },
    ])
    expect(field?.filled).toBe(400)
  })

  test('are not proposed where 99 is one number among others', async () => {
    const ages = Array.from({ length: 600 }, (_, i) => [String(i % 100)])
    const [field] = profilesOf(await stateOf(csvOf(['age'], ages)))
    expect(field?.numbers?.sentinels).toEqual([])
  })
})

test('a suggested schema carries the null dictionary, and gives the same reasons back', async () => {
  const text = csvOf(
    ['v', 'allergy'],
    [
      ['1', 'None'],
      ['', 'x'],
      ['N/A', 'y'],
      ['not asked', ''],
      ['pending', 'z'],
    ],
  )
  const source = bytesSource('t.csv', new TextEncoder().encode(text))
  const input = {
    source,
    side: null,
    format: null,
    table: 't',
    reading: { ...plainly, nulls: ['N/A', 'not asked', 'None'] },
    schema: null,
  }
  const first = await finish(profile({ inputs: [input] }, signal))
  expect(first.fields.map(({ nulls }) => nulls)).toEqual([{ empty: 1, 'not-applicable': 1, 'not-asked': 1 }, { empty: 1 }])
  expect(first.fields[0]?.proposedNulls).toEqual([{ token: 'pending', reason: 'temp-unknown', count: 1 }])
  const again = await finish(profile({ inputs: [{ ...input, reading: plainly, schema: first.suggested }] }, signal))
  expect(again.fields).toEqual(first.fields)
})
