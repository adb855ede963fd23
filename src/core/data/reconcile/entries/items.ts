/** A legacy row and a resource reduced to what pairing needs, so that a share of all patients fits into memory. */
import { speaksOf, valuesAt } from '../../crosswalk/mapping/element-path.ts'
import { codings, isEnded, isWithdrawn, member, stateOfCode } from '../../crosswalk/plan/elements.ts'
import type { BoundField, BoundTable, PairPlan } from '../../crosswalk/plan/plan.ts'
import {
  cellAt,
  holdsFor,
  joinedKey,
  leftOutBy,
  lostColumns,
  type RowLines,
  recordName,
  rowLines,
  saidBy,
  takesPart,
} from '../../crosswalk/plan/row-lines.ts'
import type { RowFilter } from '../../crosswalk/plan/row-rules.ts'
import type { AllergyState, ItemPlace } from '../../crosswalk/plan/sides.ts'
import type { Carried } from '../../model/carried.ts'
import type { JsonValue, ResourceRecord, Row } from '../../model/record.ts'
import { namesOf, namesOfReference } from './patient-names.ts'

/** Values in the order of `table.fields`. */
export interface LegacyItem {
  readonly table: BoundTable
  readonly place: ItemPlace
  readonly raw: readonly string[]
  readonly carried: readonly (Carried | null)[]
  /** The name that rows of one record share, and what each line of the field map says for this one; absent where the row is a record of its own. */
  readonly joins?: { readonly name: string; readonly said: readonly string[] }
  /** Places of the rows that were merged into this one. */
  readonly also?: readonly ItemPlace[]
  /** Per field the row it was taken from: 0 for this one, then those merged into it. */
  readonly from?: readonly number[]
  /** Keys of the rows that it links to, in the order of `table.links`; absent where the table has none. */
  readonly links?: readonly string[]
  /** Fields whose cells a person left behind for this row; absent where there are none. */
  readonly leftBehind?: readonly number[]
  /** True for a row that no line of the field map carries whole: it can have become nothing. */
  readonly untaken?: true
}

export interface TargetItem {
  readonly table: BoundTable
  readonly place: ItemPlace
  readonly values: readonly (readonly JsonValue[])[]
  /** What links call the records that it leads to, in the order of `table.links`; absent where the table has none. */
  readonly links?: readonly (readonly string[])[]
  /** What links call the record itself; absent where no table links to it, or no line says by which column. */
  readonly names?: readonly string[]
  /** The row, where links lead to it and nothing says yet by which column. */
  readonly row?: Readonly<Record<string, string>>
}

/** A table bound to the header of one file: which cells make which field. */
export interface BoundRows {
  readonly table: BoundTable
  readonly nulls: ReadonlySet<string>
  readonly cells: readonly (readonly number[])[]
  /** Per link the cells that make its key. */
  readonly links: readonly (readonly number[])[]
  readonly patient: readonly number[]
  readonly lines: RowLines
  /** Per field the cells that decide whether its line holds for a row; null where it holds for all. */
  readonly conditions: readonly (readonly number[] | null)[]
  /** Columns of the field map that the file does not have. */
  readonly missing: readonly string[]
}

export function bindRows(table: BoundTable, header: readonly string[], nulls: readonly string[]): BoundRows {
  const missing: string[] = []
  const at = (field: Pick<BoundField, 'columns'>): number[] =>
    field.columns.map((column) => {
      const found = header.indexOf(column)
      if (found < 0) missing.push(column)
      return found
    })
  return {
    table,
    nulls: new Set(nulls),
    cells: table.fields.map(at),
    links: table.links.map(at),
    patient:
      (table.patient ?? table.through)
        ? at(table.patient ?? table.through ?? { columns: [] })
        : table.isPatients
          ? table.positions.key.flatMap((i) => at(table.fields[i] ?? { columns: [] }))
          : [],
    lines: rowLines(table, (columns) => at({ columns })),
    conditions: table.fields.map(({ when }) => when && at(when)),
    missing,
  }
}

/** Key of the patient a row belongs to; empty where the table has no patients or a cell is empty. */
export function patientOfRow(row: Row, bound: BoundRows): string {
  const [index] = bound.patient
  if (index === undefined) return ''
  if (bound.patient.length === 1 || !bound.table.isPatients) return cellAt(row, index, bound.nulls)
  return joinedKey(bound.patient.map((at) => cellAt(row, at, bound.nulls)))
}

/** What a row became: an item for each target that takes it, one that is lost where no line carries it whole, or the filter that leaves it out. */
export function itemsOfRow(row: Row, bound: readonly BoundRows[], input: number): readonly LegacyItem[] | RowFilter {
  const [first] = bound
  if (!first) return []
  const all = bound.map(({ lines }) => lines)
  const items: LegacyItem[] = []
  let leftOut: RowFilter | null = null
  for (const one of bound) {
    const filter = leftOutBy(row, one.lines.filters)
    if (filter !== null) leftOut ??= filter
    else if (takesPart(row, one.lines)) items.push(legacyItem(row, one, input))
  }
  // What no line carries is nobody's decision: the row is lost as a whole, whatever else is made of it.
  if (lostColumns(row, all, first.nulls).length > 0 || (items.length === 0 && leftOut === null))
    return [{ ...legacyItem(row, first, input), untaken: true }]
  return items.length === 0 && leftOut !== null ? leftOut : items
}

/** Whether a line with a reason leaves a filled cell of these behind in this row. */
function isLeftBehind(row: Row, { lines, nulls }: BoundRows, cells: readonly number[]): boolean {
  return lines.left.some(
    ({ at, when, deciding }) => cells.includes(at) && cellAt(row, at, nulls) !== '' && holdsFor({ when }, row, deciding),
  )
}

function legacyItem(row: Row, bound: BoundRows, input: number): LegacyItem {
  const { fields } = bound.table
  // Of their final length from the start: a list that grows reserves room for seventeen.
  const raw: string[] = new Array(fields.length)
  const carried: (Carried | null)[] = new Array(fields.length)
  const leftBehind: number[] = []
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as BoundField
    if (!holdsFor(field, row, bound.conditions[i] ?? null)) {
      raw[i] = ''
      carried[i] = null
      if (isLeftBehind(row, bound, bound.cells[i] ?? [])) leftBehind.push(i)
      continue
    }
    const cells: string[] = []
    let text = ''
    for (const index of bound.cells[i] ?? []) {
      const cell = cellAt(row, index, bound.nulls)
      cells.push(cell)
      if (cell !== '') text = text === '' ? cell : `${text}, ${cell}`
    }
    raw[i] = text
    carried[i] = text !== '' || field.rule === 'constant' ? field.apply(cells) : null
  }
  const { record, line, byte, length } = row
  const place = { input, record, line, byte, length, id: null }
  const links = bound.table.links.map((field, i) => linkOf(field, row, bound.links[i] ?? [], bound.nulls))
  const item: LegacyItem = {
    table: bound.table,
    place,
    raw,
    carried,
    ...(links.length > 0 ? { links } : {}),
    ...(leftBehind.length > 0 ? { leftBehind } : {}),
  }
  const name = recordName(row, bound.lines, bound.nulls)
  return name === undefined ? item : { ...item, joins: { name, said: saidBy(row, bound.lines, bound.nulls) } }
}

/** The key that a link names; empty where it names none. */
function linkOf(field: BoundField, row: Row, at: readonly number[], nulls: ReadonlySet<string>): string {
  const cells = at.map((index) => cellAt(row, index, nulls))
  const carried = cells.some((cell) => cell !== '') ? field.apply(cells) : null
  return carried?.kind === 'reference' ? carried.key : ''
}

/** The cells that links to a row name: those of its key and of its id, as legacy writes them. */
export function namesOfRow({ table, raw }: LegacyItem): readonly string[] {
  const { key, id } = table.positions
  return [...(key.length === 1 ? key : []), ...id].map((i) => raw[i] ?? '').filter((text) => text !== '')
}

/** The table a resource came from, or null where no line of the field map speaks of it. */
export function tableOfResource(plan: PairPlan, resource: ResourceRecord): BoundTable | null {
  for (const table of plan.byType.get(resource.type) ?? [])
    if (speaksOf(table.selector, resource.type, resource.value)) return table
  return null
}

export function targetItem(resource: ResourceRecord, table: BoundTable, input: number): TargetItem {
  const { record, line, byte, length, type, id } = resource
  return {
    table,
    place: { input, record, line, byte, length, id: `${type}/${id ?? ''}` },
    values: table.fields.map((field) => valuesAt(resource.value, field.path)),
    ...(table.links.length > 0
      ? { links: table.links.map(({ path }) => valuesAt(resource.value, path).flatMap(namesOfReference)) }
      : {}),
    ...(table.isLinked ? calledBy(resource, table) : {}),
  }
}

/** A row of a target table is called by its id, which only a line with role=id names: another column may hold numbers of its own. */
function calledBy(resource: ResourceRecord, { positions }: BoundTable): Pick<TargetItem, 'names' | 'row'> {
  const { value } = resource
  if (positions.id.length > 0 || member(value, 'resourceType') !== undefined) return { names: namesOf(resource) }
  return { row: value as Readonly<Record<string, string>> }
}

/** What a row of a target table is named by. */
export interface TargetTable extends Pick<BoundTable, 'type' | 'fields'> {
  readonly positions: Pick<BoundTable['positions'], 'id' | 'key'>
}

/** A row of a target table as a record: its columns are its members, empty ones left out. */
export function tableRecord(row: Row, header: readonly string[], nulls: ReadonlySet<string>, table: TargetTable): ResourceRecord {
  const value: Record<string, string> = Object.create(null)
  for (let i = 0; i < header.length; i++) {
    const text = cellAt(row, i, nulls)
    if (text !== '') value[header[i] ?? ''] = text
  }
  const { record, line, byte, length } = row
  const named = table.positions.id.length > 0 ? table.positions.id.slice(0, 1) : table.positions.key
  const columns = named.map((at) => table.fields[at]?.path.steps[0]?.name ?? '')
  const id = columns.length === 0 ? null : joinedKey(columns.map((column) => value[column] ?? '')) || null
  return { kind: 'resource', record, line, byte, length, type: table.type, id, value, within: null }
}

/** Statuses a legacy item has by its rules, or a resource by itself. */
export function statuses(item: LegacyItem | TargetItem): string[] {
  const found: string[] = []
  for (const i of item.table.positions.status)
    if ('values' in item) for (const value of item.values[i] ?? []) for (const { code } of codings(value)) found.push(code)
    else {
      const carried = item.carried[i]
      if (carried?.kind === 'code') found.push(carried.code)
      else if (carried?.kind === 'text') found.push(carried.text)
    }
  return found
}

export function isCurrent(item: LegacyItem | TargetItem): boolean {
  return item.table.positions.status.length === 0 || !statuses(item).some(isEnded)
}

export function wasWithdrawn(item: LegacyItem | TargetItem): boolean {
  return statuses(item).some(isWithdrawn)
}

/** Codes an item is about, `system|code`; a resource may carry several, a code without system counts as itself. */
export function codeTokens(item: LegacyItem | TargetItem): string[] {
  const found: string[] = []
  for (const i of item.table.positions.code)
    if ('values' in item)
      for (const value of item.values[i] ?? []) for (const { system, code } of codings(value)) found.push(`${system}|${code}`)
    else {
      const carried = item.carried[i]
      if (carried?.kind === 'code') found.push(`${carried.system}|${carried.code}`)
      else if (carried?.kind === 'text') found.push(`|${carried.text}`)
    }
  return found
}

/** First date that places an item in time; empty where none is recorded. */
export function onset(item: LegacyItem | TargetItem): string {
  for (const i of item.table.positions.onset)
    if ('values' in item) {
      const value = item.values[i]?.[0]
      if (typeof value === 'string') return value
    } else {
      const carried = item.carried[i]
      if (carried?.kind === 'date' || carried?.kind === 'text') return carried.text
    }
  return ''
}

/** Text of the key by the mapping, of all its parts where it has several; empty where the table has none or a part is empty. */
export function keyText(item: LegacyItem | TargetItem): string {
  const { key } = item.table.positions
  if (key.length === 1) return partOf(item, key[0] ?? 0)
  return key.length === 0 ? '' : joinedKey(key.map((i) => partOf(item, i)))
}

/** Every text that may be the key: of a target with several identifiers at one place each of them. */
export function keyTexts(item: LegacyItem | TargetItem): readonly string[] {
  const [only, another] = item.table.positions.key
  if ('values' in item && only !== undefined && another === undefined) {
    const values = item.values[only] ?? []
    if (values.length > 1)
      return values.flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
  }
  const key = keyText(item)
  return key === '' ? [] : [key]
}

function partOf(item: LegacyItem | TargetItem, i: number): string {
  if ('values' in item) {
    const value = item.values[i]?.[0]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const carried = item.carried[i]
  return carried?.kind === 'text' ? carried.text : ''
}

/** The allergy state an entry states instead of naming a substance; null for an allergy. */
export function statementOf(item: LegacyItem | TargetItem): AllergyState | null {
  for (const i of item.table.positions.code)
    if ('values' in item) {
      for (const value of item.values[i] ?? [])
        for (const { system, code } of codings(value)) {
          const state = stateOfCode(system, code)
          if (state !== null) return state
        }
    } else {
      const carried = item.carried[i]
      const state =
        carried?.kind === 'code'
          ? stateOfCode(carried.system, carried.code)
          : carried?.kind === 'text'
            ? stateOfCode('', carried.text)
            : null
      if (state !== null) return state
    }
  return null
}

/** All that both sides hold about one patient. */
export interface Group {
  readonly key: string
  readonly legacy: LegacyItem[]
  readonly target: TargetItem[]
  /** What empty allergy lists of the target state. */
  readonly listed: AllergyState[]
}
