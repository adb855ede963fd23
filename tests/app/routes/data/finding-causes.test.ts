import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingLines, stateWordsOf } from '../../../../src/app/routes/data/findings/finding-causes.ts'
import type { ListedFinding } from '../../../../src/app/routes/data/findings/findings.ts'
import type { Finding } from '../../../../src/core/finding.ts'

function listed(input: string, count: number, more: Partial<Finding> = {}, own: Partial<ListedFinding> = {}): ListedFinding {
  const code = 'data/fhir-coding-system'
  const finding: Finding = {
    code,
    severity: 'error',
    place: 'Observation.code',
    input: Number(/\d+/.exec(input)?.[0] ?? 0),
    count,
    denominator: 100,
    patients: 1,
    sample: [],
    truncated: true,
    fingerprint: `${input} ${more.place ?? ''} ${count} ${more.severity ?? ''}`,
    ...more,
  }
  return {
    finding,
    wording: { code, title: code, why: '', remedy: '', severity: 'error' },
    input,
    side: 'target',
    column: null,
    family: 'FHIR',
    status: 'fail',
    state: 'new',
    acceptance: null,
    owner: null,
    due: null,
    notAccepted: null,
    before: undefined,
    ...own,
  }
}

test('the same rule at the same element of many files is one line with exact sums', () => {
  const across = { inputs: 3, patients: 2 }
  const list = [1, 2, 3].map((at) => listed(`patient-${at}.json`, at, { across }))
  const [line, ...others] = findingLines(list, true)
  expect(others).toEqual([])
  expect(line).toMatchObject({ count: 6, denominator: 300, patients: 2 })
  expect(line?.parts.map(({ input }) => input)).toEqual(['patient-3.json', 'patient-2.json', 'patient-1.json'])
  expect(findingLines(list, false)).toHaveLength(3)
})

test('a column is the same in files of one kind only', () => {
  const column = { place: 'column 3', code: 'data/type' }
  const table = { family: 'file checks' } as const
  const list = ['visits-2024.csv', 'visits-2025.csv', 'labs.csv'].map((name, at) => listed(name, at + 1, column, table))
  expect(findingLines(list, true).map(({ parts }) => parts.map(({ input }) => input))).toEqual([
    ['visits-2025.csv', 'visits-2024.csv'],
    ['labs.csv'],
  ])
})

test('what is fixed stays apart, and states of parts are counted', () => {
  const list = [
    listed('patient-1.json', 3, {}, { state: 'known', before: 3 }),
    listed('patient-2.json', 2, {}, { before: null }),
    listed('patient-3.json', 0, {}, { state: 'fixed', before: 4 }),
  ]
  const lines = findingLines(list, true)
  expect(lines.map(({ parts }) => stateWordsOf(parts))).toEqual(['1 known, 1 new', 'Fixed'])
  expect(lines[0]?.before).toBe(3)
})

test('every finding is on exactly one line, and the counts of the lines are those of the findings', () => {
  const one = fc.record({
    file: fc.integer({ min: 1, max: 4 }),
    place: fc.constantFrom('Observation.code', 'Patient.name', 'column 2'),
    severity: fc.constantFrom('critical' as const, 'error' as const, 'info' as const),
    count: fc.integer({ min: 1, max: 50 }),
    state: fc.constantFrom('new' as const, 'known' as const, 'fixed' as const),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), (rows) => {
      const list = rows.map(({ file, place, severity, count, state }) =>
        listed(`p-${file}.json`, count, { place, severity }, { state }),
      )
      const lines = findingLines(list, true)
      expect(new Set(lines.flatMap(({ parts }) => parts))).toEqual(new Set(list))
      expect(lines.reduce((sum, { parts }) => sum + parts.length, 0)).toBe(list.length)
      expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(rows.reduce((sum, { count }) => sum + count, 0))
    }),
  )
})
