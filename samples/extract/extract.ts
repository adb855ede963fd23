/** A legacy extract of any size as a stream: quoted commas and newlines, nine columns, known defects; nothing is held in memory. */

import type { JsonObject } from '../../src/core/data/record.ts'
import type { ByteSource } from '../../src/core/operation.ts'

const header = 'id,mrn,born,sex,visit,dose,unit,note,site\n'

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

export interface BigExtract {
  readonly source: ByteSource
  readonly records: number
  readonly unlisted: number
  readonly notOnCalendar: number
}

/** An extract of at least `bytes` bytes; its size is counted once without keeping it. */
export function bigExtract(bytes: number): BigExtract {
  let size = header.length
  let records = 0
  const marks: number[] = []
  while (size < bytes) {
    if (records % markedRows === 0) marks.push(size)
    size += rowOf(records++).length
  }
  return {
    source: { name: 'extract.csv', size, stream: (from = 0, to = size) => stream(records, marks, from, to) },
    records,
    unlisted: Math.ceil((records - 3) / 1000),
    notOnCalendar: Math.ceil((records - 7) / 2000),
  }
}

/** Offsets are kept of every so many rows, so that a stretch from the middle need not be written from the start. */
const markedRows = 4096

async function* stream(records: number, marks: readonly number[], from: number, to: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const mark = marks.findLastIndex((offset) => offset <= from)
  let at = mark < 0 ? 0 : (marks[mark] ?? 0)
  let text = mark < 0 ? header : ''
  for (let i = Math.max(0, mark) * markedRows; i <= records && at < to; i++) {
    if (i < records) text += rowOf(i)
    if (text.length < 1 << 18 && i < records) continue
    const chunk = encoder.encode(text)
    text = ''
    const start = Math.max(0, from - at)
    const end = Math.min(chunk.length, to - at)
    at += chunk.length
    if (end > start) yield chunk.subarray(start, end)
  }
}
