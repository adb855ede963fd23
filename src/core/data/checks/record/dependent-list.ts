/** A value set that depends on another column, such as the answers of each question. */
import { type RecordCheck, textParam } from '../contract/record-check.ts'

export const dependentList: RecordCheck = {
  code: 'data/dependent-list',
  title: 'Values that do not belong to the code beside them',
  why: 'The value is listed, but not for this code: a blood group as the result of a weight is a result in the wrong row.',
  remedy: 'Correct the code or the value; where both are right, complete the list.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on, params }) {
    const [field] = on.fields
    const by = textParam(params, 'by')
    const values = params.values
    if (field === undefined || by === null || typeof values !== 'object' || values === null || Array.isArray(values))
      return 'It takes one field, in params.by the column that decides, and in params.values a list for each of its values.'
    const lists = new Map(
      Object.entries(values).map(([code, list]) => [code, new Set(Array.isArray(list) ? list.map(String) : [])]),
    )
    return {
      place: field,
      fields: [field, by],
      assert: (text) => {
        const [code, value] = [text(by), text(field)]
        const list = code === null ? undefined : lists.get(code.trim())
        return value === null || list === undefined ? null : list.has(value.trim())
      },
    }
  },
}
