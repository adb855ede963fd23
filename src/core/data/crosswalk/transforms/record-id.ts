/** An id made of the key of the row: a UUID, or a whole number for targets whose keys are numbers. Every load makes the same one. */
import type { Transform } from '../../model/carried.ts'
import { numberOf, uuidOf } from '../mapping/record-id.ts'

export const recordId: Transform = {
  name: 'record-id',
  words: (params) => `${params.get('form') ?? 'uuid'} made of the key`,
  loss: 'none',
  bind(params) {
    const form = params.get('form') ?? 'uuid'
    const table = params.get('table') ?? ''
    if (table === '') return 'record-id takes table=…, so that no two tables share an id'
    if (form !== 'uuid' && form !== 'number') return `record-id takes form=uuid or form=number, not ${form}`
    return (cells) => {
      const key = cells.length === 1 ? (cells[0] ?? '') : JSON.stringify(cells)
      return { kind: 'text', text: form === 'uuid' ? uuidOf(table, key) : numberOf(table, key) }
    }
  },
}
