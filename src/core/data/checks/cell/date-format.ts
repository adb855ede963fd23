/** Dates and times in the format that the schema declares, on a real calendar. */

import { dateParser, isDateType } from '../../../values/calendar.ts'
import { ESCAPED } from '../../read/text/record-view.ts'
import { datesOfColumn, plainDates } from '../bytes/date-bytes.ts'
import { type BytesTest, type CellCheck, cellEvidence } from '../contract/check.ts'

export const dateFormat: CellCheck = {
  code: 'data/date-format',
  title: 'Dates that are not in the expected format, or not on the calendar',
  why: 'A birth date or a stop date that can not be read is lost or becomes another day; doses and due dates follow from it.',
  remedy: 'Set the format the column really uses in its schema, or correct the values in the legacy system.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'form',
  scope: 'cell',
  decides: true,
  bind(params) {
    const named = isDateType(params.type) ? params.type : 'date'
    const format = typeof params.format === 'string' ? params.format : 'default'
    const parse = dateParser(named, format)
    if (!parse) return `The date format "${format}" has a part that is not known.`
    const expected =
      format === 'default'
        ? { date: 'YYYY-MM-DD', time: 'hh:mm:ss', datetime: 'YYYY-MM-DDThh:mm:ss', year: 'YYYY', yearmonth: 'YYYY-MM' }[named]
        : format
    const facts = [{ name: 'expected', value: expected }]
    const read = plainDates(named, format)
    const passes: BytesTest = (bytes, start, end, flags) => (flags & ESCAPED) === 0 && read(bytes, start, end) >= 0
    const all = datesOfColumn(named, format)
    return {
      see: (cell) => (parse(cell.text.trim()) ? null : cellEvidence(cell, facts)),
      passes: all === null ? passes : Object.assign(passes, { ...all, excludesOrder: true, excludesSuspects: true }),
    }
  },
}
