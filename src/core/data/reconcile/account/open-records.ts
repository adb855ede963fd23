/** Legacy records that nobody accounts for, one by one: where each stands, its key and why; the numbers say how many there are. */
import { csvText } from '../../../values/csv-text.ts'
import type { ItemPlace } from '../../crosswalk/plan/sides.ts'

export const openWhys = {
  'no-line': 'no confirmed line of the field map speaks of its table',
  'no-patient': 'it names no patient',
  'patient-lost': 'the record of its patient did not arrive',
  'several-fit': 'several target records fit it equally well',
  'none-fits': 'no target record fits it',
} as const
export type OpenWhy = keyof typeof openWhys

export interface OpenRecord {
  readonly table: string
  readonly input: number
  readonly record: number
  readonly line: number
  /** As its file has it; empty where no line of the field map names a key. */
  readonly key: string
  readonly why: OpenWhy
}

/** More of them are one mistake of the map, and no list of records. */
const most = 10_000

export class OpenRecords {
  /** A row that became several entries is one record. */
  private readonly kept = new Map<string, OpenRecord>()

  add(table: string, { input, record, line }: Pick<ItemPlace, 'input' | 'record' | 'line'>, key: string, why: OpenWhy): void {
    if (this.kept.size >= most) return
    const place = `${input}:${record}`
    if (!this.kept.has(place)) this.kept.set(place, { table, input, record, line, key, why })
  }

  /** In the order of the files. */
  result(): readonly OpenRecord[] {
    return [...this.kept.values()].sort((a, b) => a.input - b.input || a.record - b.record)
  }
}

/** One line per record. @param keys whether keys may be written in clear */
export function openRecordsCsv(list: readonly OpenRecord[], paths: readonly string[], keys: (key: string) => string): string {
  const head = ['table', 'file', 'record', 'line', 'key', 'why']
  const rows = list.map(({ table, input, record, line, key, why }) => [
    ...[table, paths[input] ?? '', String(record), String(line)],
    ...[key === '' ? '' : keys(key), openWhys[why]],
  ])
  return csvText([head, ...rows])
}
