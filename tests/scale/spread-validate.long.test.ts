/** A thousand messy pairs of tables in random cuts, and tables long enough that their columns are watched by sample. */
import { expect, test } from 'vitest'
import { validate } from '../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { comparable, validateInTasks } from './in-tasks.ts'
import { messyTables } from './messy-tables.ts'
import { sameReport } from './random-cuts.ts'

test('1,000 random cuts', { timeout: 7_200_000 }, async () => {
  for (let seed = 0; seed < 1000; seed++) expect(await sameReport(seed, 20 + ((seed * 37) % 400))).toEqual([])
})

test('tables of 90,000 and 30,000 records', { timeout: 300_000 }, async () => {
  const input = messyTables(99, 90_000)
  const alone = await finish(validate(input, new AbortController().signal))
  const { result } = await validateInTasks(input, { blockBytes: 400_000, partitions: 3 })
  expect(comparable(result)).toBe(comparable(alone))
})

test('a table so long that its sample is thinned', { timeout: 300_000 }, async () => {
  const rows = Array.from(
    { length: 2_200_000 },
    (_, i) => `${i},${i % 8 === 0 ? '9999' : i % 977},${i % 50_001 === 0 ? ' x' : 'x'}`,
  )
  const source = bytesSource('long.csv', new TextEncoder().encode(`id,amount,code\n${rows.join('\n')}\n`))
  const schema = { fields: [{ name: 'id' }, { name: 'amount', type: 'integer' }, { name: 'code' }] }
  const input = { inputs: [{ source, side: null, format: null, table: 'long', reading: {}, schema }] }
  const alone = await finish(validate(input, new AbortController().signal))
  expect(alone.findings.length).toBeGreaterThan(0)
  const { result } = await validateInTasks(input, { blockBytes: 7_000_000, partitions: 2 })
  expect(comparable(result)).toBe(comparable(alone))
})
