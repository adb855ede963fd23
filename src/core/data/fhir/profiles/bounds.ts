/** minValue and maxValue of a profile; a duration counts from the day of the run (FHIR R4 ElementDefinition.minValue[x], maxValue[x]). */
import { isMembers } from '../../../values/json.ts'
import type { JsonValue } from '../../model/record.ts'
import { compareNodes } from '../fhirpath/nodes/equality.ts'
import { type Node, NotEvaluable } from '../fhirpath/nodes/node.ts'
import type { TypedValue } from './profile-element.ts'

/** UCUM units of calendar length, as years, months and days. */
const calendarUnits: Readonly<Record<string, readonly [number, number, number]>> = {
  a: [1, 0, 0],
  mo: [0, 1, 0],
  wk: [0, 0, 7],
  d: [0, 0, 1],
}

/** True where the value lies beyond the bound: below a least one (sign −1), above a greatest one (sign 1). Null where the two can not be compared. */
export function isOutside(node: Node, bound: TypedValue | null, sign: -1 | 1, today: string | null): boolean | null {
  if (bound === null) return false
  const value = typeof node.value === 'string' && isMembers(bound.value) ? dayAfter(today, bound.value) : bound.value
  if (value === null) return null
  try {
    const order = compareNodes(node, { ...node, value })
    return order === null ? null : order * sign > 0
  } catch (error) {
    if (error instanceof NotEvaluable) return null
    throw error
  }
}

/** The day so long after another one, YYYY-MM-DD; null where nobody says which day it is, or the unit is no length of the calendar. */
function dayAfter(today: string | null, duration: { readonly [name: string]: JsonValue | undefined }): string | null {
  const unit = calendarUnits[String(duration.code ?? duration.unit)]
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(today ?? '')
  if (unit === undefined || day === null || typeof duration.value !== 'number') return null
  const [years, months, days] = unit.map((each) => each * (duration.value as number)) as [number, number, number]
  const at = new Date(Date.UTC(2000, Number(day[2]) - 1 + months, Number(day[3]) + days))
  at.setUTCFullYear(at.getUTCFullYear() - 2000 + Number(day[1]) + years)
  return at.toISOString().slice(0, 10)
}
