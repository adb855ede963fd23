/** One legacy row through the rules: the target records it becomes, or why it becomes none. */

import type { Definitions } from '../../fhir/definitions/packs.ts'
import type { Carried } from '../../model/carried.ts'
import type { Row } from '../../model/record.ts'
import { uuidOf } from '../mapping/record-id.ts'
import type { BoundField, BoundTable } from '../plan/plan.ts'
import { selectorText } from '../plan/plan-rows.ts'
import {
  cellAt,
  contradictions,
  holdsFor,
  leftOutBy,
  lostColumns,
  type RowLines,
  rowLines,
  saidBy,
  takesPart,
} from '../plan/row-lines.ts'
import type { RowFilter } from '../plan/row-rules.ts'
import { type Fate, type Links, namesRow } from './links.ts'
import type { CarriedLine, MadeRecord, MadeRow, ReadRow, RecordProblem } from './made-row.ts'
import { FhirDraft } from './write-fhir.ts'
import { nameText, soleKey, writesId } from './written-id.ts'

/** Links lead to the record of the first target that the field map gives the table. */
export function fateOf({ problems, records }: Pick<MadeRow, 'problems' | 'records'>, [first]: readonly BoundLines[]): Fate {
  if (problems.length > 0) return 'rejected'
  return records.some(({ table }) => table.type === first?.table.type) ? 'written' : 'left-out'
}

/** Columns of a table bound to one header. */
export interface BoundLines extends RowLines {
  readonly missing: readonly string[]
}

export function bindLines(table: BoundTable, header: readonly string[]): BoundLines {
  const missing: string[] = []
  const at = (columns: readonly string[]): number[] =>
    columns.map((column) => {
      const found = header.indexOf(column)
      if (found < 0) missing.push(column)
      return found
    })
  return { ...rowLines(table, at), missing }
}

export class RecordMaker {
  private readonly definitions: Definitions
  private readonly bySource: ReadonlyMap<string, readonly BoundTable[]>

  constructor(definitions: Definitions, bySource: ReadonlyMap<string, readonly BoundTable[]>) {
    this.definitions = definitions
    this.bySource = bySource
  }

  /** The records of a row, or of several that were joined. `links` know what became of the rows that these name: without them a link is written wherever it leads. */
  make({ record, targets, lost }: ReadRow, links: Links | null): MadeRow {
    const records: MadeRecord[] = []
    const problems: RecordProblem[] = []
    const leftOut: RowFilter[] = []
    const all: MadeRow['carried'][number][] = []
    const leftOutKeys: MadeRow['carried'][number][] = []
    for (const { table, carried, without } of targets) {
      if (without !== null) {
        if (without !== 'no-line-holds') leftOut.push(without)
        if (links?.isLinked(table.source) !== false) leftOutKeys.push(...carried.filter(({ field }) => namesRow(field)))
        continue
      }
      all.push(...carried)
      const made = this.record(table, carried, record, problems, links)
      if (made) records.push(made)
    }
    const [first] = targets
    if (first && lost.length > 0)
      problems.push({ field: lost.join(', '), target: first.table.type, why: 'no line of the field map holds for such a row' })
    else if (first && targets.every(({ without }) => without === 'no-line-holds'))
      problems.push({ field: '', target: first.table.type, why: 'no line of the field map holds for such a row' })
    // A row arrives whole or is rejected whole: half a row would be neither here nor there.
    return { records: problems.length > 0 ? [] : records, problems, leftOut, carried: all, leftOutKeys }
  }

  private record(
    table: BoundTable,
    carried: MadeRow['carried'],
    rowNumber: number,
    problems: RecordProblem[],
    links: Links | null,
  ): MadeRecord | null {
    const before = problems.length
    const complain = (field: BoundField, why: string): void => {
      problems.push({ field: field.label, target: field.path.plain, why })
    }
    for (const { field, carried: value } of carried) {
      const why =
        value?.kind === 'reference'
          ? (links?.trouble(field, value.table, value.key, this.idsOf(value.table, value.key)) ?? null)
          : null
      if (why !== null) complain(field, why)
    }
    for (const { field, carried: value, holds } of carried)
      if (value === null && field.required && holds) complain(field, 'it is required and empty')
    const key = keyOf(carried) ?? `record ${rowNumber}`
    const id = idOf(carried) ?? uuidOf(this.nameOf(table), key)
    const fhir = this.definitions.type(table.type) !== null
    const draft = new FhirDraft(this.definitions, table.type, id)
    const columns: Record<string, string> = {}
    const { where } = table.selector
    if (!fhir && where !== null) columns[where.path[0] ?? ''] = where.value
    for (const { field, raw, carried: value } of carried) {
      if (value === null) continue
      if (!fhir) {
        const name = field.path.steps[0]?.name ?? ''
        if (value.kind === 'unmapped') complain(field, value.why)
        else {
          const text = this.text(value, links)
          if ((columns[name] ?? text) !== text) complain(field, `${name} is filled by another line already`)
          else columns[name] = text
        }
        continue
      }
      // Words of a line of their own stand in place of the legacy code.
      const words = value.kind === 'code' && spokenOf(table).has(pathOf(field.path.steps)) ? '' : raw
      const why = draft.put(field.path, value, words, field.rule, (source, to) => this.reference(source, to, links))
      if (why !== null) complain(field, value.kind === 'unmapped' ? value.why : why)
    }
    return problems.length > before ? null : { table, id, value: fhir ? draft.value : columns }
  }

  private text(value: Exclude<Carried, { readonly kind: 'unmapped' }>, links: Links | null): string {
    if (value.kind === 'code') return value.code
    if (value.kind === 'quantity') return value.value
    return value.kind === 'reference' ? this.targetId(value.table, value.key, links) : value.text
  }

  private reference(source: string, key: string, links: Links | null): string {
    return `${this.bySource.get(source)?.[0]?.type ?? 'Resource'}/${this.targetId(source, key, links)}`
  }

  /** The id that the row with this key was given in the target. */
  private targetId(source: string, key: string, links: Links | null): string {
    const ids = this.idsOf(source, key)
    return links?.idOf(source, key, ids) ?? ids[0] ?? key
  }

  /** What the row with this key may be called in the target: by the rule of the line that writes it, else by its key as its rule makes it. */
  private idsOf(source: string, key: string): readonly string[] {
    const table = this.bySource.get(source)?.[0]
    if (table === undefined) return [uuidOf(source, key)]
    const line = table.lines.find(writesId)
    const made = nameText(line?.apply([key]) ?? null)
    if (made !== null) return [made]
    const own = nameText(soleKey(table)?.apply([key]) ?? null)
    if (this.definitions.type(table.type) !== null) return [uuidOf(source, own || key)]
    // A link may name the key as it is written, too.
    return own === null ? [key] : [own, key]
  }

  /** Of several targets of one type that a row becomes each has ids of its own; links lead to the first. */
  private nameOf({ source, type, selector }: BoundTable): string {
    const first = this.bySource.get(source)?.find((one) => one.type === type)
    return first === undefined || first.selector === selector ? source : `${source}\n${selectorText(selector)}`
  }
}

/** The fields that a row fills in each target. */
export function readRow(row: Row, bound: readonly BoundLines[], nulls: ReadonlySet<string>): ReadRow {
  return {
    record: row.record,
    lost: lostColumns(row, bound, nulls),
    targets: bound.map((lines) => {
      const { table, cells, conditions, join } = lines
      const without = leftOutBy(row, lines.filters) ?? (takesPart(row, lines) ? null : 'no-line-holds')
      // Of a row that is left out only its names are asked for.
      const carried = table.lines.flatMap((field, i) => {
        if (without !== null && !namesRow(field)) return []
        return carriedOf(field, cells[i] ?? [], row, nulls, holdsFor(field, row, conditions[i] ?? null))
      })
      return { table, carried, said: join === null || without !== null ? [] : saidBy(row, lines, nulls), without }
    }),
  }
}

/** Both rows as one; a text names the columns in which they contradict each other. */
export function joinedRows(first: ReadRow, next: ReadRow): ReadRow | { readonly against: string } {
  const against = new Set<string>()
  const targets = first.targets.map((one, at) => {
    const other = next.targets[at] ?? one
    if (other.without !== null) return one
    if (one.without !== null) return other
    for (const i of contradictions(one.said, other.said)) against.add(one.table.lines[i]?.label ?? '')
    const said = one.said.map((text, i) => (text === '' ? (other.said[i] ?? '') : text))
    const carried = one.carried.map((line, i) => {
      const beside = other.carried[i] ?? line
      const taken = line.raw === '' && line.carried === null ? beside : line
      return { ...taken, holds: line.holds || beside.holds }
    })
    return { ...one, carried, said }
  })
  if (against.size > 0) return { against: [...against].join(', ') }
  return { record: first.record, targets, lost: [] }
}

function carriedOf(field: BoundField, at: readonly number[], row: Row, nulls: ReadonlySet<string>, holds: boolean): CarriedLine {
  if (!holds) return { field, raw: '', carried: null, holds }
  const cells = at.map((index) => cellAt(row, index, nulls))
  const raw = cells.filter((cell) => cell !== '').join(', ')
  return { field, raw, carried: raw !== '' || at.length === 0 ? field.apply(cells) : null, holds }
}

function keyOf(carried: MadeRow['carried']): string | null {
  return nameText(carried.find(({ field }) => field.role === 'key')?.carried ?? null)
}

function idOf(carried: MadeRow['carried']): string | null {
  return nameText(carried.find(({ field }) => writesId(field))?.carried ?? null)
}

const spoken = new WeakMap<BoundTable, ReadonlySet<string>>()

/** Elements whose words a line of their own writes, such as `Condition.code` where one fills `Condition.code.text`. */
function spokenOf(table: BoundTable): ReadonlySet<string> {
  const known = spoken.get(table)
  if (known) return known
  const words = table.lines.flatMap(({ path: { steps } }) => (steps.at(-1)?.name === 'text' ? [pathOf(steps.slice(0, -1))] : []))
  const found = new Set(words)
  spoken.set(table, found)
  return found
}

function pathOf(steps: BoundField['path']['steps']): string {
  return JSON.stringify(steps)
}
