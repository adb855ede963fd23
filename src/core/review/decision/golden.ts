/** Golden patients: records that clinicians choose before the migration because they know them; read whole, counted exactly. */
import { parseCsvText } from '../../values/csv-text.ts'

/** Fewer are allowed, and said to be few. */
export const fewestGolden = 10

export interface KeyList {
  /** Without repetitions, in the order given. */
  readonly keys: readonly string[]
  readonly repeated: number
  /** Heading of the column that was taken; null where the list has no heading. */
  readonly column: string | null
}

const keyHeading = /^(?:id|key|mrn|record|number|patient|(?:patient|record|medical record|chart)[ _-]?(?:id|key|no|number))$/i
const byteOrderMark = /^\uFEFF/

/** Record numbers from a pasted list or a CSV file: the column that is called like a record number, else the first one. */
export function keysFromText(text: string): KeyList {
  const plain = text.replace(byteOrderMark, '')
  const rows = parseCsvText(plain, delimiterOf(plain)).map(({ cells }) => cells.map((cell) => cell.trim()))
  const at = rows[0]?.findIndex((cell) => keyHeading.test(cell)) ?? -1
  const found = rows.slice(at < 0 ? 0 : 1).flatMap((cells) => cells[Math.max(0, at)] || [])
  const keys = [...new Set(found)]
  return { keys, repeated: found.length - keys.length, column: at < 0 ? null : (rows[0]?.[at] ?? null) }
}

/** The sign that parts the first line most often. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split('\n', 1)
  const times = (sign: string): number => line.split(sign).length
  return [';', '\t'].reduce((best, sign) => (times(sign) > times(best) ? sign : best), ',')
}
