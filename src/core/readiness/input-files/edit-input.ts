/** Small changes of an input file that leave every other cell as it was written: records added at its end, one cell set, columns given other names. */
import { recordsIn } from './csv-records.ts'
import { columnName } from './read-input.ts'
import { csvText } from './write-input.ts'

interface Table {
  readonly head: readonly string[]
  readonly records: readonly (readonly string[])[]
}

/** Columns that the file does not have yet come behind its own. */
export function withRecords(content: string, added: readonly ReadonlyMap<string, string>[]): string {
  const { head, records } = tableOf(content)
  const wide = widened(head, [...new Set(added.flatMap((record) => [...record.keys()]))])
  const names = wide.map(columnName)
  return written(wide, [...records, ...added.map((record) => names.map((name) => record.get(name) ?? ''))])
}

/** @param place of the record, from 0, blank lines not counted: `placeOfLine` */
export function withCell(content: string, place: number, name: string, cell: string): string {
  const { head, records } = tableOf(content)
  const wide = widened(head, [name])
  const column = wide.map(columnName).indexOf(name)
  return written(
    wide,
    records.map((record, at) => (at === place ? wide.map((_, each) => (each === column ? cell : (record[each] ?? ''))) : record)),
  )
}

/** @param names column that is wanted → column of the file that holds it */
export function withColumnNames(content: string, names: ReadonlyMap<string, string>): string {
  // Rewriting would close quotes that are open, and hide that they were.
  if (recordsIn(content).trouble !== null) return content
  const { head, records } = tableOf(content)
  const wanted = new Map([...names].map(([name, given]) => [given, name]))
  return written(
    head.map((name) => wanted.get(name) ?? name),
    records,
  )
}

/** Records as name → cell, by the names that `readInput` goes by. */
export function recordsOf(content: string): readonly ReadonlyMap<string, string>[] {
  const { head, records } = tableOf(content)
  const names = head.map(columnName)
  return records.map((record) => new Map(names.map((name, at) => [name, (record[at] ?? '').trim()])))
}

/** Place of the record that begins on this line, as `readInput` counts lines; -1 where none does. */
export function placeOfLine(content: string, line: number): number {
  return recordsIn(content).records.findIndex((record) => record.line === line)
}

export function headOf(content: string): readonly string[] {
  return tableOf(content).head
}

function tableOf(content: string): Table {
  const { head, records } = recordsIn(content)
  return { head, records: records.map(({ cells }) => cells) }
}

function widened(head: readonly string[], names: readonly string[]): readonly string[] {
  const known = new Set(head.map(columnName))
  return [...head, ...names.filter((name) => !known.has(name))]
}

function written(head: readonly string[], records: Table['records']): string {
  return csvText([head, ...records.map((record) => head.map((_, at) => record[at] ?? ''))])
}
