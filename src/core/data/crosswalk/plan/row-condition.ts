/** Which rows are meant, in words of the field map: `ITEM=SYS|S`, `STATE!=void`, `VALUE is number`, several joined by `and`. */

/** The rows that a line or a filter speaks of. */
export interface RowCondition {
  /** Columns it looks at, in the order `takes` wants their cells. */
  readonly columns: readonly string[]
  readonly takes: (cells: readonly string[]) => boolean
  /** Per column the values it may have, as they are compared: without spaces around, the empty one for an empty cell. Columns that are tested otherwise are left out. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether the values say all there is to say. */
  readonly isValuesOnly: boolean
}

/** What a cell can be tested to be, beside its values. */
export const cellForms = ['number', 'date', 'text', 'empty'] as const
type CellForm = (typeof cellForms)[number]

const number = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/
const date = /^(\d{4}-\d{1,2}(-\d{1,2})?([ T]\d{1,2}:\d{2}.*)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}([ T]\d{1,2}:\d{2}.*)?)$/

function isForm(cell: string, form: CellForm): boolean {
  switch (form) {
    case 'empty':
      return cell === ''
    case 'number':
      return number.test(cell)
    case 'date':
      return date.test(cell)
    case 'text':
      return cell !== '' && !number.test(cell) && !date.test(cell)
  }
}

interface Part {
  readonly column: string
  readonly takes: (cell: string) => boolean
  readonly values: ReadonlySet<string> | null
  readonly words: string
}

const form = /^(.+?)\s+is(\s+not)?\s+(number|date|text|empty)$/s
/** Where the next part begins: a value may hold the word “and” itself. */
const next = /\s+and\s+(?=[^=|]+?(?:!?=|\s+is\s+(?:not\s+)?(?:number|date|text|empty)(?:\s+and\s|\s*$)))/

/** The condition, or what is wrong with it. */
export function parseCondition(text: string): RowCondition | string {
  const parts = partsOf(text)
  if (typeof parts === 'string') return parts
  const values = new Map<string, ReadonlySet<string>>()
  for (const { column, values: own } of parts)
    if (own !== null) {
      const before = values.get(column)
      values.set(column, before === undefined ? own : new Set([...own].filter((value) => before.has(value))))
    }
  return {
    columns: parts.map(({ column }) => column),
    takes: (cells) => parts.every(({ takes }, i) => takes((cells[i] ?? '').trim())),
    values,
    isValuesOnly: parts.every((one) => one.values !== null),
  }
}

/** The condition as a sentence has it; as it is written where it can not be read. */
export function wordsOfCondition(text: string): string {
  const parts = partsOf(text)
  return typeof parts === 'string' ? text : parts.map(({ words }) => words).join(' and ')
}

function partsOf(text: string): readonly Part[] | string {
  const parts: Part[] = []
  for (const one of text.split(next)) {
    const part = partOf(one.trim())
    if (part === null) return 'a condition names a column and its values, such as ITEM=SYS|S, ITEM!=SYS or VALUE is number'
    parts.push(part)
  }
  return parts
}

function partOf(text: string): Part | null {
  const at = text.indexOf('=')
  if (at < 0) {
    const [, column = '', not, kind] = form.exec(text) ?? []
    const wanted = cellForms.find((each) => each === kind)
    if (wanted === undefined || column.trim() === '') return null
    const takes = (cell: string): boolean => isForm(cell, wanted) === (not === undefined)
    return { column: column.trim(), takes, values: null, words: text }
  }
  const isNot = text[at - 1] === '!'
  const column = text.slice(0, isNot ? at - 1 : at).trim()
  if (column === '') return null
  const list = text.slice(at + 1).split('|')
  const values: ReadonlySet<string> = new Set(list)
  const words = `${column} is ${isNot ? 'not ' : ''}${list.map((value) => (value === '' ? 'empty' : value)).join(' or ')}`
  return { column, takes: (cell) => values.has(cell) !== isNot, values: isNot ? null : values, words }
}
