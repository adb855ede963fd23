/** Keys that the values prove: one value for each record on both sides, the same one, and called by other tables. */
import { columnMeaning, nameWords } from '../../knowledge/meanings.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import type { ColumnFit, FitContext, OfferedField } from './column-fit.ts'
import { keyOf } from './links-between.ts'
import { newLine } from './proposed-line.ts'
import type { TargetField, TargetTable } from './samples.ts'
import type { TableFit } from './table-fit.ts'

const fewest = 5
const leastShare = 0.95
/** Shorter ones are among the keys of any table. */
const shortest = 3

/** The chosen column that names the same record on both sides; null where none is proven. */
export function provenKey(
  { table, isComparable }: TableFit,
  chosen: readonly ColumnFit[],
  { overlaps, tables, patientKey }: FitContext,
): ColumnFit | null {
  if (!isComparable || table.rows < fewest) return null
  const whole = chosen.filter(
    ({ column, field }) =>
      isKeyLike(column.cells) &&
      field.met !== null &&
      field.met.type !== 'reference' &&
      nearlyEach(field.met.values.flat(), field.met.values.length) &&
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
    onlyOne(whole)
  )
}

/** In no language that is known, the only one of its kind is the key all the same; one that repeats may be a moment or a name. */
function onlyOne(whole: readonly ColumnFit[]): ColumnFit | null {
  const [first, second] = whole
  return first !== undefined && second === undefined && new Set(first.column.cells).size === first.column.cells.length
    ? first
    : null
}

/** Cells that are there and different, nearly all of them, and written like a key: a row that was loaded twice is damage. */
export function isKeyLike(all: readonly string[]): boolean {
  const cells = all.filter((cell) => cell !== '')
  return (
    cells.length >= fewest &&
    nearlyEach(cells, all.length) &&
    cells.every((cell) => /^[\p{L}\p{N}._:/-]+$/u.test(cell)) &&
    cells.filter((cell) => /\d/.test(cell)).length >= 0.5 * cells.length &&
    !cells.every((cell) => /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:T.*)?$|^[+-]?\d+[.,]\d+$/.test(cell))
  )
}

/** Whether values are hardly ever missing, and hardly ever the same twice. */
function nearlyEach(values: readonly string[], records: number): boolean {
  return values.length >= leastShare * records && new Set(values).size >= leastShare * values.length
}

/** Whether filled cells are keys of the other table, nearly all of them, and tell more than a small number could. */
export function pointsTo(cells: readonly string[], keys: ReadonlySet<string>): boolean {
  const distinct = [...new Set(cells)].filter((cell) => cell !== '')
  if (distinct.length < shortest || distinct.some((cell) => cell.length < shortest || /^\d{1,4}$/.test(cell))) return false
  return distinct.filter((cell) => keys.has(cell)).length >= leastShare * distinct.length
}

/** Short numbers are keys of a table where the column has the name of its key, too. */
function isCalledAlike(
  { target, values }: TargetField,
  { field, keys }: { readonly field: TargetField; readonly keys: ReadonlySet<string> },
): boolean {
  const name = (one: string): string => one.split('.').at(-1)?.toLowerCase() ?? ''
  const distinct = [...new Set(values.flat())]
  // Every table has its own “id”.
  return (
    name(target) === name(field.target) &&
    nameWords(name(target)).length > 1 &&
    distinct.length >= shortest &&
    distinct.filter((one) => keys.has(one)).length >= leastShare * distinct.length
  )
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
      const to = keyed.find(
        (one) => one.table !== table && (pointsTo(field.values.flat(), one.keys) || isCalledAlike(field, one)),
      )
      if (to && !(isKeyLike(field.values.flat()) && links.get(to.field) === field)) links.set(field, to.field)
    }
  return links
}

/**
 * The id that links of the target call its rows by, where it is another one than the key that both sides share.
 * @param key the proven key; null where the rows of the target hold none, and its links alone name them
 */
export function calledId(
  { table, target }: TableFit,
  key: ColumnFit | null,
  fields: readonly OfferedField[],
  { targetLinks: links, tables, patients }: FitContext,
): { readonly field: OfferedField; readonly line: FieldLine; readonly words: string } | null {
  const called = new Set(links.values())
  if (target.kind !== 'table' || (key !== null && key.field.met !== null && called.has(key.field.met))) return null
  const field = fields.find(({ met }) => met !== null && called.has(met))
  const column = key?.column ?? keyOf(table, tables, table.name === patients)
  if (!field?.met || column === undefined) return null
  const form = field.met.values.flat().every((id) => /^\d+$/.test(id)) ? 'number' : ''
  return {
    field,
    line: newLine(table.name, [column.name], 'record-id', { form, table: table.name, role: 'id' }, field.target),
    words: `links of the target call its rows by “${field.target}”, an id of its own`,
  }
}
