/** A key of another table becomes a reference to the record made from that row. */
import type { Transform } from '../../model/carried.ts'

export const reference: Transform = {
  name: 'reference',
  words: (params) => `link to ${params.get('table') ?? ''}`,
  loss: 'none',
  bind(params) {
    const table = params.get('table')
    if (table === undefined) return 'reference takes table=… with the name of a legacy table'
    const missing = params.get('missing') ?? 'reject'
    if (missing !== 'reject' && missing !== 'keep') return `reference takes missing=reject or missing=keep, not ${missing}`
    return ([key = '']) => ({ kind: 'reference', table, key })
  },
}
