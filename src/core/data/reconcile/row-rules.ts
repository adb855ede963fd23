/** Lines of the field map that speak of whole rows: which take part, which make one record together, and which lines hold for which rows. */
import type { FieldLine } from '../crosswalk/mapping.ts'

/** Rows of the legacy table that become a record of this target; all of them where no line of the field map filters. */
export interface RowFilter {
  readonly columns: readonly string[]
  readonly takes: (cells: readonly string[]) => boolean
  readonly reason: string
  readonly by: string
}

/** Rows of one patient that are equal in these columns become one record (rows to columns). */
export interface RowJoin {
  readonly columns: readonly string[]
  readonly reason: string
  readonly by: string
}

/** The rows that a line holds for: those with one of these values in the column. */
export interface RowCondition {
  readonly column: string
  /** As they are compared, without spaces around; the empty one stands for an empty cell. */
  readonly values: ReadonlySet<string>
  readonly takes: (cell: string) => boolean
}

/** Rules that carry no cell: they say which rows take part, and which become one record. */
export const rowRules = ['filter', 'group'] as const

export function isRowRule(rule: string): boolean {
  return rowRules.some((one) => one === rule)
}

/** What a rule of rows does, in words. */
export function rowRuleWords({ rule, params, fields }: Pick<FieldLine, 'rule' | 'params' | 'fields'>): string {
  if (rule === 'group') return `rows of one patient with the same ${fields.join(' and ')} are one record`
  return params.has('in')
    ? `only rows where it is ${params.get('in')}`
    : `only rows where it is not ${params.get('not-in') ?? '…'}`
}

/** The rows that a line holds for, in words; empty where it holds for all. */
export function conditionWords({ params }: Pick<FieldLine, 'params'>): string {
  const when = params.get('when')
  return when === undefined ? '' : `, where ${when.replace('=', ' is ').replaceAll('|', ' or ')}`
}

/** What keeps a rule of rows from being followed; null where nothing does. Who and why are asked for when it is confirmed. */
export function rowRuleTrouble(line: FieldLine): string | null {
  const bound = line.rule === 'group' ? bindJoin({ ...line, by: '·' }) : bindFilter({ ...line, by: '·' })
  return typeof bound === 'string' ? bound : null
}

/** The reason stands in its own column, or among the parameters where the rule was made in the app. */
function reasonOf({ reason, params }: FieldLine): string {
  return reason === '' ? (params.get('reason') ?? '') : reason
}

/** `in="a|b"` or `not-in="a|b"`; an empty item stands for the empty cell. */
export function bindFilter(line: FieldLine): RowFilter | string {
  const wanted = line.params.get('in')
  const unwanted = line.params.get('not-in')
  if ((wanted === undefined) === (unwanted === undefined)) return 'filter takes either in="a|b" or not-in="a|b"'
  const reason = reasonOf(line)
  if (reason === '' || line.by === '') return 'a filter leaves records behind, so it needs a reason and a name'
  const list = new Set((wanted ?? unwanted ?? '').split('|'))
  const takes = (cells: readonly string[]): boolean => list.has((cells[0] ?? '').trim()) === (wanted !== undefined)
  return { columns: line.fields, takes, reason, by: line.by }
}

/** `group` with the columns in which the rows of one record are equal. */
export function bindJoin(line: FieldLine): RowJoin | string {
  const columns = line.fields.filter((column) => column !== '')
  if (columns.length === 0) return 'group names the columns in which the rows of one record are equal'
  const reason = reasonOf(line)
  if (reason === '' || line.by === '') return 'a group makes one record of several, so it needs a reason and a name'
  return { columns, reason, by: line.by }
}

/** `when="ITEM=SYS|S"` on any line; null where the line holds for every row. */
export function bindCondition(line: FieldLine): RowCondition | string | null {
  const text = line.params.get('when')
  if (text === undefined) return null
  const at = text.indexOf('=')
  const column = text.slice(0, at).trim()
  if (at < 0 || column === '') return 'when takes a column and its values, such as when="ITEM=SYS|S"'
  const list: ReadonlySet<string> = new Set(text.slice(at + 1).split('|'))
  return { column, values: list, takes: (cell) => list.has(cell.trim()) }
}
