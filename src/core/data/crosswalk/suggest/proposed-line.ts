/** The line that a fit becomes: rule, parameters and role follow from what the column holds and what the field takes. */

import { columnMeaning } from '../../knowledge/meanings.ts'
import type { ValueLine, ValueMap } from '../../model/carried.ts'
import { parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import { derivedRole } from '../plan/element-roles.ts'
import { systemOf } from './code-forms.ts'
import type { ColumnFit } from './column-fit.ts'
import type { LegacyColumn, LegacyTable, TargetField } from './samples.ts'
import type { ValuePairs } from './value-pairs.ts'

export interface ProposedLine {
  readonly line: FieldLine
  /** A value map that the line names, as far as the data show it. */
  readonly values: ValueMap | null
  /** Paired rows that show each line of the map, by legacy value. */
  readonly support?: ReadonlyMap<string, number>
}

export function newLine(
  source: string,
  fields: readonly string[],
  rule: string,
  params: Readonly<Record<string, string>>,
  target: string,
): FieldLine {
  const given = Object.entries(params).filter(([, value]) => value !== '')
  return { source, fields, rule, params: new Map(given), target, required: false, status: 'suggested', reason: '', by: '' }
}

/** What the table is, as far as the roles of its lines follow from it. */
export interface TablePart {
  readonly isPatients: boolean
  /** The column and the field that name the same record on both sides, as the values prove it. */
  readonly key: Pick<ColumnFit, 'column' | 'field'> | null
  /** The one day or moment that its records have; null where they have several. */
  readonly onlyTime: LegacyColumn | null
}

/** One line, or several where a column tells which code system a code is of. */
export function linesFor(fit: ColumnFit, table: LegacyTable, part: TablePart): readonly ProposedLine[] {
  const { column, field, values, links } = fit
  const role = roleFor(fit, part)
  const line = (rule: string, params: Readonly<Record<string, string>> = {}): ProposedLine => ({
    line: newLine(table.name, [column.name], rule, { ...params, role, more: holdsMore(fit) ? 'allowed' : '' }, field.target),
    values: null,
  })
  if (links !== null && fit.meaning !== 'id') return [line('reference', { table: links })]
  const [before, ...more] = field.met?.type === 'reference' ? [...field.met.systems] : []
  // A number that is only an identifier of the record it links to is not the end of the link.
  if (before !== undefined && !column.cells.some((cell) => before[1].has(cell))) return []
  // Rows of a table that is not here: the link is written as the target writes it.
  if (before !== undefined && more.length === 0)
    return [
      {
        line: newLine(table.name, [column.name], 'affix', { prefix: before[0] }, `${field.target}.reference`),
        values: null,
      },
    ]
  const type = kindOf(fit)
  if (type === 'id') return [line('record-id', { form: 'number', table: table.name })]
  if (values !== null) return [withMap(line, table, column, values, fit)]
  if (type === 'code') return codeLines(fit, table, line)
  if (type === 'concept') return [line('value-map', { map: mapName(table, column) })]
  if (type === 'date') return [line(/(^|[._])(birth)?date$/i.test(field.target) ? 'date' : dateRule(column), orderOf(column))]
  if (type === 'number' && column.sample.type === 'number') return [line('number-format', marksOf(column))]
  const to = field.met === null || column.distinct > mostSpelled ? null : caseOf(column, field.met)
  return [to === null ? line('copy') : line('case', { to })]
}

/** Whether records of the target have further values there: categories of their own, parts of a name. */
function holdsMore({ field }: ColumnFit): boolean {
  if (field.met === null || field.met.type === 'reference' || field.met.type === 'cell') return false
  const filled = field.met.values.filter((list) => list.length > 0)
  return filled.filter((list) => new Set(list).size > 1).length > 0.5 * filled.length
}

export const mapName = (table: LegacyTable, column: LegacyColumn): string => `${table.name}-${column.name}`.toLowerCase()

function withMap(
  line: (rule: string, params: Readonly<Record<string, string>>) => ProposedLine,
  table: LegacyTable,
  column: LegacyColumn,
  { table: pairs, support }: ValuePairs,
  { field }: ColumnFit,
): ProposedLine {
  const name = mapName(table, column)
  const systems = [...(field.met?.systems ?? [])]
  const lines = [...pairs].map(([code, target]): [string, ValueLine] => {
    const system = systems.find(([, codes]) => codes.has(target))?.[0] ?? ''
    return [code, { code, display: '', system, target, relationship: 'equivalent' }]
  })
  return { ...line('value-map', { map: name }), values: { name, lines: new Map(lines) }, support }
}

function codeLines(
  { column, field }: ColumnFit,
  table: LegacyTable,
  line: (rule: string, params?: Readonly<Record<string, string>>) => ProposedLine,
): readonly ProposedLine[] {
  const systems = [...(field.met?.systems ?? [])]
    .map(([system, codes]) => ({ system, n: column.cells.filter((cell) => codes.has(cell)).length, codes }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
  const [first] = systems
  if (!first) {
    const system = systemOf(column.cells)
    return [system === null ? line('copy') : line('code', { system })]
  }
  const teller = systems.length < 2 ? null : tellerOf(table, column, systems)
  if (teller === null) return [line('code', { system: first.system })]
  return [...teller.values].map(([system, cells]) => line('code', { system, when: `${teller.column}=${cells.join('|')}` }))
}

/** A list of words that the target spells its own way; more of them are names and sentences. */
const mostSpelled = 12

/** Where every value that both sides know differs in capitals alone: how the target writes them. */
function caseOf({ cells }: LegacyColumn, { values }: TargetField): 'lower' | 'upper' | null {
  const there = new Set(values.flat())
  const own = [...new Set(cells)].filter((cell) => cell !== '' && !there.has(cell))
  const known = (turned: (cell: string) => string): number => own.filter((cell) => there.has(turned(cell))).length
  const lower = known((cell) => cell.toLowerCase())
  const upper = known((cell) => cell.toUpperCase())
  return lower === 0 && upper === 0 ? null : lower >= upper ? 'lower' : 'upper'
}

/** A column whose values say which system the codes of a row are of. */
function tellerOf(
  table: LegacyTable,
  column: LegacyColumn,
  systems: readonly { readonly system: string; readonly codes: ReadonlySet<string> }[],
): { readonly column: string; readonly values: ReadonlyMap<string, readonly string[]> } | null {
  for (const other of table.columns) {
    if (other === column || other.distinct < 2 || other.distinct > 12) continue
    const found = new Map<string, string>()
    const isClear = column.cells.every((cell, row) => {
      const own = systems.filter(({ codes }) => codes.has(cell)).map(({ system }) => system)
      const value = other.cells[row] ?? ''
      if (own.length !== 1 || value === '') return true
      const before = found.get(value)
      found.set(value, own[0] ?? '')
      return before === undefined || before === own[0]
    })
    if (!isClear || new Set(found.values()).size !== systems.length) continue
    const values = new Map<string, string[]>()
    for (const [value, system] of found) values.set(system, [...(values.get(system) ?? []), value])
    return { column: other.name, values }
  }
  return null
}

type Kind = 'id' | 'code' | 'concept' | 'date' | 'number' | 'text'

function kindOf({ field, meaning, column }: ColumnFit): Kind {
  const type = (field.met && field.met.type !== 'cell' ? field.met.type : field.type).toLowerCase()
  const name = field.target.split('.').at(-1) ?? ''
  if (!/^[A-Z]/.test(field.target)) {
    if (/concept_id$/.test(name)) return 'concept'
    if (meaning === 'id' && /_id$/.test(name)) return 'id'
    if (['date', 'date-time', 'empty'].includes(column.sample.type) && /date|time/.test(`${type} ${name}`)) return 'date'
    if (/int|decimal|float|numeric|number/.test(type)) return 'number'
    return field.met === null ? 'text' : cellKind(column, field.met)
  }
  if (/^(code|codeableconcept|coding)$/.test(type) && (field.met !== null || type !== 'code')) return 'code'
  if (/^(date|datetime|instant)$/.test(type)) return 'date'
  return /^(number|decimal|integer|positiveint|unsignedint|quantity|money)$/.test(type) ? 'number' : 'text'
}

/** Cells of another table that hold the same in another form: a day turned round, a decimal comma made a point. */
function cellKind(column: LegacyColumn, { values }: TargetField): 'date' | 'number' | 'text' {
  const share = (form: RegExp): number => {
    const there = values.flat()
    return there.filter((text) => form.test(text)).length / Math.max(1, there.length)
  }
  const isDay = ['date', 'date-time'].includes(column.sample.type) && 'order' in orderOf(column)
  if (isDay && share(/^\d{4}-\d{2}-\d{2}/) > 0.9) return 'date'
  return Object.keys(marksOf(column)).length > 0 && share(/^[+-]?\d+(\.\d+)?$/) > 0.9 ? 'number' : 'text'
}

/** The marks of numbers that are written with a comma; nothing where they are written with a point. */
function marksOf({ cells, sample }: LegacyColumn): Readonly<Record<string, string>> {
  if (sample.type !== 'number' || !cells.some((cell) => /\d,\d/.test(cell)) || cells.some((cell) => /\d\.\d/.test(cell)))
    return {}
  return { decimal: ',' }
}

export function dateRule(column: LegacyColumn): 'date' | 'date-time' {
  return column.sample.type === 'date-time' ? 'date-time' : 'date'
}

export function orderOf(column: LegacyColumn): Readonly<Record<string, string>> {
  const isIso = column.cells.every((cell) => cell === '' || /^\d{4}/.test(cell))
  return isIso ? {} : { order: column.order }
}

/** The role that pairing needs of a line and that its element does not give it. */
export function roleFor({ field, meaning: own, column }: ColumnFit, { isPatients, key, onlyTime }: TablePart): string {
  const path = parseElementPath(field.target)
  if (typeof path === 'string') return ''
  const isTable = !/^[A-Z]/.test(field.target)
  const steps = path.steps.map(({ name }) => name)
  // What a name of the target says counts where that of legacy is in no known language.
  const meaning = own === '' && isTable ? columnMeaning(steps[0] ?? '', path.type).name : own
  const implied = isTable ? 'content' : derivedRole(path.type, steps)
  if (column === key?.column && field === key.field) return 'key'
  if (meaning === 'id') {
    // A number that was carried over beside an id of the target's own is what both sides know.
    if (isTable) return columnMeaning(steps[0] ?? '', path.type).name === 'id' ? 'id' : 'key'
    return isPatients || steps.includes('identifier') ? 'key' : ''
  }
  if (meaning === 'code') return implied === 'code' || (isTable && /concept/.test(steps[0] ?? '')) ? '' : 'code'
  if (meaning === 'start' || (meaning === 'date' && steps.length <= 2)) return implied === 'onset' ? '' : 'onset'
  if (meaning === 'status') return implied === 'status' ? '' : 'status'
  if (isTable && meaning === '' && column === onlyTime) return implied === 'onset' ? '' : 'onset'
  return ''
}
