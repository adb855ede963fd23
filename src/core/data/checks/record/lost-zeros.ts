/** Identifiers that are found in another table only after zeros are put before them. */
import { column, numberParam, quoted, type RecordCheck, textParam } from '../contract/record-check.ts'

export const lostZeros: RecordCheck = {
  code: 'data/lost-zeros',
  title: 'Identifiers that lost their leading zeros',
  why: 'Read as numbers, identifiers no longer match: the records of these patients are not found, or are loaded as new patients.',
  remedy: 'Export the column as text, or pad it with zeros to its full length before it is compared.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'record',
  rule({ on, params }) {
    const [field] = on.fields
    const [table, key] = ['table', 'key'].map((name) => textParam(params, name))
    const length = Math.round(numberParam(params, 'length', 0))
    if (field === undefined || !table || !key || length < 2)
      return 'It takes one field, and in params table, key and the full length.'
    const as = (text: string): string => `lookup(${quoted(table)}, ${quoted(key)}, ${text}, ${quoted(key)})`
    return {
      place: field,
      fields: [field],
      assert: `${as(column(field))} is not null or ${as(`pad(${column(field)}, ${length})`)} is null`,
      facts: [{ name: 'full length', value: length }],
    }
  },
}
