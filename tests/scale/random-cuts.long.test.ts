/** A thousand profiles, reconciliations and mappings, cut at random, tasks in any order. */
import { expect, test } from 'vitest'
import { sameFiles } from './random-maps.ts'
import { sameProfile } from './random-profiles.ts'
import { sameAccount } from './random-reconciliations.ts'

test('1,000 profiles', { timeout: 7_200_000 }, async () => {
  for (let seed = 0; seed < 1000; seed++) await sameProfile(seed, 20 + ((seed * 37) % 300))
})

test('1,000 reconciliations', { timeout: 7_200_000 }, async () => {
  let found = 0
  for (let seed = 0; seed < 1000; seed++) found += (await sameAccount(seed, 4 + ((seed * 37) % 80))).length
  expect(found).toBeGreaterThan(4000)
})

test('1,000 mappings', { timeout: 7_200_000 }, async () => {
  let rejected = 0
  for (let seed = 0; seed < 1000; seed++) {
    const { result } = await sameFiles(seed, 4 + ((seed * 37) % 80))
    rejected += result.tables.reduce((sum, one) => sum + one.rejected, 0)
  }
  expect(rejected).toBeGreaterThan(10_000)
})
