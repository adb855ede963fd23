import { expect, test } from 'vitest'
import { uncountedWords } from '../../../../src/app/routes/data/sources/reading-words.ts'

test('records whose cells are not counted are named, and only those', () => {
  expect(uncountedWords(7, 6)).toBe('Of 7 records, 1 with too few or too many cells is not counted here.')
  expect(uncountedWords(9, 6)).toBe('Of 9 records, 3 with too few or too many cells are not counted here.')
  expect(uncountedWords(6, 6)).toBeNull()
})
