/** Measurements against limits that depend on code and unit; units are converted, and a unit that can not be is said. */

import { isMembers } from '../../../values/json.ts'
import { type PlausibleRange, plausibleRanges } from '../../knowledge/plausible-ranges.ts'
import { converted, unitOf } from '../../knowledge/unit.ts'
import type { JsonValue } from '../../model/record.ts'
import { numOf, plainNumber } from '../../model/value.ts'
import { type RecordCheck, textParam } from '../contract/record-check.ts'

export const plausibleRange: RecordCheck = {
  code: 'data/plausible-range',
  title: 'Measurements that no living person can have',
  why: 'A weight of 705 kg is 70.5 with a lost point, a temperature of 98 °C is Fahrenheit: doses are calculated from both.',
  remedy: 'Correct the unit or the decimal point in the legacy system, or convert the column in the mapping.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on, params }) {
    const [field] = on.fields
    const unitField = textParam(params, 'unit')
    const codeField = textParam(params, 'code')
    if (field === undefined || (unitField === null && params.ranges === undefined))
      return 'It takes the column of the value, in params.unit that of its unit and in params.code that of its code.'
    const ranges = params.ranges === undefined ? plausibleRanges : rangesOf(params.ranges)
    if (typeof ranges === 'string') return ranges
    const prepared = ranges.map((range) => ({ ...range, in: unitOf(range.unit) }))
    const unknown = prepared.find((range) => range.in === null)
    if (unknown) return `The unit "${unknown.unit}" of a range is not known.`
    return {
      place: field,
      fields: [field, ...(unitField === null ? [] : [unitField]), ...(codeField === null ? [] : [codeField])],
      assert: (text) => {
        const value = numOf(text(field)?.trim() ?? '')
        const code = codeField === null ? null : (text(codeField)?.trim() ?? null)
        const range = prepared.find((one) => one.code === null || one.code === code)
        if (value === null || !range?.in) return null
        const unit = unitField === null ? range.in : unitOf(text(unitField) ?? '')
        const inUnit = unit && converted(plainNumber(value), unit, range.in)
        // A unit of another kind is what the check of units is for; no limit can be compared with it.
        return inUnit === null ? null : inUnit >= range.low && inUnit <= range.high
      },
    }
  },
}

function rangesOf(given: JsonValue): PlausibleRange[] | string {
  if (!Array.isArray(given)) return 'params.ranges is a list of {code, unit, low, high}.'
  const ranges: PlausibleRange[] = []
  for (const one of given) {
    if (!isMembers(one)) return 'Each of params.ranges is an object {code, unit, low, high}.'
    const { code, unit, low, high } = one
    if (typeof unit !== 'string' || typeof low !== 'number' || typeof high !== 'number' || low > high)
      return 'Each of params.ranges has a unit (UCUM), and low and high as numbers.'
    ranges.push({ code: typeof code === 'string' ? code : null, unit, low, high })
  }
  return ranges
}
