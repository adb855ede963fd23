/** Messy tables cut anywhere, tasks in any order: the profile is that of one alone. */
import { expect } from 'vitest'
import { profileDocument } from '../../src/core/data/profile/document.ts'
import { type ProfileResult, profile } from '../../src/core/data/profile/profile.ts'
import { finish } from '../../src/core/operation.ts'
import { counterRandom, shuffled } from './counter-random.ts'
import { profileInTasks } from './in-tasks.ts'
import { messyTables } from './messy-tables.ts'

export async function sameProfile(seed: number, records: number): Promise<void> {
  const draw = counterRandom(seed * 11 + 3)
  const { inputs } = messyTables(seed, records)
  const input = { inputs, groups: { date: draw(2) === 0 ? 'started' : 'born', site: 'name' } }
  const size = Math.max(...inputs.map(({ source }) => source.size))
  const alone = await finish(profile(input, new AbortController().signal))
  const { result } = await profileInTasks(input, {
    blockBytes: Math.max(40, Math.floor(size / (1 + draw(12)))),
    partitions: 1,
    processes: 1 + draw(2),
    order: (tasks) => shuffled(tasks, draw),
  })
  expect(written(result), `seed ${seed}`).toBe(written(alone))
}

function written(result: ProfileResult): string {
  return JSON.stringify(profileDocument(result, { version: '1', paths: [], reveal: true }), null, 1)
}
