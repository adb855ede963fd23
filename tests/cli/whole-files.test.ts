/** Some of the writers; `whole-files.long.test.ts` tries them all. */
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tryFaults } from './whole-files.ts'
import { writersFolder } from './writers.ts'

test('a kill or a full disk at any step leaves the old file or the new one whole', () => {
  const folder = writersFolder()
  const { kills, full, wrong } = tryFaults(folder, (name) => ['validate --reveal', 'simulate --log'].includes(name))
  rmSync(folder.inputs, { recursive: true, force: true })
  expect(wrong).toEqual([])
  expect([kills >= 8, full >= 8]).toEqual([true, true])
})
