import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  coverageOf,
  decideMany,
  emptyLine,
  filledCells,
  filterEntries,
  leavesBehind,
  mappingEntries,
} from '../../../../src/app/routes/data/acts/mapping-entries.ts'
import type { FieldLine, Mapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'

const line = (column: string, status: FieldLine['status']): FieldLine => ({
  ...emptyLine('patients', column),
  status,
  rule: 'copy',
  target: 'Patient.id',
})
const mapping = (fields: readonly FieldLine[]): Mapping => ({ fields, values: new Map() })
const filled = (columns: Readonly<Record<string, number>>) => new Map([['patients', new Map(Object.entries(columns))]])

test('a legacy column without a line is listed as unmapped, after the lines of its table', () => {
  const entries = mappingEntries(mapping([line('DOB', 'confirmed')]), filled({ DOB: 8, SEX: 5 }))
  expect(entries.map(({ key, at, tab, filled: n }) => ({ key, at, tab, n }))).toEqual([
    { key: '1', at: 0, tab: 'confirmed', n: 8 },
    { key: 'patients.SEX', at: null, tab: 'unmapped', n: 5 },
  ])
})

test('coverage counts filled cells, not columns, and a column once by its best decided line', () => {
  const lines = [line('NAME', 'confirmed'), line('NAME', 'suggested'), line('DOB', 'suggested'), line('ROW', 'not-carried')]
  expect(coverageOf(mapping(lines), filled({ NAME: 90, DOB: 7, ROW: 2, SEX: 1 }))).toEqual({
    filled: 100,
    carried: 90,
    notCarried: 2,
    suggested: 7,
    open: 1,
  })
  expect(coverageOf(mapping(lines), null)).toBeNull()
})

test('a line for all columns of a table speaks of those that have no line of their own', () => {
  const lines = [line('NAME', 'confirmed'), line('*', 'not-carried')]
  const counts = filled({ NAME: 90, DOB: 7 })
  expect(coverageOf(mapping(lines), counts)).toMatchObject({ carried: 90, notCarried: 7, open: 0 })
  expect(mappingEntries(mapping(lines), counts).filter(({ tab }) => tab === 'unmapped')).toEqual([])
})

test('the kinds of cells add up to what is filled, whatever the lines say', () => {
  const columns = ['A', 'B', 'C', 'D']
  const statuses = ['unmapped', 'suggested', 'confirmed', 'not-carried'] as const
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...columns), fc.constantFrom(...statuses)), { maxLength: 12 }),
      fc.dictionary(fc.constantFrom(...columns), fc.nat(1000)),
      (pairs, counts) => {
        const share = coverageOf(mapping(pairs.map(([column, status]) => line(column, status))), filled(counts))
        if (!share) return
        expect(share.filled).toBe(Object.values(counts).reduce((sum, n) => sum + n, 0))
        expect(share.carried + share.notCarried + share.suggested + share.open).toBe(share.filled)
      },
    ),
  )
})

test('only tables of the legacy side are counted', () => {
  const inputs = [
    { table: 'patients', side: 'legacy' as const },
    { table: 'person', side: 'target' as const },
  ].map((each) => ({
    ...each,
    name: each.table,
    format: 'csv' as const,
    bytes: 0,
    sha256: null,
    structure: null,
    records: 0,
    status: 'read' as const,
  }))
  const quality = [
    { input: 0, field: 'DOB', completeness: { n: 3, of: 4 } },
    { input: 1, field: 'birth', completeness: { n: 4, of: 4 } },
  ]
  expect(filledCells({ inputs, quality })).toEqual(new Map([['patients', new Map([['DOB', 3]])]]))
  expect(filledCells({ inputs, quality: quality.slice(1) })).toBeNull()
})

test('a filter finds a code in the condition of a line, and a word of its reason', () => {
  const params = new Map([['when', 'CODE=63586-2']])
  const entries = mappingEntries(
    mapping([
      { ...line('VALUE', 'confirmed'), params },
      { ...line('NOTE', 'not-carried'), reason: 'stays in the archive' },
    ]),
    null,
  )
  expect(filterEntries(entries, 'confirmed', '63586')).toHaveLength(1)
  expect(filterEntries(entries, 'confirmed', '63587')).toHaveLength(0)
  expect(filterEntries(entries, 'not-carried', 'archive')).toHaveLength(1)
})

test('a filter looks at table, columns, rule and target of one state', () => {
  const entries = mappingEntries(
    mapping([{ ...line('DOB', 'confirmed'), target: 'Patient.birthDate', rule: 'date' }, line('SEX', 'unmapped')]),
    null,
  )
  expect(filterEntries(entries, 'confirmed', 'birth')).toHaveLength(1)
  expect(filterEntries(entries, 'confirmed', 'sex')).toHaveLength(0)
  expect(filterEntries(entries, 'unmapped', '')).toHaveLength(1)
})

test('many proposals are decided at once: by rule, by reason, and what can not be decided says why', () => {
  const proposed = (column: string, change: Partial<FieldLine>): FieldLine => ({ ...line(column, 'suggested'), ...change })
  const fields = [
    proposed('DOB', { rule: 'date', target: 'Patient.birthDate' }),
    proposed('SSN', { rule: '', target: '', reason: 'No element of the target holds them' }),
    proposed('ROW', { rule: '', target: '' }),
  ]
  const { edits, refused } = decideMany(mapping(fields), mappingEntries(mapping(fields), null), 'Ada')
  expect(edits).toEqual([
    { kind: 'confirm-line', at: 0, by: 'Ada' },
    { kind: 'not-carried', at: 1, reason: 'No element of the target holds them', by: 'Ada' },
  ])
  expect(refused.map(({ name }) => name)).toEqual(['patients.ROW'])
})

test('what loses something by being confirmed is told apart from what carries a value', () => {
  const carried = line('SEX', 'suggested')
  const left: FieldLine = { ...emptyLine('patients', 'NOTE'), status: 'suggested', reason: 'No target holds it' }
  const rows: FieldLine = { ...left, rule: 'filter', params: new Map([['not-in', 'X']]) }
  const split: FieldLine = { ...rows, params: new Map([['only', 'VALUE is number']]), target: 'measurement' }
  expect([carried, left, rows, split].map(leavesBehind)).toEqual([false, true, true, false])
  expect(leavesBehind({ ...left, status: 'not-carried' })).toBe(false)
})
