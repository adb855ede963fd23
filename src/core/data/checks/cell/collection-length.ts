/** Length of a collection in a cell: items of a list or an array, members of an object. */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { type CellJudge, cellEvidence } from '../contract/check.ts'

/** The judge of minLength and maxLength for types that hold several values; null for all other types. */
export function collectionLength(params: JsonObject): CellJudge | null {
  const type = typeof params.type === 'string' ? params.type : ''
  const count = Object.hasOwn(counters, type) ? counters[type] : undefined
  if (!count) return null
  const least = typeof params.minLength === 'number' ? params.minLength : 0
  const most = typeof params.maxLength === 'number' ? params.maxLength : Number.POSITIVE_INFINITY
  return {
    onText: 'Its cells hold collections.',
    see(cell) {
      const items = count(cell.text.trim(), params)
      // What can not be read as a collection is for the check of types.
      if (items === null || (items >= least && items <= most)) return null
      return cellEvidence(cell, [
        { name: 'items', value: items },
        { name: items < least ? 'at least' : 'at most', value: items < least ? least : most },
      ])
    },
  }
}

const counters: Readonly<Record<string, ((text: string, params: JsonObject) => number | null) | undefined>> = {
  list: (text, params) => (text === '' ? 0 : text.split(typeof params.delimiter === 'string' ? params.delimiter : ',').length),
  array: (text) => inJson(text, (value) => (Array.isArray(value) ? value.length : null)),
  object: (text) => inJson(text, (value) => (isMembers(value) ? Object.keys(value).length : null)),
  geojson: (text) => inJson(text, (value) => (isMembers(value) ? Object.keys(value).length : null)),
}

function inJson(text: string, count: (value: JsonValue) => number | null): number | null {
  try {
    return count(JSON.parse(text) as JsonValue)
  } catch {
    return null
  }
}
