/** Year, month or day of a date as a number, for targets that keep them in columns of their own. */
import type { Transform } from '../../model/carried.ts'
import { date } from './date.ts'

const parts = { year: [0, 4], month: [5, 7], day: [8, 10] } as const

export const datePart: Transform = {
  name: 'date-part',
  words: (params) => `${params.get('part') ?? ''} of the date`,
  loss: 'declared',
  bind(params, maps) {
    const name = params.get('part')
    const read = date.bind(params, maps)
    if (name !== 'year' && name !== 'month' && name !== 'day') return 'date-part takes part=year, part=month or part=day'
    if (typeof read === 'string') return read.replace('date takes', 'date-part takes')
    const [from, to] = parts[name]
    return (cells) => {
      const found = read(cells)
      if (found?.kind !== 'date') return found
      const text = found.text.slice(from, to)
      return text === '' ? null : { kind: 'number', text: String(Number(text)) }
    }
  },
}
