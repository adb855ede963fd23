/** Events against the days of their encounter, with some days before and after. */
import { column, lookUp, numberParam, type RecordCheck, textParam } from '../contract/record-check.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const withinEncounter: RecordCheck = {
  code: 'data/within-encounter',
  title: 'Events outside the encounter they belong to',
  why: 'A result or a note is shown under a visit at which it was not made; whoever reads that visit draws the wrong conclusion.',
  remedy: 'Look for the right encounter of the patient, or correct the date.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  examples: {
    flags: [
      {
        name: 'a result three weeks after discharge',
        subject: {
          csv: 'id,enc,taken\n1,7,2020-03-26\n2,7,2020-03-02\n',
          schema: ruledSchema('data/within-encounter', ['id', 'enc', 'taken'], {
            fields: ['taken'],
            params: { encounter: 'enc', table: 'encounters', key: 'id', start: 'start', stop: 'stop' },
          }),
          others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,2020-03-05\n8,2,2020-03-01,2020-03-02\n' } },
        },
      },
    ],
    passes: [
      {
        name: 'a stay that has not ended',
        subject: {
          csv: 'id,enc,taken\n1,7,2020-06-26\n',
          schema: ruledSchema('data/within-encounter', ['id', 'enc', 'taken'], {
            fields: ['taken'],
            params: { encounter: 'enc', table: 'encounters', key: 'id', start: 'start', stop: 'stop' },
          }),
          others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,\n8,2,2020-03-01,2020-03-02\n' } },
        },
      },
      {
        name: 'the day after discharge',
        subject: {
          csv: 'id,enc,taken\n1,7,2020-03-06\n2,,2020-03-02\n',
          schema: ruledSchema('data/within-encounter', ['id', 'enc', 'taken'], {
            fields: ['taken'],
            params: { encounter: 'enc', table: 'encounters', key: 'id', start: 'start', stop: 'stop' },
          }),
          others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,2020-03-05\n8,2,2020-03-01,2020-03-02\n' } },
        },
      },
    ],
  },
  rule({ on, params }) {
    const [event] = on.fields
    const [encounter, table, key, start, stop] = ['encounter', 'table', 'key', 'start', 'stop'].map((name) =>
      textParam(params, name),
    )
    if (event === undefined || !encounter || !table || !key || !start)
      return 'It takes one field, and in params encounter, table, key, start and stop.'
    const days = Math.round(numberParam(params, 'days', 7))
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
