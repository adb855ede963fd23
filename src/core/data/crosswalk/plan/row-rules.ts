/** Lines of the field map that speak of whole rows: which take part, which make one record together, and which lines hold for which rows. */
import type { FieldLine } from '../mapping/mapping.ts'
import { parseCondition, type RowCondition, wordsOfCondition } from './row-condition.ts'

/** Rows of the legacy table that become a record of this target; all of them where no line of the field map filters. */
export interface RowFilter {
  readonly columns: readonly string[]
  readonly takes: (cells: readonly string[]) => boolean
  /** Values that the rows it takes have, by column, where it names them. */
  readonly values: RowCondition['values']
  readonly reason: string
  readonly by: string
}

/** Rows of one patient that are equal in these columns become one record (rows to columns). */
export interface RowJoin {
  readonly columns: readonly string[]
  /** True where it speaks of all targets of the table, false where of one. */
  readonly isOfTable: boolean
  readonly reason: string
  readonly by: string
}

/** Rules that carry no cell: they say which rows take part, and which become one record. */
export const rowRules = ['filter', 'group'] as const

export function isRowRule(rule: string): boolean {
  return rowRules.some((one) => one === rule)
}

/** What a rule of rows does, in words. */
export function rowRuleWords({ rule, params, fields }: Pick<FieldLine, 'rule' | 'params' | 'fields'>): string {
  if (rule === 'group') return `rows of one patient with the same ${fields.join(' and ')} are one record`
  const [only, except, wanted] = [params.get('only'), params.get('except'), params.get('in')]
  if (params.get('rest') === 'yes') return 'only rows that no other filter of the table takes'
  if (only !== undefined) return `only rows where ${wordsOfCondition(only)}`
  if (except !== undefined) return `all rows except where ${wordsOfCondition(except)}`
  return wanted === undefined ? `only rows where it is not ${params.get('not-in') ?? '…'}` : `only rows where it is ${wanted}`
}

/** The rows that a line holds for, in words; empty where it holds for all. */
export function conditionWords({ params }: Pick<FieldLine, 'params'>): string {
  const when = params.get('when')
  return when === undefined ? '' : `, where ${wordsOfCondition(when)}`
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

const filterForms = ['in', 'not-in', 'only', 'except', 'rest'] as const

/**
 * `in="a|b"` or `not-in="a|b"` speak of the column of the line, an empty item of the empty cell; `only="…"` and `except="…"` take a
 * condition on any columns; `rest=yes` takes what none of `others`, the filters of the other targets of the table, takes.
 */
export function bindFilter(line: FieldLine, others: readonly (readonly RowFilter[])[] = []): RowFilter | string {
  const given = filterForms.filter((name) => line.params.has(name))
  const [kind] = given
  if (kind === undefined || given.length > 1)
    return 'filter takes one of in="a|b", not-in="a|b", only="COLUMN=a|b", except="COLUMN=a|b" and rest=yes'
  const reason = reasonOf(line)
  if (reason === '' || line.by === '') return 'a filter leaves records behind, so it needs a reason and a name'
  const said = { reason, by: line.by }
  const text = line.params.get(kind) ?? ''
  if (kind === 'rest') return text === 'yes' ? { ...restOf(others), ...said } : 'rest takes yes'
  if (kind === 'only' || kind === 'except') {
    const condition = parseCondition(text)
    if (typeof condition === 'string') return condition
    const { columns, values } = condition
    return kind === 'only'
      ? { columns, takes: condition.takes, values, ...said }
      : { columns, takes: (cells) => !condition.takes(cells), values: noValues, ...said }
  }
  const list = new Set(text.split('|'))
  const [column = ''] = line.fields
  const takes = (cells: readonly string[]): boolean => list.has((cells[0] ?? '').trim()) === (kind === 'in')
  return { columns: [column], takes, values: kind === 'in' ? new Map([[column, list]]) : noValues, ...said }
}

const noValues: RowFilter['values'] = new Map()

/** The rows that no target takes by its filters. */
function restOf(others: readonly (readonly RowFilter[])[]): Pick<RowFilter, 'columns' | 'takes' | 'values'> {
  const columns = others.flat().flatMap((one) => one.columns)
  const takes = (cells: readonly string[]): boolean => {
    let at = 0
    return !others.some((filters) => {
      let all = filters.length > 0
      for (const one of filters) {
        if (!one.takes(cells.slice(at, at + one.columns.length))) all = false
        at += one.columns.length
      }
      return all
    })
  }
  return { columns, takes, values: noValues }
}

/** `group` with the columns in which the rows of one record are equal. */
export function bindJoin(line: FieldLine): RowJoin | string {
  const columns = line.fields.filter((column) => column !== '')
  if (columns.length === 0) return 'group names the columns in which the rows of one record are equal'
  const reason = reasonOf(line)
  if (reason === '' || line.by === '') return 'a group makes one record of several, so it needs a reason and a name'
  return { columns, reason, by: line.by, isOfTable: line.target === '' }
}

/** `when="ITEM=SYS|S"` on any line; null where the line holds for every row. */
export function bindCondition(line: Pick<FieldLine, 'params'>): RowCondition | string | null {
  const text = line.params.get('when')
  return text === undefined ? null : parseCondition(text)
}
