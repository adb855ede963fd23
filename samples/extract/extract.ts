/** A clean legacy extract in ASCII: quoted commas and line breaks, nine columns, known defects. */
import type { JsonObject } from '../../src/core/data/model/record.ts'
import { type Extract, extractOf } from './stream.ts'

/** Schema of the extract: types, required, list, range, pattern. */
export const bigSchema: JsonObject = {
  fields: [
    { name: 'id', type: 'integer', constraints: { required: true } },
    { name: 'mrn', type: 'string', constraints: { required: true, pattern: '[0-9]{8}' } },
    { name: 'born', type: 'date' },
    { name: 'sex', type: 'string', constraints: { enum: ['F', 'M', 'O'] } },
    { name: 'visit', type: 'datetime' },
    { name: 'dose', type: 'number', constraints: { minimum: 0, maximum: 5000 } },
    { name: 'unit', type: 'string', constraints: { maxLength: 5 } },
    { name: 'note', type: 'string' },
    { name: 'site', type: 'string' },
  ],
}

/** One record in a thousand has a sex that is not listed; one in two thousand a birth date that is not on the calendar. */
function rowOf(i: number): string {
  const day = String((i % 28) + 1).padStart(2, '0')
  const month = String((i % 12) + 1).padStart(2, '0')
  const born = i % 2000 === 7 ? '1980-02-30' : `${1930 + (i % 90)}-${month}-${day}`
  const sex = i % 1000 === 3 ? 'W' : 'FMO'[i % 3]
  const note =
    i % 5 === 0
      ? '"seen by nurse, ""stable"",\nreturns in a week"'
      : 'routine follow-up of blood pressure and weight, no change'.replace(',', '')
  return `${i + 1},${String(10_000_000 + i)},${born},${sex},${born.replace('02-30', '02-20')}T08:${day}:00Z,${(i % 400) / 4},mg,${note},site ${i % 7}\n`
}

export interface BigExtract extends Extract {
  readonly unlisted: number
  readonly notOnCalendar: number
}

/** An extract of at least `bytes` bytes. */
export function bigExtract(bytes: number): BigExtract {
  const made = extractOf({ name: 'extract.csv', header: 'id,mrn,born,sex,visit,dose,unit,note,site\n', rowOf }, bytes)
  return { ...made, unlisted: Math.ceil((made.records - 3) / 1000), notOnCalendar: Math.ceil((made.records - 7) / 2000) }
}
