/** Which value of the target each value of a code column always goes with, and whether that can be chance. */
import type { RowPairs } from './row-pairs.ts'
import type { LegacyColumn, TargetField } from './samples.ts'

export interface ValuePairs {
  /** Target value by legacy value, the one of most rows first. */
  readonly table: ReadonlyMap<string, string>
  /** Paired rows that show each of them, by legacy value. */
  readonly support: ReadonlyMap<string, number>
  /** Whether the values alone prove it, whatever the columns are called. */
  readonly isProven: boolean
}

const mostValues = 40
/** Paired records of which nearly all have to agree. */
const fewest = 5
const leastShare = 0.97
/** Chance would stand so in one of 65,536 orders of the rows: hundreds of columns and fields are tried. */
const leastBits = 16
/** One short word. Names of people have blanks, commas or carets, and a map of names would carry patients into a document of the project. */
const code = /^[^\s,;^]{1,24}$/u
/** So many rows of each value are no list of people, whatever else the table says. */
const fewestOfCode = 10
const fewCodes = 6

/**
 * Null where a value goes with several, or the field never changes.
 * @param owners the columns that say whose a row is, where they are known
 */
export function valuePairs(
  pairs: RowPairs,
  column: LegacyColumn,
  field: TargetField,
  { columns, owners }: { readonly columns: readonly LegacyColumn[]; readonly owners: readonly LegacyColumn[] },
): ValuePairs | null {
  if (column.distinct > mostValues) return null
  const counts = countsOf(pairs, column, field)
  let [right, all] = [0, 0]
  const found = [...counts].map(([cell, own]) => {
    const [value = '', n = 0] = [...own].sort((a, b) => b[1] - a[1])[0] ?? []
    right += n
    for (const one of own.values()) all += one
    return { cell, value, n }
  })
  found.sort((a, b) => b.n - a.n)
  const table = new Map(found.map(({ cell, value }) => [cell, value]))
  // A table of values that never come back would be a list of records.
  if (all < fewest || right / all < leastShare || table.size > 0.5 * all) return null
  const kinds = new Set(table.values()).size
  const isProven =
    kinds === table.size &&
    bitsBeyondChance(counts) >= leastBits &&
    [...table].flat().every((text) => code.test(text)) &&
    !owners.some((owner) => tellsOwner(column, owner)) &&
    ((table.size <= fewCodes && found.every(({ n }) => n >= fewestOfCode)) ||
      !columns.some((other) => other !== column && isSameTwice(column, other)))
  if (!isProven && kinds < 2 && ![...table].every(([a, b]) => isShort(a, b))) return null
  return { table, support: new Map(found.map(({ cell, n }) => [cell, n])), isProven }
}

/** Codes that stand with one value each, in rows too few to tell it from chance. */
export interface FewPairs {
  readonly pairs: ValuePairs
  /** How rare chance is that shows the same: once in so many powers of two. */
  readonly bits: number
}

/** Null where the column holds no few codes, or one of them goes with several values. */
export function fewPairs(pairs: RowPairs, column: LegacyColumn, field: TargetField): FewPairs | null {
  if (column.distinct < 2 || column.distinct > fewCodes) return null
  const counts = countsOf(pairs, column, field)
  const table = new Map([...counts].map(([cell, own]) => [cell, [...own.keys()][0] ?? '']))
  const isOneToOne = [...counts.values()].every(({ size }) => size === 1) && new Set(table.values()).size === table.size
  if (table.size < 2 || !isOneToOne || ![...table].flat().every((text) => code.test(text))) return null
  const support = new Map([...counts].map(([cell, own]) => [cell, [...own.values()][0] ?? 0]))
  if ([...support.values()].some((rows) => rows < 2)) return null
  return { pairs: { table, support, isProven: false }, bits: bitsBeyondChance(counts) }
}

/** Rows by legacy value and target value. */
function countsOf(pairs: RowPairs, column: LegacyColumn, field: TargetField): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  for (const [row, record] of pairs) {
    const cell = column.cells[row] ?? ''
    const [value] = field.values[record] ?? []
    if (cell === '' || value === undefined) continue
    const own = counts.get(cell) ?? new Map<string, number>()
    own.set(value, (own.get(value) ?? 0) + 1)
    counts.set(cell, own)
  }
  return counts
}

/** Whether nearly each patient, or other owner of rows, has a value of the column for itself. */
function tellsOwner(column: LegacyColumn, owner: LegacyColumn): boolean {
  return owner !== column && owner.distinct > 2 && column.distinct * 2 >= owner.distinct && goesWith(owner, column)
}

/** Whether two columns say one thing in two ways: a person's number and name, or a code and its words. */
function isSameTwice(column: LegacyColumn, other: LegacyColumn): boolean {
  return other.distinct === column.distinct && goesWith(other, column) && goesWith(column, other)
}

/** Whether each value of one column stands with one value of the other. */
function goesWith(one: LegacyColumn, other: LegacyColumn): boolean {
  const held = new Map<string, string>()
  for (const [row, cell] of one.cells.entries()) {
    const beside = other.cells[row] ?? ''
    if (cell === '' || beside === '') continue
    if ((held.get(cell) ?? beside) !== beside) return false
    held.set(cell, beside)
  }
  return held.size > 0
}

/** How rare it is that values shuffled over the rows still keep to the values of the column: once in so many powers of two. */
function bitsBeyondChance(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): number {
  const there = new Map<string, number>()
  for (const own of counts.values()) for (const [value, n] of own) there.set(value, (there.get(value) ?? 0) + n)
  const all = [...there.values()].reduce((sum, n) => sum + n, 0)
  const orders = bitsOf(all) - [...there.values()].reduce((sum, n) => sum + bitsOf(n), 0)
  return there.size < 2 ? 0 : orders - bitsOf(there.size)
}

/** log2 of n! */
function bitsOf(n: number): number {
  let bits = 0
  for (let i = 2; i <= n; i++) bits += Math.log2(i)
  return bits
}

/** Whether one text is a short form of the other: its letters in their order, from the first on. */
function isShort(a: string, b: string): boolean {
  const [short = '', long = ''] = [a.toLowerCase(), b.toLowerCase()].sort((x, y) => x.length - y.length)
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return short !== '' && short[0] === long[0] && at === short.length
}
