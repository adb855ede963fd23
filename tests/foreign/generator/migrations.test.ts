import { expect, test } from 'vitest'
import { makeMigration } from './migration.ts'
import { ownOutput } from './own-output.ts'
import { summarise, summaryText } from './summary.ts'

/** Some of the 200 of `migrations.long.test.ts`: what was reached stays reached. */
const seeds = [1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14]

test('foreign migrations are clean where they ought to be, and damage is found with nothing beside it', async () => {
  const summary = await summarise(seeds)
  const words = summaryText(summary)
  expect(summary.clean, words).toBe(seeds.length)
  expect(summary.found, words).toBe(summary.planted)
  expect(summary.falseRows, words).toBe(0)
})

test.each([1, 2, 11, 12, 27])('what map writes of migration %d reconciles with what it was made of', async (seed) => {
  const { rejected, verdict, clean } = await ownOutput(makeMigration(seed))
  expect([rejected, verdict.unaccounted, verdict.unexplained, clean]).toEqual([0, 0, 0, true])
})
