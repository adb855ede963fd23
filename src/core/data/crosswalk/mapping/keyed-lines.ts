/** Lines whose target names a column in braces, `component.where(code.coding.code={CODE})`: one line for each value that the column may have. */
import { quotedValue } from './element-path.ts'
import type { FieldLine } from './mapping.ts'

/** A line of the field map for the rows with one value; null where it speaks of all. */
export interface KeyedLine {
  readonly line: FieldLine
  readonly key: { readonly column: string; readonly value: string } | null
}

const placeholder = /=\{([^{}']+)\}(?=\))/g

/** The column that keys the target; null for an ordinary line, a complaint where there are several. */
export function keyColumn(target: string): string | null | { readonly why: string } {
  const columns = new Set([...target.matchAll(placeholder)].map(([, column = '']) => column.trim()))
  if (columns.size > 1) return { why: `a target takes one column in braces, not ${[...columns].join(' and ')}` }
  return [...columns][0] ?? null
}

/** The target as rows with these cells fill it, once for each value of its column; the target itself where no column keys it. */
export function targetsOfRows(target: string, rows: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const column = keyColumn(target)
  if (typeof column !== 'string') return [target]
  const values = new Set(rows.map((cells) => (cells[column] ?? '').trim()).filter((value) => value !== ''))
  return [...values].map((value) => target.replace(placeholder, () => `=${quotedValue(value)}`))
}

/**
 * @param valuesOf the values that a column can have in the rows the line holds for; null where nothing names them
 * @returns the line itself, or one line per value, each for the rows with that value; a text says what is missing
 */
export function linesPerValue(
  line: FieldLine,
  valuesOf: (column: string) => ReadonlySet<string> | null,
): readonly KeyedLine[] | string {
  const column = keyColumn(line.target)
  if (column === null) return [{ line, key: null }]
  if (typeof column !== 'string') return column.why
  const values = valuesOf(column)
  if (values === null || values.size === 0)
    return `{${column}} needs the values it stands for: add a filter with in="a|b" on ${column} for this target, or when="${column}=a|b" to the line`
  const when = line.params.get('when')
  return [...values].map((value) => ({
    line: {
      ...line,
      target: line.target.replace(placeholder, `=${quotedValue(value).replaceAll('$', '$$$$')}`),
      params: new Map([...line.params, ['when', `${when === undefined ? '' : `${when} and `}${column}=${value}`]]),
    },
    key: { column, value },
  }))
}
