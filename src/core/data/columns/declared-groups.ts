/** Which columns of a table say where and when a record comes from: `x-carryover` of its schema, or a choice for the run. */
import type { JsonObject } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import type { GroupColumns } from './grouping.ts'

/** `x-carryover: {site, sourceSystem, date}` with names of columns; what is chosen for the run wins. */
export function declaredGroups(schema: JsonObject | null, reading: ReadingChoices, chosen: GroupColumns = {}): GroupColumns {
  const declared = schema?.['x-carryover']
  const own = typeof declared === 'object' && declared !== null && !Array.isArray(declared) ? (declared as JsonObject) : {}
  const name = (key: string): string | undefined => (typeof own[key] === 'string' ? own[key] : undefined)
  const site = chosen.site ?? name('site')
  const sourceSystem = chosen.sourceSystem ?? name('sourceSystem')
  const date = chosen.date ?? name('date')
  const dateOrder = chosen.dateOrder ?? reading.dateOrder
  return {
    ...(site === undefined ? {} : { site }),
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
    ...(date === undefined ? {} : { date }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  }
}
