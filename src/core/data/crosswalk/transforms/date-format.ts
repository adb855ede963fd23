/** A date written another way: read in a stated order, written by a pattern of YYYY, MM, DD, HH, mm and ss. */
import type { Transform } from '../../model/carried.ts'
import { dateTime } from './date.ts'

export const dateFormat: Transform = {
  name: 'date-format',
  words: (params) => `date written as ${params.get('to') ?? 'YYYY-MM-DD'}`,
  loss: 'possible',
  bind(params, maps) {
    const to = params.get('to') ?? 'YYYY-MM-DD'
    const read = dateTime.bind(params, maps)
    if (typeof read === 'string') return read.replace('date-time', 'date-format')
    if (!/YYYY|MM|DD|HH|mm|ss/.test(to)) return 'date-format takes to=… with at least one of YYYY, MM, DD, HH, mm, ss'
    return (cells) => {
      const found = read(cells)
      if (found?.kind !== 'date') return found
      const [, year = '', month, day, hour, minute, second] =
        /^(\d{4})(?:-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?)?/.exec(found.text) ?? []
      const parts: Readonly<Record<string, string | undefined>> = {
        YYYY: year,
        MM: month,
        DD: day,
        HH: hour,
        mm: minute,
        ss: second,
      }
      const missing = Object.entries(parts).some(([name, part]) => part === undefined && to.includes(name))
      if (missing) return { kind: 'unmapped', text: cells[0] ?? '', why: `it is less exact than ${to}` }
      return { kind: 'text', text: to.replace(/YYYY|MM|DD|HH|mm|ss/g, (name) => parts[name] ?? '') }
    }
  },
}
