/** A column that must be filled, or must be empty, depending on another one. */
import { column, listParam, quoted, type RecordCheck, textParam } from '../contract/record-check.ts'

export const condition: RecordCheck = {
  code: 'data/condition',
  title: 'Values that are missing or present against a condition',
  why: 'A stopped medicine without a stop date is still running for the new system; a result text without its number can not be compared.',
  remedy: 'Fill or empty the column where the condition holds, or correct the column that the condition is about.',
  severity: 'error',
  kahn: { category: 'completeness', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'record',
  rule({ on, params }) {
    const [field] = on.fields
    const by = textParam(params, 'field')
    const then = textParam(params, 'expect') ?? 'required'
    if (field === undefined || by === null) return 'It takes one field, and in params.field the column that decides.'
    if (then !== 'required' && then !== 'forbidden') return 'params.expect is required or forbidden.'
    const values = listParam(params, 'in')
    const is = textParam(params, 'is')
    if (values.length === 0 && is !== 'null' && is !== 'not null')
      return 'params.in lists the deciding values, or params.is says "null" or "not null".'
    const when = values.length > 0 ? `${column(by)} in (${values.map(quoted).join(', ')})` : `${column(by)} is ${is}`
    return {
      place: field,
      fields: [field, by],
      when,
      assert: `${column(field)} is ${then === 'required' ? 'not null' : 'null'}`,
      facts: [{ name: 'expected', value: then }],
    }
  },
}
