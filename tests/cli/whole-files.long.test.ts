/** Every writer of the command line, killed and without room at each of its steps. */
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tryFaults } from './whole-files.ts'
import { writersFolder } from './writers.ts'

test('no writer leaves a file that is neither old nor whole', { timeout: 3_600_000 }, () => {
  const folder = writersFolder()
  const { kills, full, wrong } = tryFaults(folder, () => true, process.env.FAULTS?.split(' '))
  rmSync(folder.inputs, { recursive: true, force: true })
  console.log(
    `files: ${kills} kills and ${full} full disks at the moment of writing, ${wrong.length} files neither old nor whole`,
  )
  expect(wrong).toEqual([])
})
