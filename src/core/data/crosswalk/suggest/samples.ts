/** Records of both sides that proposals look at: whole rows and resources, the same patients on either side where there are too many. */

import { stopIfAborted } from '../../../operation.ts'
import { hash32 } from '../../../random.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { readResources } from '../../read/json/read-resources.ts'
import { readTable } from '../../read/table.ts'
import type { OpenSide } from '../plan/open-sides.ts'
import { type ColumnSample, ColumnSampler } from './column-sample.ts'
import { type Leaf, leavesOf } from './resource-leaves.ts'
import { type DateOrder, dateOrder, legacyKeys, targetKeys } from './value-keys.ts'

/** Bytes of one side above which only a share of its patients is kept. */
const keptBytes = 48 << 20
/** Records of one table or type that are kept, at most. */
const most = 12_000

export interface LegacyColumn {
  readonly name: string
  readonly sample: ColumnSample
  readonly order: DateOrder
  /** Whether the cells prove the order. */
  readonly isOrderKnown: boolean
  readonly cells: readonly string[]
  readonly distinct: number
  readonly filled: number
}

export interface LegacyTable {
  readonly name: string
  readonly rows: number
  readonly columns: readonly LegacyColumn[]
}

export interface TargetField {
  /** As a line of the field map names it. */
  readonly target: string
  readonly type: Leaf['type'] | 'cell'
  /** Per record its values; empty where it has none. */
  readonly values: readonly (readonly string[])[]
  /** Code systems met, most frequent first. */
  readonly systems: ReadonlyMap<string, ReadonlySet<string>>
  readonly filled: number
}

export interface TargetTable {
  readonly name: string
  readonly kind: 'resource' | 'table'
  readonly records: number
  readonly fields: readonly TargetField[]
  /** Resources with components, whole: proposals for panels are made of them. */
  readonly panels: readonly JsonObject[]
}

/** One in so many patients is kept. */
function shareOf(inputs: readonly OpenSide[]): number {
  const side = (name: 'legacy' | 'target'): number =>
    inputs.reduce((sum, one) => sum + (one.side === name ? one.source.size * (/gz|zip/.test(one.source.name) ? 8 : 1) : 0), 0)
  return Math.max(1, Math.ceil(Math.max(side('legacy'), side('target')) / keptBytes))
}

const isDrawn = (text: string, share: number): boolean => share === 1 || hash32(text, 0x5379) % share === 0

export async function* readSamples(
  inputs: readonly OpenSide[],
  signal: AbortSignal,
): AsyncGenerator<string, { readonly legacy: readonly LegacyTable[]; readonly target: readonly TargetTable[] }> {
  const share = shareOf(inputs)
  const legacy: LegacyTable[] = []
  const resources = new Map<string, JsonObject[]>()
  const counts = new Map<string, number>()
  const tables: TargetTable[] = []
  for (const one of inputs) {
    stopIfAborted(signal)
    if (one.refusal !== null || one.records === null) continue
    yield one.source.name
    if (one.records === 'csv') {
      const table = await readRows(one, share, signal)
      if (one.side === 'target') tables.push(targetTable(table))
      else if (one.side === 'legacy') legacy.push(table)
      continue
    }
    if (one.side !== 'target') continue
    for await (const event of readResources(one.source, one.records, signal)) {
      if (event.kind !== 'resources') continue
      for (const { type, value, id } of event.resources) {
        const held = resources.get(type) ?? []
        if (held.length === 0) resources.set(type, held)
        counts.set(type, (counts.get(type) ?? 0) + 1)
        if (held.length < most && (share === 1 || held.length < 20 || isOfDrawn(type, id, value, share))) held.push(value)
      }
      stopIfAborted(signal)
    }
  }
  const identifiers = patientIdentifiers(resources.get('Patient') ?? [])
  const target = [...resources].map(([type, list]) => resourceTable(type, list, counts.get(type) ?? list.length, identifiers))
  return { legacy, target: [...target, ...tables] }
}

async function readRows(one: OpenSide, share: number, signal: AbortSignal): Promise<LegacyTable> {
  const nulls = new Set(one.reading.nulls ?? [])
  let header: readonly string[] = []
  const rows: (readonly string[])[] = []
  let count = 0
  for await (const event of readTable(one.source, one.reading, signal, 0)) {
    if (event.kind === 'structure') header = event.structure.header
    if (event.kind !== 'rows') continue
    for (const { cells } of event.rows) {
      count++
      if (
        rows.length < most &&
        (share === 1 || rows.length < 20 || cells.some((cell) => cell.length > 3 && isDrawn(cell, share)))
      )
        rows.push(cells.map((cell) => (nulls.has(cell) ? '' : cell)))
    }
    stopIfAborted(signal)
  }
  const proven = new Set(
    header.map((_, i) => dateOrder(rows.map((row) => (row[i] ?? '').trim()))).filter((order) => order !== null),
  )
  // One export writes its dates one way: a column of few dates follows those that prove their order.
  const [ofFile = null] = proven.size === 1 ? proven : []
  const columns = header.map((name, i): LegacyColumn => {
    const sampler = new ColumnSampler(one.table, name)
    const cells = rows.map((row) => (row[i] ?? '').trim())
    for (const cell of cells) sampler.add(cell)
    const order = dateOrder(cells)
    const filled = cells.filter((cell) => cell !== '')
    return {
      name,
      sample: sampler.result(),
      order: order ?? ofFile ?? 'month-first',
      isOrderKnown: order !== null,
      cells,
      distinct: new Set(filled).size,
      filled: filled.length,
    }
  })
  return { name: one.table, rows: count, columns }
}

function isOfDrawn(type: string, id: string | null, value: JsonObject, share: number): boolean {
  if (type === 'Patient') {
    const list = Array.isArray(value.identifier) ? value.identifier : []
    return [id ?? '', ...list.map((one: JsonValue) => textOf(one, 'value'))].some((text) => isDrawn(text, share))
  }
  const link = textOf(value.subject ?? value.patient ?? null, 'reference')
  return isDrawn(link.replace(/^.*[/:]/, ''), share)
}

function textOf(value: JsonValue | undefined, name: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const found = (value as JsonObject)[name]
  return typeof found === 'string' ? found : ''
}

/** What else a link to a patient can be known by: legacy keys often are identifiers in the target. */
function patientIdentifiers(patients: readonly JsonObject[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    patients.map((one) => {
      const list = Array.isArray(one.identifier) ? one.identifier : []
      return [String(one.id ?? ''), list.map((each: JsonValue) => textOf(each, 'value')).filter((text) => text !== '')]
    }),
  )
}

function resourceTable(
  type: string,
  list: readonly JsonObject[],
  records: number,
  identifiers: ReadonlyMap<string, readonly string[]>,
): TargetTable {
  const panels = list.filter(({ component }) => Array.isArray(component))
  const found = new Map<string, { type: Leaf['type']; values: string[][]; systems: Map<string, Set<string>>; filled: number }>()
  const many = new Set<string>()
  for (const [at, one] of list.entries()) {
    const seen = new Set<string>()
    for (const leaf of leavesOf(type, one)) {
      let field = found.get(leaf.target)
      if (!field) {
        field = { type: leaf.type, values: [], systems: new Map(), filled: 0 }
        found.set(leaf.target, field)
      }
      if (seen.has(leaf.target)) many.add(leaf.target)
      else field.filled++
      seen.add(leaf.target)
      const values = field.values[at] ?? []
      field.values[at] = values
      values.push(leaf.text, ...(leaf.type === 'reference' ? (identifiers.get(leaf.text) ?? []) : []))
      if (leaf.system !== '') field.systems.set(leaf.system, (field.systems.get(leaf.system) ?? new Set()).add(leaf.text))
    }
  }
  const plainOf = (target: string): string => target.replace(/\.where\([^)]*\)/g, '')
  const fields = [...found].flatMap(([target, { values, ...rest }]): TargetField[] => {
    const plain = plainOf(target)
    // One entry of a list needs no filter; several are told apart by one.
    const isSliced = plain !== target && !target.includes('extension.where(')
    if (isSliced && !many.has(plain)) return []
    if (!isSliced && many.has(target) && [...found.keys()].some((other) => other !== target && plainOf(other) === target))
      return []
    return [{ target, ...rest, values: Array.from(list, (_, at) => values[at] ?? []) }]
  })
  return { name: type, kind: 'resource', records, fields, panels }
}

function targetTable({ name, rows, columns }: LegacyTable): TargetTable {
  const fields = columns.map(
    ({ name: column, cells, filled }): TargetField => ({
      target: `${name.toLowerCase()}.${column}`,
      type: 'cell',
      values: cells.map((cell) => (cell === '' ? [] : [cell])),
      systems: new Map(),
      filled,
    }),
  )
  return { name: name.toLowerCase(), kind: 'table', records: rows, fields, panels: [] }
}

/** Keys of every cell of a column; made once. */
export class KeyedColumns {
  private readonly legacy = new Map<LegacyColumn, readonly (readonly string[])[]>()
  private readonly target = new Map<TargetField, readonly ReadonlySet<string>[]>()

  of(column: LegacyColumn): readonly (readonly string[])[] {
    let keys = this.legacy.get(column)
    if (!keys) {
      keys = column.cells.map((cell) => legacyKeys(cell, column.order))
      this.legacy.set(column, keys)
    }
    return keys
  }

  /** Cells of a link get, first, the key of what the target calls the row they name. */
  call(column: LegacyColumn, ids: ReadonlyMap<string, string>): void {
    const own = this.of(column)
    this.legacy.set(
      column,
      column.cells.map((cell, row) => [...legacyKeys(ids.get(cell) ?? '', column.order), ...(own[row] ?? [])]),
    )
  }

  ofField(field: TargetField): readonly ReadonlySet<string>[] {
    let keys = this.target.get(field)
    if (!keys) {
      keys = field.values.map((list) => new Set(list.flatMap(targetKeys)))
      this.target.set(field, keys)
    }
    return keys
  }
}
