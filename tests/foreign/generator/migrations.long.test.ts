import { expect, test } from 'vitest'
import { makeMigration } from './migration.ts'
import { ownOutput } from './own-output.ts'
import { summarise, summaryText } from './summary.ts'

const seeds = Array.from({ length: 200 }, (_, i) => i + 1)

test('200 foreign migrations: clean ones say nothing grave, damage is found and nothing else', {
  timeout: 3_600_000,
}, async () => {
  const summary = await summarise(seeds)
  console.log(summaryText(summary))
  expect(summary.clean).toBe(seeds.length)
  expect(summary.found / summary.planted).toBeGreaterThanOrEqual(0.98)
  expect((summary.rows - summary.falseRows) / summary.rows).toBeGreaterThanOrEqual(0.98)
})

test('what map writes of them reconciles with what it was made of', { timeout: 3_600_000 }, async () => {
  const made = seeds.map(makeMigration).filter(({ choices }) => choices.target === 'fhir')
  const open: number[] = []
  let rejected = 0
  for (const one of made) {
    const own = await ownOutput(one)
    rejected += own.rejected
    if (!own.clean) open.push(one.seed)
  }
  console.log(
    `FOREIGN own output clean: ${made.length - open.length} of ${made.length}, ${rejected} rows rejected (open: ${open.join(', ')})`,
  )
  expect(open).toEqual([])
})
