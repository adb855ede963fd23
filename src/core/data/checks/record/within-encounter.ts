/** Events against the days of their encounter, with some days before and after. */
import { column, lookUp, numberParam, type RecordCheck, textParam } from '../contract/record-check.ts'

/** Where a rule names no other number. */
export const daysAround = 7

export const withinEncounter: RecordCheck = {
  code: 'data/within-encounter',
  title: 'Events outside the encounter they belong to',
  why: 'A result or a note is shown under a visit at which it was not made; whoever reads that visit draws the wrong conclusion.',
  remedy: 'Look for the right encounter of the patient, or correct the date.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on, params }) {
    const [event] = on.fields
    const [encounter, table, key, start, stop] = ['encounter', 'table', 'key', 'start', 'stop'].map((name) =>
      textParam(params, name),
    )
    if (event === undefined || !encounter || !table || !key || !start)
      return 'It takes one field, and in params encounter, table, key, start and stop.'
    const days = Math.round(numberParam(params, 'days', daysAround))
    const at = column(event)
    const first = lookUp(table, key, encounter, start)
    // An encounter without an end is still open; one without a column of ends lasts a day.
    const last = lookUp(table, key, encounter, stop ?? start)
    const isBefore = `${at} <= ${last} + ${days} days`
    return {
      place: event,
      fields: [event, encounter],
      assert: `${at} >= ${first} - ${days} days and ${stop ? `(${last} is null or ${isBefore})` : isBefore}`,
      facts: [{ name: 'days allowed before and after', value: days, unit: 'd' }],
    }
  },
}
