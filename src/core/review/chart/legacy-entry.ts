/** A legacy row as its system says it: every filled cell as written, what the mapping reads in it, and what no line of the mapping reads. */

import type { BoundTable } from '../../data/crosswalk/plan/plan.ts'
import type { Carried } from '../../data/model/carried.ts'
import type { LegacyItem } from '../../data/reconcile/entries/items.ts'
import type { UntakenRow, WholeRow } from '../../data/reconcile/entries/whole-records.ts'
import { type DisplayPlace, displayMarks } from '../display-rules/display-rules.ts'
import { type ChartEntry, type ChartSectionId, type ChartText, staysBehind } from '../model/chart.ts'
import { wordsOf } from './element-texts.ts'
import { type PersonPart, partsOf } from './heading.ts'

/**
 * The entry of a row in one of the records it became. `whole` are the rows that were merged into it, its own first; `others` what else was
 * made of the same row: what a line of theirs reads stands there. `isFirst`: cells that no line reads are said once, with the first record.
 */
export function legacyEntry(
  item: LegacyItem,
  whole: readonly WholeRow[],
  others: readonly LegacyItem[],
  isFirst: boolean,
  section: ChartSectionId,
): ChartEntry {
  const bare = bareAmounts(item)
  const cellText = (column: string, cell: string, reading: string | null): ChartText =>
    textOf(column, cell, reading, { section, isBareAmount: bare.has(column) })
  const own = readings(item)
  const elsewhere = new Set(others.flatMap((one) => [...readings(one).keys()]))
  const silent = silentColumns([item, ...others].map(({ table }) => table))
  const named = titleColumns(item)
  const details: ChartText[] = []
  const unmapped: ChartText[] = []
  for (const [i, row] of whole.entries())
    for (const [at, column] of row.header.entries()) {
      const cell = row.cells[at] ?? ''
      if (cell.trim() === '' || (i === 0 && named.includes(column))) continue
      // Rows of one record say most things alike.
      if (i > 0 && cell === whole[0]?.cells[whole[0].header.indexOf(column)]) continue
      const reading = own.get(column)
      if (reading !== undefined) details.push(cellText(column, cell, reading))
      else if (silent.links.has(column) || elsewhere.has(column) || !isFirst) continue
      else if (silent.deciding.has(column)) details.push(cellText(column, cell, null))
      else if (row.nulls.has(cell)) continue
      else if (item.table.leftColumns.some((left) => left.column === column)) details.push(cellText(column, cell, staysBehind))
      else unmapped.push(cellText(column, cell, null))
    }
  return { title: titleText(item, whole[0], named, own, section), details, unmapped, place: item.place }
}

/** The entry of a row that nothing was made of. */
export function untakenEntry({ header, cells, nulls, place, table, filter }: UntakenRow, section: ChartSectionId): ChartEntry {
  const filled = header.flatMap((column, at) => {
    const cell = cells[at] ?? ''
    return cell.trim() === '' || nulls.has(cell) ? [] : [{ column, cell }]
  })
  const title = titleWords.flatMap((words) => filled.filter(({ column, cell }) => words.test(column) && /\p{L}/u.test(cell)))[0]
  const rest = filled.filter((one) => one !== title).map(({ column, cell }) => textOf(column, cell, null, { section }))
  const words = title ? { ...textOf(title.column, title.cell, null, { section }), label: null } : plainText(wordsOf(table))
  return filter ? { title: words, details: rest, unmapped: [], place } : { title: words, details: [], unmapped: rest, place }
}

/** Columns that name what a row is about, the most telling first. */
const titleWords: readonly RegExp[] = [
  /desc|title|display|name$/i,
  /name|text|drug|substance|allerg|vaccin|problem|diagnos|test/i,
  /type|kind|code|reason|note|comment/i,
]

/** What the mapping reads, by the column: empty text where it reads what is written. */
function readings({ table, carried, raw }: LegacyItem): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>()
  for (const [i, { columns }] of table.fields.entries()) {
    if ((raw[i] ?? '') === '') {
      // A line that does not hold for this row reads nothing; an empty cell has nothing to read.
      continue
    }
    const words = readingOf(carried[i] ?? null, raw[i] ?? '')
    for (const [part, column] of columns.entries()) {
      const held = found.get(column) ?? null
      const said = part === 0 ? words : null
      found.set(column, held === null || said === null || held === said ? (held ?? said) : `${held}; ${said}`)
    }
  }
  return found
}

/** Dates, codes and quantities as the rule reads them; null where that is what stands there. */
function readingOf(carried: Carried | null, raw: string): string | null {
  if (carried === null) return null
  switch (carried.kind) {
    case 'date':
    case 'number':
    case 'text':
      return carried.text === raw ? null : carried.text
    case 'code': {
      const words = carried.display || carried.code
      return words === raw ? null : words
    }
    case 'quantity': {
      const text = `${carried.comparator}${carried.value} ${carried.unit || carried.code}`.trim()
      return text === raw ? null : text
    }
    case 'unmapped':
      return `no reading: ${carried.why}`
    case 'reference':
      return null
  }
}

/** Columns that a chart does not repeat: keys of the patient and of other records, and what only decides about rows. */
function silentColumns(tables: readonly BoundTable[]): {
  readonly links: ReadonlySet<string>
  readonly deciding: ReadonlySet<string>
} {
  const links = new Set<string>()
  const deciding = new Set<string>()
  for (const { lines, filters, join, patient } of tables) {
    for (const column of patient?.columns ?? []) links.add(column)
    for (const { columns, role, when } of lines) {
      if (role === 'patient') for (const column of columns) links.add(column)
      for (const column of when?.columns ?? []) deciding.add(column)
    }
    for (const { columns } of filters) for (const column of columns) deciding.add(column)
    for (const column of join?.columns ?? []) deciding.add(column)
  }
  return { links, deciding }
}

/** Characters; what is longer is read as text. */
const longestTitle = 80

/** The columns that name what the entry is about: words beside a code read better than the code. */
function titleColumns({ table, raw, carried }: LegacyItem): readonly string[] {
  const of = (test: (role: string, path: string, at: number) => boolean): readonly string[] =>
    table.fields.find(({ role, path }, i) => test(role, path.plain, i) && (raw[i] ?? '') !== '')?.columns ?? []
  // The number of somebody who wrote a letter names no letter, and neither does all of its text.
  const isName = (at: number): boolean => carried[at]?.kind !== 'reference' && (raw[at] ?? '').length <= longestTitle
  if (table.isPatients) {
    const named = (part: PersonPart): readonly string[] => {
      const at = partsOf(table, part).find((i) => (raw[i] ?? '') !== '')
      return at === undefined ? [] : (table.fields[at]?.columns ?? [])
    }
    const parts = [...named('family'), ...named('given')]
    return parts.length > 0 ? parts : named('name')
  }
  for (const found of [
    of((_, path) => /\.(code|vaccineCode|medicationCodeableConcept)\.text$/.test(path)),
    of((role) => role === 'code'),
    of((role, path, i) => role === 'content' && /text|description|title|display|type/i.test(path) && isName(i)),
    of((role, _, i) => role === 'content' && isName(i)),
  ])
    if (found.length > 0) return found
  return []
}

function titleText(
  item: LegacyItem,
  row: WholeRow | undefined,
  columns: readonly string[],
  own: ReadonlyMap<string, string | null>,
  section: ChartSectionId,
): ChartText {
  const cells = columns.map((column) => row?.cells[row.header.indexOf(column)] ?? '').filter((cell) => cell.trim() !== '')
  if (cells.length === 0) return plainText(wordsOf(item.table.source))
  const text = cells.join(', ')
  return { label: null, text, reading: own.get(columns[0] ?? '') ?? null, marks: displayMarks(text, { section }) }
}

/** Columns whose cell is an amount without a unit, where no other field of the record holds one. */
function bareAmounts({ table, raw, carried }: LegacyItem): ReadonlySet<string> {
  const filled = table.fields.filter((_, i) => (raw[i] ?? '') !== '')
  const hasUnit = filled.some(
    ({ path }) => /\.(unit|code|unit_source_value|unit_concept_id)$/.test(path.plain) && isAmount(path.plain),
  )
  if (hasUnit) return new Set()
  return new Set(
    table.fields.flatMap(({ path, columns }, i) => {
      const said = carried[i]
      const isBare = said?.kind === 'quantity' ? said.unit === '' && said.code === '' : isAmount(path.plain)
      return isBare && (raw[i] ?? '') !== '' && (said?.kind === 'quantity' || /\.value(_as_number)?$/.test(path.plain))
        ? columns
        : []
    }),
  )
}

function isAmount(path: string): boolean {
  return /quantity|\.value_as_number$|^measurement\./i.test(path)
}

function textOf(column: string, cell: string, reading: string | null, place: DisplayPlace): ChartText {
  return { label: column, text: cell, reading, marks: displayMarks(cell, place) }
}

function plainText(text: string): ChartText {
  return { label: null, text, reading: null, marks: [] }
}
