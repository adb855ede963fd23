/** What a report of differences says: enough to look each of them up by hand, and no value unless it was asked for. */
import { expect, test } from 'vitest'
import {
  type ReportNames,
  reconcileJson,
  reconcileMarkdown,
  reconcileText,
} from '../../../../../src/core/data/reconcile/account/report.ts'
import { patient, patientLine, smallPair } from '../small-pair.ts'

const result = await smallPair(
  [patientLine, 'patients,NAME,copy,,Patient.name.family', 'patients,BORN,copy,,Patient.birthDate'],
  { patients: 'MRN,NAME,BORN\n1,Ada,1950-02-03\n2,Grace,1961-04-05\n3,Emmy,1972-06-07\n' },
  [
    { ...patient('1'), name: [{ family: 'Ada' }], birthDate: '1950-02-03' },
    { ...patient('2'), name: [{ family: 'Grace' }], birthDate: '1961-04-15' },
    { ...patient('3'), name: [{ family: '\u001b[31mEmily' }], birthDate: '1972-06-07' },
  ],
)
const names = (reveal: boolean): ReportNames => ({
  wording: () => null,
  paths: ['old/patients.csv', 'new/all.ndjson'],
  reveal,
})

test('each difference names the element, both files and records, and masked values', () => {
  const text = reconcileText(result, names(false))
  expect(text).toContain(
    'legacy old/patients.csv record 2, line 3 → target new/all.ndjson record 2, line 2: BORN → Patient.birthDate: 9999-99-99 → 9999-99-99',
  )
  for (const value of ['1961', 'Emmy', 'Emily', 'p2']) expect(text).not.toContain(value)
})

test('values and ids are shown where somebody asked, and can not command a terminal', () => {
  const text = reconcileText(result, names(true))
  expect(text).toContain('(Patient/p2): BORN → Patient.birthDate: 1961-04-05 → 1961-04-15')
  expect(text).toContain('Emmy')
  expect(text).not.toContain('\u001b')
  expect(reconcileMarkdown(result, names(true))).toContain('1961-04-15')
})

test('a field map with nothing confirmed is said before any number', async () => {
  const lines = [patientLine, 'patients,NAME,copy,,Patient.name.family']
  const sides = [{ patients: 'MRN,NAME\n1,Ada\n' }, [{ ...patient('1'), name: [{ family: 'Ada' }] }]] as const
  const suggested = await smallPair(lines, ...sides, 'suggested')
  const words = 'Nothing in this field map is confirmed yet, so no record can be accounted for.'
  expect([suggested.unaccounted, suggested.isUnconfirmed]).toEqual([1, true])
  expect(reconcileText(suggested, names(false)).split('\n')[0]).toBe(words)
  expect(reconcileMarkdown(suggested, names(false)).split('\n').slice(0, 3)).toEqual(['# Reconciliation', '', words])
  // Nothing is told as lost: no number of the table, no finding.
  const [, , , , row = ''] = reconcileText(suggested, names(false)).split('\n')
  expect(row.trim().split(/ +/)).toEqual(['patients', '1', ...Array(10).fill('–')])
  expect(suggested.findings).toEqual([])
  expect(reconcileText(suggested, names(false))).not.toContain('accounted for by nobody')
  const confirmed = await smallPair(lines, ...sides)
  expect([confirmed.unaccounted, confirmed.isUnconfirmed]).toEqual([0, false])
  expect(reconcileText(confirmed, names(false))).not.toContain(words)
})

test('the document gives values only where they were asked for', () => {
  const rowsOf = (reveal: boolean): object[] => {
    const { findings } = JSON.parse(JSON.stringify(reconcileJson(result, names(reveal))))
    return findings.flatMap(({ rows }: { rows: object[] }) => rows)
  }
  const born = { element: 'Patient.birthDate', legacy: { path: 'old/patients.csv', record: 2, line: 3 } }
  expect(rowsOf(true)).toContainEqual(expect.objectContaining({ ...born, value: '1961-04-05 → 1961-04-15', id: 'Patient/p2' }))
  expect(rowsOf(false)).toContainEqual(
    expect.objectContaining({ ...born, value: null, shape: '9999-99-99 → 9999-99-99', id: null }),
  )
  expect(JSON.stringify(rowsOf(false))).not.toMatch(/1961|Emily|Patient\/p/)
})

test('the ledger counts the records of the target', () => {
  const [heads = '', row = ''] = reconcileText(result, names(false)).split('\n')
  const cell = (name: string): string | undefined =>
    row.trim().split(/\s{2,}/)[
      heads
        .trim()
        .split(/\s{2,}/)
        .indexOf(name)
    ]
  expect([cell('Legacy'), cell('Target'), cell('Unexplained')]).toEqual(['3', '3', '0'])
})

test('a balance in which no patient was compared says so before any number', async () => {
  const nobody = await smallPair([patientLine], { patients: 'MRN\n1\n' }, [])
  const text = reconcileText({ ...nobody, patients: 0, unaccounted: 0, unexplained: 0, isUnconfirmed: false }, names(false))
  expect(text.startsWith('No patient was compared')).toBe(true)
  expect(text).not.toMatch(/Every legacy record/)
})
