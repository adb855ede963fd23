import { expect, test } from 'vitest'
import { schemaChanges, schemaEvidence } from '../../../../src/app/routes/data/sources/schema-changes.ts'

test('names what is new, changed and gone, field by field', () => {
  const before = {
    fields: [
      { name: 'mrn', type: 'string', constraints: { required: true } },
      { name: 'sex', type: 'string', constraints: { enum: ['F', 'M'] } },
      { name: 'fax', type: 'string' },
    ],
  }
  const after = {
    fields: [
      { name: 'mrn', type: 'string', constraints: { required: true } },
      { name: 'sex', type: 'string', constraints: { enum: ['F', 'M', 'U'] } },
      { name: 'born', type: 'date', format: '%d/%m/%Y' },
    ],
  }
  expect(schemaChanges(before, after)).toEqual([
    { kind: 'changed', field: 'sex', words: 'one of 3 values, no longer one of 2 values' },
    { kind: 'new', field: 'born', words: 'date %d/%m/%Y' },
    { kind: 'gone', field: 'fax', words: 'not in this extract' },
  ])
  expect(schemaChanges(after, after)).toEqual([])
  expect(schemaChanges(null, before).map(({ kind }) => kind)).toEqual(['new', 'new', 'new'])
})

test('evidence is told with what speaks against a proposal', () => {
  const evidence = [
    {
      field: 'id',
      proposes: 'primaryKey',
      seen: 4,
      of: 6,
      says: '4 of 6 are filled and different, against it: 1 repeated, 1 empty',
    },
    { field: 'sex', proposes: '2 listed values', seen: 150, of: 150 },
  ]
  expect(schemaEvidence({ fields: [], 'x-carryover': { evidence } })).toEqual([
    { field: 'id', words: 'identifies a row: 4 of 6 are filled and different, against it: 1 repeated, 1 empty' },
    { field: 'sex', words: '2 listed values: 150 of 150' },
  ])
  expect(schemaEvidence({ fields: [] })).toEqual([])
})
