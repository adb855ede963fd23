/** A table as RFC 4180: UTF-8, commas, CRLF, exactly the cells that were read. */
import type { ByteSource } from '../../operation.ts'
import type { ReadingChoices } from '../model/source.ts'
import { readTable } from '../read/table.ts'

/** Pieces of the file in order, with the bytes read so far. Bytes that the encoding does not define come out as U+FFFD. */
export async function* cleanCsv(
  source: ByteSource,
  reading: ReadingChoices,
  signal: AbortSignal,
): AsyncGenerator<{ readonly text: string; readonly done: number; readonly records: number }> {
  let records = 0
  for await (const event of readTable(source, reading, signal)) {
    if (event.kind === 'structure' && event.structure.headerRows > 0)
      yield { text: lineOf(event.structure.labels), done: 0, records }
    if (event.kind !== 'rows') continue
    records += event.rows.length
    yield { text: event.rows.map(({ cells }) => lineOf(cells)).join(''), done: event.done, records }
  }
}

/** A line that holds one empty cell would be no record, so that cell is written in quotes. */
function lineOf(cells: readonly string[]): string {
  if (cells.length === 1 && cells[0] === '') return '""\r\n'
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
