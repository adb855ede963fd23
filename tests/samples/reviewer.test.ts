import { expect, test } from 'vitest'
import { reviewerVerdict } from '../../samples/riverside/reviewer.ts'
import { finish } from '../../src/core/operation.ts'
import { pairRecords } from '../../src/core/review/pair/pair.ts'
import { readSample } from './riverside.ts'

test('the invented reader calls planted harm harmful and clean records acceptable', async () => {
  const sample = readSample({ patients: 400 })
  const kinds = ['no-known-allergy-over-reaction', 'dose-times-ten', 'date-swapped', 'denies-allergies']
  const keys = kinds.map((kind) => sample.truth.find((entry) => entry.kind === kind)?.patient ?? '')
  const pairs = await finish(pairRecords({ ...sample.pairInput, keys }, new AbortController().signal))
  const verdicts = pairs.map(reviewerVerdict)
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['harmful', 'harmful', 'wrong', 'acceptable'])
  expect(verdicts[1]?.items.map(({ reason }) => reason)).toEqual(['dose'])
  expect(verdicts[2]?.items.map(({ reason }) => reason)).toEqual(['date'])
  expect(verdicts[3]?.items).toEqual([])
})
