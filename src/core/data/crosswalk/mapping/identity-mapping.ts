/** The field map of two extracts with the same columns: each column copied, joined by keys. For comparing a table with itself in another system. */
import { pathName } from './element-path.ts'
import type { FieldLine, Mapping } from './mapping.ts'

export interface TableHeader {
  readonly table: string
  readonly header: readonly string[]
}

/** Which columns are the key of which table. */
export interface KeyChoice {
  /** The key of every table that has none of its own here. */
  readonly every: readonly string[]
  /** In the order given: where a table is named, rows of others that have the first one's column belong to its row. */
  readonly byTable: ReadonlyMap<string, readonly string[]>
}

/** Tables and columns that both sides have by the same name, joined by the keys that were chosen. */
export function identityMapping(legacy: readonly TableHeader[], target: readonly TableHeader[], keys: KeyChoice): Mapping {
  const fields: FieldLine[] = []
  const [first] = keys.byTable
  const link = first?.[1].length === 1 ? first[1][0] : undefined
  for (const { table, header } of legacy) {
    const other = target.find((one) => one.table.toLowerCase() === table.toLowerCase())
    if (!other) continue
    const key = keys.byTable.get(table) ?? keys.every
    for (const column of header) {
      const path = `${pathName(other.table)}.${pathName(column)}`
      const isKey = key.includes(column)
      if (!other.header.includes(column)) fields.push({ ...line(table, column, '', false), status: 'unmapped' })
      else if (first && column === link && table !== first[0]) {
        fields.push({ ...line(table, column, path, false), rule: 'reference', params: new Map([['table', first[0]]]) })
        if (isKey) fields.push(line(table, column, path, true))
      } else fields.push(line(table, column, path, isKey))
    }
  }
  return { fields, values: new Map() }
}

function line(source: string, column: string, target: string, isKey: boolean): FieldLine {
  return {
    source,
    fields: [column],
    rule: 'copy',
    params: isKey ? new Map([['role', 'key']]) : new Map(),
    target,
    required: isKey,
    status: 'confirmed',
    reason: '',
    by: '--key',
  }
}
