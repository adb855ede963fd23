/** Keys that the values prove: one value for each record on both sides, the same one, and called by other tables. */
import { columnMeaning } from '../../knowledge/meanings.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import type { ColumnFit, FitContext, OfferedField } from './column-fit.ts'
import { newLine } from './proposed-line.ts'
import type { TargetField, TargetTable } from './samples.ts'
import type { TableFit } from './table-fit.ts'

const fewest = 5
const leastShare = 0.95
/** Shorter ones are among the keys of any table. */
const shortest = 3

/** The chosen column that names the same record on both sides; null where none is proven. */
export function provenKey(
  { table, target, isComparable }: TableFit,
  chosen: readonly ColumnFit[],
  { overlaps, tables, patientKey }: FitContext,
): ColumnFit | null {
  if (!isComparable || table.rows < fewest) return null
  const whole = chosen.filter(
    ({ column, field }) =>
      isKeyLike(column.cells) &&
      field.met !== null &&
      field.met.type !== 'reference' &&
      namesEach(field.met, target.records) &&
      overlaps.of(column, field.met).share >= leastShare,
  )
  const isCalled = ({ column }: ColumnFit): boolean => {
    const own = new Set(column.cells)
    return tables.some((other) => other !== table && other.columns.some(({ cells }) => pointsTo(cells, own)))
  }
  return (
    whole.find(({ column }) => column === patientKey) ??
    whole.find(isCalled) ??
    whole.find(({ column }) => columnMeaning(column.name, table.name).name === 'id') ??
    // In no language that is known, the only one of its kind is the key all the same.
    (whole.length === 1 ? (whole[0] ?? null) : null)
  )
}

/** Cells that are all there, all different, and written like a key. */
export function isKeyLike(cells: readonly string[]): boolean {
  return (
    cells.length >= fewest &&
    new Set(cells).size === cells.length &&
    cells.every((cell) => /^[\p{L}\p{N}._:/-]+$/u.test(cell)) &&
    cells.filter((cell) => /\d/.test(cell)).length >= 0.5 * cells.length &&
    !cells.every((cell) => /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$|^[+-]?\d+[.,]\d+$/.test(cell))
  )
}

function namesEach({ values, filled }: TargetField, records: number): boolean {
  const all = values.flat()
  return filled === values.length && filled <= records && new Set(all).size === all.length
}

/** Whether filled cells are keys of the other table, nearly all of them, and tell more than a small number could. */
export function pointsTo(cells: readonly string[], keys: ReadonlySet<string>): boolean {
  const distinct = [...new Set(cells)].filter((cell) => cell !== '')
  if (distinct.length < shortest || distinct.some((cell) => cell.length < shortest || /^\d{1,4}$/.test(cell))) return false
  return distinct.filter((cell) => keys.has(cell)).length >= leastShare * distinct.length
}

/** Fields of target tables whose values are keys of another of them: links, whatever they are called. */
export function targetLinks(targets: readonly TargetTable[]): ReadonlyMap<TargetField, TargetField> {
  const tables = targets.filter(({ kind }) => kind === 'table')
  const keyed = tables.flatMap((table) =>
    table.fields
      .filter(({ values }) => isKeyLike(values.flat()))
      .map((field) => ({ table, field, keys: new Set(field.values.flat()) })),
  )
  const links = new Map<TargetField, TargetField>()
  for (const table of tables)
    for (const field of table.fields) {
      const to = keyed.find((one) => one.table !== table && pointsTo(field.values.flat(), one.keys))
      if (to && !(isKeyLike(field.values.flat()) && links.get(to.field) === field)) links.set(field, to.field)
    }
  return links
}

/** The id that links of the target call its patients by, where it is another one than the key that both sides share. */
export function calledId(
  { table, target }: TableFit,
  key: ColumnFit,
  fields: readonly OfferedField[],
  { targetLinks: links }: FitContext,
): { readonly field: OfferedField; readonly line: FieldLine; readonly words: string } | null {
  const called = new Set(links.values())
  if (target.kind !== 'table' || (key.field.met !== null && called.has(key.field.met))) return null
  const field = fields.find(({ met }) => met !== null && called.has(met))
  if (!field) return null
  return {
    field,
    line: newLine(table.name, [key.column.name], 'record-id', { table: table.name, role: 'id' }, field.target),
    words: `links of the target call its rows by “${field.target}”`,
  }
}
