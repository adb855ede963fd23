/** What may be said of a record that is unaccounted for or unexplained, and how explanations read without the keys of patients. */
import { expect, test } from 'vitest'
import { explainableOf, recordWords, sayableStates } from '../../../../src/app/routes/data/reconcile/explanation-words.ts'
import { readExplanations, writeExplanations } from '../../../../src/core/data/reconcile/account/explanations.ts'
import type { Finding, Sighting } from '../../../../src/core/finding.ts'

const read = [
  {
    id: 'a',
    name: 'visits.csv',
    side: 'legacy',
    format: 'csv',
    table: 'visits',
    bytes: 1,
    sha256: null,
    records: 1,
    schema: null,
    reading: {},
  },
] as const
const at = { kind: 'cell', input: 0, field: null, path: null, record: 17, line: 18, byte: 400, id: null } as const
const finding = (code: string, place: string): Finding => ({
  ...{ code, place, severity: 'error', input: 0, count: 1, denominator: null, patients: 1, sample: [], truncated: false },
  fingerprint: 'f'.repeat(64),
})
const sighting = (code: string, patient?: string): Sighting => ({
  ...{ code, at, evidence: { facts: [] } },
  ...(patient === undefined ? {} : { patient }),
})

test('a lost record is explained for itself, its patient or its table; a difference is not', () => {
  const lost = explainableOf(finding('data/item-lost', 'Encounter'), sighting('data/item-lost', 'MRN-9'), { read })
  expect(lost).toEqual({ side: 'legacy', table: 'visits', records: ['record:17', 'patient:MRN-9', '*'] })
  const stray = explainableOf(finding('data/orphan-target', 'Encounter'), sighting('data/orphan-target'), { read })
  expect(stray).toEqual({ side: 'target', table: 'Encounter', records: ['record:17', '*'] })
  expect(explainableOf(finding('data/field-changed', 'Encounter.period'), sighting('data/field-changed'), { read })).toBeNull()
})

test('every state that can be chosen is read back from the file that keeps it', () => {
  for (const side of ['legacy', 'target'] as const)
    for (const state of sayableStates(side)) {
      const said = {
        side,
        table: 'visits',
        record: 'record:17',
        state,
        into: state === 'merged' ? '9' : '',
        reason: 'agreed',
        by: 'K. Ito',
      }
      expect(readExplanations('explained.csv', writeExplanations([said]))).toEqual({ explained: [said], problems: [] })
    }
})

test('keys of patients are shown as asked for, numbers of records as they are', () => {
  const hidden = () => '•'
  expect(['*', 'record:1204', 'patient:MRN-9', 'MRN-9'].map((record) => recordWords(record, 'visits', hidden))).toEqual([
    'all records of visits',
    `record ${(1204).toLocaleString()}`,
    'all records of patient •',
    'record •',
  ])
})
