/** The null dictionary: reasons are kept apart, answers about allergies stay answers, and labelled missingValues come back as they went out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  declaredEntry,
  entriesOfMissingValues,
  isStatement,
  missingValuesOf,
  nullFlavors,
  usualReason,
} from '../../../../src/core/data/nulls/dictionary.ts'
import { nullEntries } from '../../../../src/core/data/nulls/of-table.ts'

const about = fc.constantFrom(
  'allergies description',
  'patients allergy_status',
  'drug_intolerances code',
  'adverse_reactions text',
)
const statement = fc
  .tuple(
    fc.constantFrom(
      'None',
      'NKA',
      'NKDA',
      'nka',
      'Denies',
      'denied',
      'no known allergies',
      'Denies any',
      'None known',
      'Nil known',
      'NKFA',
    ),
    fc.constantFrom('', ' ', '.', '  '),
  )
  .map(([word, end]) => word + end)

test('no statement about allergies becomes a null, whatever was declared', () => {
  fc.assert(
    fc.property(about, statement, fc.option(fc.constantFrom('unknown', 'UNK', 'not asked', 'NI')), (subject, token, label) => {
      expect(isStatement(token, subject)).toBe(true)
      expect(usualReason(token, subject)).toBeNull()
      expect(declaredEntry(token, label, subject)).toBeNull()
      const [table = '', field = ''] = subject.split(' ')
      const schema = { missingValues: ['', { value: token, label: label ?? 'unknown' }] }
      const entries = nullEntries(table, field, ['', token], schema, { nulls: [token] })
      expect(entries).toEqual([{ token: '', reason: 'empty' }])
    }),
  )
})

describe('reasons', () => {
  test.each([
    ['', 'empty', 'NI'],
    ['NULL', 'unknown', 'UNK'],
    ['.', 'unknown', 'UNK'],
    ['Unknown', 'unknown', 'UNK'],
    ['asked, unknown', 'asked-unknown', 'ASKU'],
    ['Not asked', 'not-asked', 'NASK'],
    ['N/A', 'not-applicable', 'NA'],
    ['restricted', 'masked', 'MSK'],
    ['pending', 'temp-unknown', 'NAV'],
    ['#REF!', 'error', 'NI'],
  ] as const)('of "%s" is %s', (token, reason, flavor) => {
    expect(usualReason(token, 'patients phone')).toBe(reason)
    expect(nullFlavors[reason]).toBe(flavor)
  })

  test('come from labels first: by name, by HL7 code or in words', () => {
    const missingValues = [
      { value: '-9', label: 'not-asked' },
      { value: '-8', label: 'MSK' },
      { value: '-7', label: 'Not applicable' },
      { value: '-6', label: 'something of our own' },
    ]
    expect(entriesOfMissingValues(missingValues, 'patients phone').map(({ reason }) => reason)).toEqual([
      'not-asked',
      'masked',
      'not-applicable',
      'unknown',
    ])
  })

  test('are never guessed for a number or a name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer().map(String), fc.constantFrom('Nullmann', 'Namibia', 'Pendle', 'None Such')), (token) => {
        expect(usualReason(token, 'patients name')).toBeNull()
      }),
    )
  })
})

test('missingValues come back as they went out', () => {
  const entry = fc.record({
    token: fc.string({ minLength: 1, maxLength: 10 }),
    reason: fc.constantFrom(
      'unknown',
      'asked-unknown',
      'not-asked',
      'not-applicable',
      'masked',
      'temp-unknown',
      'error',
      'as-text',
    ),
  } as const)
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ token }) => token, maxLength: 8 }), (entries) => {
      expect(entriesOfMissingValues(missingValuesOf(entries), 'patients phone')).toEqual(entries)
    }),
  )
})
