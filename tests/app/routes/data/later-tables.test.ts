import { expect, test } from 'vitest'
import { withLaterTables } from '../../../../src/app/routes/data/acts/later-tables.ts'
import type { SourceEntry } from '../../../../src/core/data/model/source.ts'

const visits: SourceEntry = {
  id: 'legacy-visits',
  name: 'visits.csv',
  side: 'legacy',
  format: 'csv',
  table: 'visits',
  reading: { delimiter: ';' },
  bytes: 1,
  sha256: null,
  records: null,
  schema: null,
}

test('each further table that a run found is a source of its own, read from the same file in the same way', () => {
  const inputs = [
    { name: 'visits.csv', side: 'legacy' as const },
    { name: 'visits.csv#2', side: 'legacy' as const },
    { name: 'visits.csv#2', side: 'target' as const },
    { name: 'visits.csv#old', side: 'legacy' as const },
  ]
  const [first, second, ...more] = withLaterTables(visits, inputs)
  expect(first).toBe(visits)
  expect(second).toEqual({ ...visits, name: 'visits.csv#2', table: 'visits#2', reading: { delimiter: ';', tableNumber: 2 } })
  expect(more).toEqual([])
})

test('before a run, and where one table was chosen, a source is one table', () => {
  const chosen = { ...visits, reading: { tableNumber: 2 } }
  expect(withLaterTables(visits, undefined)).toEqual([visits])
  expect(withLaterTables(chosen, [{ name: 'visits.csv#3', side: 'legacy' }])).toEqual([chosen])
})
