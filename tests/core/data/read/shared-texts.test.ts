/** Shared texts of a workbook as bytes: each is given back as it was put in. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SharedTexts } from '../../../../src/core/data/read/containers/shared-texts.ts'

const texts = fc.array(
  fc.oneof(
    fc.constantFrom('', 'a', 'code', 'Müller', '\ufeffmark', 'x'.repeat(256), 'ж'.repeat(256), 'x'.repeat(257)),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
  ),
  { maxLength: 200 },
)

test('each text is given back by its number', () => {
  fc.assert(
    fc.property(texts, (given) => {
      const kept = new SharedTexts()
      for (const text of given) kept.add(text)
      expect(given.map((_, at) => kept.at(at))).toEqual(given)
      expect(given.map((_, at) => kept.at(at))).toEqual(given)
      expect([kept.count, kept.at(given.length), kept.at(-1), kept.at(Number.NaN)]).toEqual([given.length, '', '', ''])
    }),
  )
})

test('texts longer than a block, and more of them than are known again', () => {
  const kept = new SharedTexts()
  const long = 'ä'.repeat(3 << 20)
  const given = [
    long,
    'a',
    long.slice(1),
    ...Array.from({ length: 200_000 }, (_, at) => `text ${at % 150_000}`),
    'b'.repeat(1 << 20),
  ]
  for (const text of given) kept.add(text)
  expect(given.findIndex((text, at) => kept.at(at) !== text)).toBe(-1)
})

test('a text that stands there a million times is kept once', () => {
  const kept = new SharedTexts()
  for (let at = 0; at < 1_000_000; at++) kept.add(`code ${at % 10}`)
  expect(kept.bytes).toBe(60)
  expect(kept.at(999_999)).toBe('code 9')
  for (const text of ['Заключение', '患者の記録と検査の結果', 'x'.repeat(200)]) {
    const other = new SharedTexts()
    for (let at = 0; at < 1_000; at++) other.add(text)
    expect([other.bytes, other.at(999)]).toEqual([new TextEncoder().encode(text).length, text])
  }
})
