/** States of profiles: what a plain reading of the same cells gives, merged in any order, shuffled, chunked and encoded in any way. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fingerprint } from '../../../../src/core/data/columns/fingerprint.ts'
import { HyperLogLog } from '../../../../src/core/data/columns/hyper-log-log.ts'
import { mergeTable } from '../../../../src/core/data/columns/table-profiler.ts'
import { chunkedSource } from '../reading.ts'
import { csvOf, plainly, profilesOf, stateOf } from './states.ts'

const runs = process.env.LONG ? 2000 : 60
const cell = fc.oneof(
  fc.constantFrom(
    '',
    'N/A',
    'true',
    'false',
    '0',
    '007',
    '-3.50',
    '1e3',
    '12345678901234567890',
    '99',
    '"',
    'a\r\nb',
    'é',
    'Müller',
  ),
  fc.constantFrom('2020-02-29', '2019-02-29', '03/04/1990', '28/02/1990', '20200131', '2020-01-31T10:00:00Z', '31.12.1999'),
  fc.integer().map(String),
  fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 0, max: 99 })).map(([a, b]) => `${a}.${b}`),
  fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => text.replaceAll('\u0000', '')),
  fc.constantFrom('x', 'long ').map((text) => text.repeat(60)),
)
const row = fc.tuple(cell, cell, fc.constantFrom('north', 'south', ''))
const rows = fc.array(row, { minLength: 1, maxLength: 60 })
const header = ['a', 'b', 'site']
const groups = { site: 'site' }

const profilesOfRows = async (list: readonly (readonly string[])[]) =>
  profilesOf(await stateOf(csvOf(header, list), plainly, groups))

describe('a profile', () => {
  test('counts what a plain reading of the cells counts', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const profiles = await profilesOfRows(list)
        profiles.forEach((profile, column) => {
          const cells = list.map((cells) => cells[column] ?? '')
          const filled = cells.filter((text) => text !== '')
          expect(profile.total).toBe(cells.length)
          expect(profile.filled).toBe(filled.length)
          expect(profile.nulls.empty ?? 0).toBe(cells.length - filled.length)
          expect(profile.distinct).toBe(new Set(filled).size)
          const lengths = filled.map((text) => [...text].length)
          expect(profile.length).toEqual({ min: filled.length === 0 ? 0 : Math.min(...lengths), max: Math.max(0, ...lengths) })
          expect(profile.lengths.bytes.reduce((sum, [length, n]) => sum + length * n, 0)).toBe(
            filled.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
          )
          expect(profile.text.nonAscii).toBe(filled.filter((text) => /\P{ASCII}/u.test(text)).length)
          expect(profile.types.integer ?? 0).toBe(filled.filter((text) => /^[-+]?\d+$/.test(text)).length)
          expect(profile.types.boolean ?? 0).toBe(filled.filter((text) => text === 'true' || text === 'false').length)
          const top = profile.top?.values ?? []
          for (const { value, count } of top) expect(filled.filter((text) => text === value).length).toBe(count)
          expect((profile.top?.folded.count ?? 0) + top.reduce((sum, { count }) => sum + count, 0)).toBe(filled.length)
          if (profile.distinct > 1) expect(profile.top?.folded.groups).not.toBe(1)
        })
      }),
      { numRuns: runs },
    )
  })

  test('sums decimals exactly and finds their ends, whatever their size', async () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 20 }))
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 1, maxLength: 50 }), async (list) => {
        const texts = list.map(([digits, places]) => written(digits, places))
        const [profile] = profilesOf(
          await stateOf(
            csvOf(
              ['n'],
              texts.map((text) => [text]),
            ),
          ),
        )
        const total = list.reduce((sum, [digits, places]) => sum + digits * 10n ** BigInt(20 - places), 0n)
        expect(profile?.numbers?.sum).toBe(
          written(total, 20).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros.replace(/0+$/, ''))),
        )
        const scaled = list.map(([digits, places]) => digits * 10n ** BigInt(20 - places))
        const least = scaled.reduce((a, b) => (b < a ? b : a))
        const most = scaled.reduce((a, b) => (b > a ? b : a))
        expect(scaled[texts.indexOf(profile?.min ?? '')]).toBe(least)
        expect(scaled[texts.indexOf(profile?.max ?? '')]).toBe(most)
      }),
      { numRuns: runs },
    )
  })

  test('gives quantiles within one percent', async () => {
    const number = fc.double({ min: 1e-6, max: 1e9, noNaN: true }).map((n) => Number(n.toPrecision(12)))
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 300 }), async (list) => {
        const [profile] = profilesOf(
          await stateOf(
            csvOf(
              ['n'],
              list.map((n) => [String(n)]),
            ),
          ),
        )
        const sorted = [...list].sort((a, b) => a - b)
        const quantiles = profile?.numbers?.quantiles
        for (const [q, value] of [
          [0.25, quantiles?.p25],
          [0.5, quantiles?.p50],
          [0.99, quantiles?.p99],
        ] as const) {
          const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0
          expect(Math.abs((value ?? 0) - exact) / exact).toBeLessThanOrEqual(0.01)
        }
      }),
      { numRuns: runs },
    )
  })

  test('is the same for shuffled rows', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.infiniteStream(fc.nat()), async (list, random) => {
        const shuffled = list.map((cells) => ({ cells, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at)
        expect(await profilesOfRows(shuffled.map(({ cells }) => cells))).toEqual(await profilesOfRows(list))
      }),
      { numRuns: runs },
    )
  })

  test('is the same for every chunking and in every encoding', async () => {
    const latin = fc.string({ maxLength: 8, unit: fc.constantFrom(...'abcXYZ 09.-/"éüßñ€’') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(latin, latin), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (list, size) => {
          const text = csvOf(['a', 'b'], list)
          const expected = profilesOf(await stateOf(text))
          const chunked = chunkedSource('t.csv', new TextEncoder().encode(text), [size])
          expect(profilesOf(await stateOf(chunked))).toEqual(expected)
          const windows = Uint8Array.from(text, (char) => (char === '€' ? 0x80 : char === '’' ? 0x92 : char.charCodeAt(0)))
          expect(profilesOf(await stateOf(windows, { ...plainly, encoding: 'windows-1252' }))).toEqual(expected)
          const wide = new Uint8Array(Buffer.from(text, 'utf16le'))
          expect(profilesOf(await stateOf(wide, { ...plainly, encoding: 'utf-16le' }))).toEqual(expected)
        },
      ),
      { numRuns: runs / 2 },
    )
  })
})

describe('records of a block', () => {
  test('give the profile that they give one by one', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom({}, groups), async (list, by) => {
        const text = csvOf(header, list)
        const alone = profilesOf(await stateOf(text, plainly, by, false))
        expect(profilesOf(await stateOf(text, plainly, by))).toEqual(alone)
      }),
      { numRuns: runs },
    )
  })

  test('beyond the limit of counted values, too', async () => {
    const list = Array.from({ length: 25_000 }, (_, i) => [
      String(i * 7),
      `20${10 + (i % 80)}-0${1 + (i % 9)}-1${i % 10}T0${i % 10}:${10 + (i % 50)}:${10 + ((i * 7) % 50)}Z`,
      i % 5 === 0 ? `P${i}` : 'NA',
      // Days of their own until they are no longer counted by value, then some again and again; and cells that name none.
      i % 701 === 0
        ? (['1980-02-30', '02/03/1980', 'soon'][i % 3] ?? '')
        : new Date(Math.min(i, 19_000 + (i % 40)) * 86_400_000).toISOString().slice(0, 10),
      `said "${['yes', 'no', 'não'][i % 3]}" ${i % 11}`,
    ])
    const text = csvOf(['id', 'at', 'code', 'day', 'said'], list)
    const alone = profilesOf(await stateOf(text, plainly, {}, false))
    expect(profilesOf(await stateOf(text))).toEqual(alone)
    expect(alone.map(({ distinctIsExact }) => distinctIsExact)).toEqual([false, true, true, false, true])
    expect(alone[3]?.types.date).toBe(25_000 - Math.ceil(25_000 / 701))
  })
})

describe('states of parts', () => {
  test('merge to the state of the whole, in any order and grouping', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), async (parts, random) => {
        const whole = await profilesOfRows(parts.flat())
        const states = await Promise.all(parts.map((part) => stateOf(csvOf(header, part), plainly, groups)))
        while (states.length > 1) {
          const [one] = states.splice((random.next().value ?? 0) % states.length, 1)
          const at = (random.next().value ?? 0) % states.length
          const other = states[at]
          if (one && other) states[at] = mergeTable(other, one)
        }
        const [merged] = states
        expect(merged && profilesOf(merged)).toEqual(whole)
      }),
      { numRuns: runs },
    )
  })

  test('overflow together although each part is exact', async () => {
    const rowsFrom = (from: number, to: number): string[][] =>
      Array.from({ length: to - from }, (_, i) => [`value ${((from + i) * 7919) % 14_000}`])
    const whole = profilesOf(await stateOf(csvOf(['v'], rowsFrom(0, 21_000))))
    const cuts = [0, 6000, 9000, 15_000, 21_000]
    const parts = await Promise.all(cuts.slice(1).map((to, i) => stateOf(csvOf(['v'], rowsFrom(cuts[i] ?? 0, to)))))
    const merged = parts.reverse().reduce(mergeTable)
    expect(profilesOf(merged)).toEqual(whole)
    expect(whole[0]?.distinctIsExact).toBe(false)
    expect(Math.abs((whole[0]?.distinct ?? 0) - 14_000)).toBeLessThan(14_000 * 0.03)
    expect(whole[0]?.top).toBeNull()
  })
})

test('the sketch stays within three standard errors at sequential numbers, padded numbers and words', () => {
  const encoder = new TextEncoder()
  const fingerprint = new Fingerprint()
  for (const form of [(i: number) => String(i), (i: number) => String(i).padStart(12, '0'), (i: number) => `patient-${i}@ward`])
    for (const n of [20_000, 200_000]) {
      const sketch = new HyperLogLog()
      for (let i = 0; i < n; i++) {
        const bytes = encoder.encode(form(i))
        fingerprint.of(bytes, 0, bytes.length)
        sketch.add(fingerprint.a, fingerprint.b)
      }
      expect(Math.abs(sketch.estimate() - n) / n).toBeLessThan(0.0244)
    }
})

test('values that differ in two characters only have fingerprints of their own', () => {
  const encoder = new TextEncoder()
  const fingerprint = new Fingerprint()
  const signs = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
  for (const form of [
    (x: string, y: string) => `Lab${x}Var${y}`,
    (x: string, y: string) => `P${x}T-00${y}-${x}`,
    (x: string, y: string) => `${x}${y}`,
  ]) {
    const seen = new Set<string>()
    for (const x of signs)
      for (const y of signs) {
        const bytes = encoder.encode(form(x, y))
        fingerprint.of(bytes, 0, bytes.length)
        seen.add(`${fingerprint.a} ${fingerprint.b}`)
      }
    expect(seen.size).toBe(signs.length ** 2)
  }
})

/** A decimal as people write it. */
function written(digits: bigint, places: number): string {
  const size = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0')
  const whole = size.slice(0, size.length - places)
  return `${digits < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${size.slice(size.length - places)}`}`
}
