/** Messy tables cut anywhere, tasks in any order: the report is that of one alone. */
import { expect } from 'vitest'
import { validate } from '../../src/core/data/validate/validate.ts'
import { finish } from '../../src/core/operation.ts'
import { counterRandom, shuffled } from './counter-random.ts'
import { comparable, validateInTasks } from './in-tasks.ts'
import { messyTables } from './messy-tables.ts'

/** Gives what the report had to read itself. */
export async function sameReport(seed: number, records: number): Promise<readonly string[]> {
  const draw = counterRandom(seed * 7 + 1)
  const input = messyTables(seed, records)
  const size = Math.max(...input.inputs.map(({ source }) => source.size))
  const alone = await finish(validate(input, new AbortController().signal))
  const { result, readHere } = await validateInTasks(input, {
    blockBytes: Math.max(40, Math.floor(size / (1 + draw(12)))),
    partitions: 1 + draw(5),
    scanned: 1 + draw(4),
    processes: 1 + draw(2),
    order: (tasks) => shuffled(tasks, draw),
  })
  expect(comparable(result), `seed ${seed}`).toBe(comparable(alone))
  return readHere
}
