/** A legacy row and a resource reduced to what pairing needs, so that a share of all patients fits into memory. */
import type { Carried } from '../data/crosswalk/carried.ts'
import { speaksOf, valuesAt } from '../data/crosswalk/element-path.ts'
import type { JsonValue, ResourceRecord, Row } from '../data/record.ts'
import { codings, isEnded, isWithdrawn, stateOfCode } from './pair-elements.ts'
import type { BoundField, BoundTable, PairPlan } from './pair-plan.ts'
import type { AllergyState, ItemPlace } from './pair-types.ts'

/** Values in the order of `table.fields`. */
export interface LegacyItem {
  readonly table: BoundTable
  readonly place: ItemPlace
  readonly raw: readonly string[]
  readonly carried: readonly (Carried | null)[]
}

export interface TargetItem {
  readonly table: BoundTable
  readonly place: ItemPlace
  readonly values: readonly (readonly JsonValue[])[]
}

/** A table bound to the header of one file: which cells make which field. */
export interface BoundRows {
  readonly table: BoundTable
  readonly nulls: ReadonlySet<string>
  readonly cells: readonly (readonly number[])[]
  readonly patient: readonly number[]
  /** Columns of the field map that the file does not have. */
  readonly missing: readonly string[]
}

export function bindRows(table: BoundTable, header: readonly string[], nulls: readonly string[]): BoundRows {
  const missing: string[] = []
  const at = (field: BoundField): number[] =>
    field.columns.map((column) => {
      const found = header.indexOf(column)
      if (found < 0) missing.push(column)
      return found
    })
  return {
    table,
    nulls: new Set(nulls),
    cells: table.fields.map(at),
    patient: table.patient ? at(table.patient) : table.isPatients && table.key ? at(table.key) : [],
    missing,
  }
}

function cellAt(row: Row, index: number, nulls: ReadonlySet<string>): string {
  const text = row.cells[index] ?? ''
  return text === '' || nulls.has(text) || text.trim() === '' ? '' : text
}

/** Key of the patient a row belongs to; empty where the table has no patients or the cell is empty. */
export function patientOfRow(row: Row, bound: BoundRows): string {
  const index = bound.patient[0]
  return index === undefined ? '' : cellAt(row, index, bound.nulls)
}

export function legacyItem(row: Row, bound: BoundRows, input: number): LegacyItem {
  const { fields } = bound.table
  // Of their final length from the start: a list that grows reserves room for seventeen.
  const raw: string[] = new Array(fields.length)
  const carried: (Carried | null)[] = new Array(fields.length)
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as BoundField
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
  return { table: bound.table, place: { input, record, line, byte, length, id: null }, raw, carried }
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
  }
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
      if (carried?.kind === 'date') return carried.text
    }
  return ''
}

/** Text of the key field by the mapping; empty where the table has none. */
export function keyText(item: LegacyItem | TargetItem): string {
  const i = item.table.positions.key[0]
  if (i === undefined) return ''
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
