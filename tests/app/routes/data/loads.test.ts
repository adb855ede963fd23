import { expect, test } from 'vitest'
import { counterpart } from '../../../../src/app/routes/data/acts/loads.ts'
import type { SourceEntry } from '../../../../src/core/data/model/source.ts'

function target(name: string, table: string): SourceEntry {
  return {
    id: name,
    name,
    side: 'target',
    format: 'ndjson',
    table,
    reading: {},
    bytes: 1,
    sha256: null,
    records: null,
    schema: null,
  }
}

const sources = [
  target('Patient.ndjson', 'Patient'),
  target('Condition.ndjson', 'Condition'),
  target('Condition-2.ndjson', 'Condition'),
]

test('a file of an earlier load is the target file of its name, or the only one of its table', () => {
  expect(counterpart('Condition-2.ndjson', sources)?.name).toBe('Condition-2.ndjson')
  expect(counterpart('patient_2026-06.ndjson', sources)?.name).toBe('Patient.ndjson')
})

test('a name that fits two files, or none, is not guessed', () => {
  expect(counterpart('Condition-june.ndjson', sources)).toBeNull()
  expect(counterpart('Outpatient.ndjson', sources)).toBeNull()
})
