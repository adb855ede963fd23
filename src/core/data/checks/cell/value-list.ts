/** Values that a schema lists, compared as the text stands, or as the type of the column reads it. */
import { byteList } from '../bytes/byte-list.ts'
import { typedList } from '../bytes/typed-list.ts'
import { type CellCheck, cellEvidence } from '../contract/check.ts'

export const valueList: CellCheck = {
  code: 'data/value-list',
  title: 'Values that are not in the list of the schema',
  why: 'The new system does not know them: the value is refused or lands in "other".',
  remedy: 'Add a row to the value map for each of them, or correct them in the legacy system.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'cell',
  decides: false,
  bind(params) {
    const listed = Array.isArray(params.values) ? params.values.map(String) : []
    const typed = typedList(params)
    if (typed) return { ...typed, passes: byteList(listed) }
    const known = new Set(listed)
    const facts = [{ name: 'listed values', value: listed.length }]
    const blank = { name: 'kind', value: 'a listed value with blanks around it' }
    return {
      see: (cell) => (known.has(cell.text) ? null : cellEvidence(cell, known.has(cell.text.trim()) ? [...facts, blank] : facts)),
      passes: byteList(listed),
    }
  },
}
