import { expect, test } from 'vitest'
import { clinicalDate } from '../../../../src/core/review/display-rules/clinical-date.ts'
import { visibleParts } from '../../../../src/core/visible-text.ts'

test('clinical dates have their month in letters; other text stays as written', () => {
  expect(clinicalDate('2019-02-03')).toBe('03-Feb-2019')
  expect(clinicalDate('2026-01-12T08:30:00+01:00')).toBe('12-Jan-2026 08:30 +01:00')
  expect(clinicalDate('2019-02')).toBe('Feb-2019')
  expect(clinicalDate('2026-01-12T08:30:00.5Z')).toBe('12-Jan-2026 08:30 UTC')
  expect(clinicalDate('02/03/2019')).toBe('02/03/2019')
  expect(clinicalDate('seen 2019-02-03')).toBe('seen 2019-02-03')
  expect(clinicalDate('2019')).toBe('2019')
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
