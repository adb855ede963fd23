/** Two columns of one record whose values have an order: start and stop, lower and upper limit. */
import { column, type RecordCheck } from '../contract/record-check.ts'

export const order: RecordCheck = {
  code: 'data/order',
  title: 'Values in the wrong order: an end before its start',
  why: 'A medicine that stops before it starts is shown as running, or not at all; waiting times and stays become negative.',
  remedy: 'Look at the records: usually the two columns were swapped, or a year was mistyped.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on }) {
    const [first, then] = on.fields
    if (first === undefined || then === undefined || on.fields.length !== 2)
      return 'It takes two fields: what comes first, and what comes after.'
    return { place: `${first} + ${then}`, fields: on.fields, assert: `${column(first)} <= ${column(then)}` }
  },
}
