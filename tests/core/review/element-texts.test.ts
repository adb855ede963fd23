import { expect, test } from 'vitest'
import { elementTexts } from '../../../src/core/review/chart/element-texts.ts'

const texts = (resource: Parameters<typeof elementTexts>[0], type: string) => elementTexts(resource, type).map(({ text }) => text)

test('days inside a composed text are written as on the rest of the chart, and words of a note stay as they are', () => {
  expect(texts({ period: { start: '2025-12-22' } }, 'Encounter')).toEqual(['from 22-Dec-2025'])
  expect(texts({ period: { start: '2025-12-22T08:30:00+01:00', end: '2026-01' } }, 'Encounter')).toEqual([
    '22-Dec-2025 08:30 +01:00 to Jan-2026',
  ])
  expect(texts({ period: { end: '2025-12-22' } }, 'Encounter')).toEqual(['until 22-Dec-2025'])
  expect(texts({ note: [{ text: 'Seen on 2025-12-22', time: '2025-12-23' }] }, 'Condition')).toEqual([
    'Seen on 2025-12-22 · 23-Dec-2025',
  ])
})
