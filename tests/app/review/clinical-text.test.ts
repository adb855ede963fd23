import { expect, test } from 'vitest'
import { changedPart, clinicalDate } from '../../../src/app/routes/review/clinical-text.tsx'
import { visibleParts } from '../../../src/core/visible-text.ts'

test('clinical dates have their month in letters; other text stays as written', () => {
  expect(clinicalDate('2019-02-03')).toBe('03-Feb-2019')
  expect(clinicalDate('2026-01-12T08:30:00+01:00')).toBe('12-Jan-2026 08:30 +01:00')
  expect(clinicalDate('02/03/2019')).toBe('02/03/2019')
})

test('characters that a screen would not show are named', () => {
  expect(visibleParts('ab\u200bc')).toEqual([
    { text: 'ab', hidden: false },
    { text: 'U+200B zero-width space', hidden: true },
    { text: 'c', hidden: false },
  ])
  expect(visibleParts('5 \u202emg')[1]).toEqual({ text: 'U+202E right-to-left override', hidden: true })
  expect(visibleParts('Åsa Müller, שלום\nline two').every((part) => !part.hidden)).toBe(true)
})

test('only the words that differ are marked', () => {
  expect(changedPart('5000 mg twice a day', '500 mg twice a day')).toEqual(['', '5000', ' mg twice a day'])
  expect(changedPart('Penicillin G', 'Penicillin')).toEqual(['Penicillin ', 'G', ''])
  expect(changedPart('same', 'same')).toEqual(['same', '', ''])
})
