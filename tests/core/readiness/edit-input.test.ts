/** Small changes of input files: only what was asked for changes, whatever the cells hold. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordsOf, withCell, withColumnNames, withRecords } from '../../../src/core/readiness/input-files/edit-input.ts'
import { inputFiles } from '../../../src/core/readiness/input-files/files.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'

const cell = fc.stringMatching(/^[a-z ",;\n]{0,8}$/).map((text) => text.trim())
const table = fc
  .array(fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), cell), { minLength: 1, maxLength: 5 })
  .map((rows) => ['a,b', ...rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))].join('\n'))

test('records come behind those that were there, which keep their cells; new columns are empty in them', () => {
  fc.assert(
    fc.property(table, cell, (content, text) => {
      const before = recordsOf(content)
      const after = recordsOf(
        withRecords(content, [
          new Map([
            ['a', 'x'],
            ['c', text],
          ]),
        ]),
      )
      expect(after.slice(0, -1)).toEqual(before.map((record) => new Map([...record, ['c', '']])))
      expect(after.at(-1)).toEqual(
        new Map([
          ['a', 'x'],
          ['b', ''],
          ['c', text],
        ]),
      )
    }),
    { numRuns: 100 },
  )
})

test('one cell is set by place and column, and no other changes', () => {
  fc.assert(
    fc.property(table, fc.nat(), cell, (content, pick, text) => {
      const before = recordsOf(content)
      const at = pick % before.length
      const after = recordsOf(withCell(content, at, 'b', text))
      expect(after).toEqual(before.map((record, index) => (index === at ? new Map([...record, ['b', text]]) : record)))
    }),
    { numRuns: 100 },
  )
})

test('a file with other names of columns is read after they were told', () => {
  const content = 'Task,Who,System,Began,Sec\nvitals,Nurse,new,2026-09-03T09:00:00Z,41\n'
  expect(readInput(inputFiles.observations, content).missing).toEqual(['task_id', 'role', 'started_at', 'seconds'])
  const names = new Map([
    ['task_id', 'Task'],
    ['role', 'Who'],
    ['started_at', 'Began'],
    ['seconds', 'Sec'],
  ])
  expect(readInput(inputFiles.observations, withColumnNames(content, names)).rows).toMatchObject([
    { task_id: 'vitals', role: 'Nurse', seconds: 41 },
  ])
})
