/** Control totals of both sides (data.md §12): rows, patients, filled cells, exact sums by unit, first and last day, counts by status. */
import { compareText, type NotEvaluated } from '../../../finding.ts'
import { decimalOf, shifted } from '../../../values/decimal.ts'
import { codings, textMember } from '../../crosswalk/plan/elements.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { utcDay } from '../../meaning/time.ts'
import { withoutPrefix } from '../../meaning/ucum.ts'
import { ucumCodeOf } from '../../meaning/unit-spellings.ts'
import type { Carried } from '../../model/carried.ts'
import type { JsonValue } from '../../model/record.ts'
import { isPatient } from '../entries/group-key.ts'
import type { Group, LegacyItem, TargetItem } from '../entries/items.ts'
import { ExactSum, type ExactSumRecord } from './exact-sum.ts'
import type { ControlTotal } from './result.ts'
import { mostBuckets, type PlaceRecords, TotalsByPlace } from './totals-by-place.ts'

interface Sides<Value> {
  legacy: Value
  target: Value
}

interface TableTotals {
  readonly rows: Sides<number>
  readonly patients: Sides<number>
  readonly filled: Sides<number>
  readonly sums: Map<string, Sides<ExactSum>>
  readonly days: Map<string, Sides<{ first: string; last: string } | null>>
  readonly codes: Map<string, Sides<number>>
  /** The same entries by position of the field, then by unit or code: names are only made once. */
  readonly sumAt: Map<string, { readonly sums: Sides<ExactSum>; readonly power: number }>[]
  readonly dayAt: Sides<{ first: string; last: string } | null>[]
  readonly codeAt: Map<string, Sides<number>>[]
}

type Side = 'legacy' | 'target'

/** Totals of one table as plain data; names in the order in which they were met. */
interface TableTotalsRecord {
  readonly rows: Sides<number>
  readonly patients: Sides<number>
  readonly filled: Sides<number>
  readonly sums: readonly (readonly [name: string, legacy: ExactSumRecord, target: ExactSumRecord])[]
  readonly days: readonly (readonly [name: string, days: Sides<{ first: string; last: string } | null>])[]
  readonly codes: readonly (readonly [name: string, counts: Sides<number>])[]
  readonly places: PlaceRecords
}

/** By table. */
export type TotalsRecord = readonly TableTotalsRecord[]

export class ControlTotals {
  private readonly tables: readonly BoundTable[]
  private readonly totals: readonly TableTotals[]
  private readonly more: ControlTotal[] = []
  private readonly places: readonly TotalsByPlace[]

  private readonly mostCodes: number

  /** @param isPart they are added to others later, which know how many names there are in all */
  constructor(tables: readonly BoundTable[], isPart = false) {
    this.tables = tables
    this.mostCodes = isPart ? Number.POSITIVE_INFINITY : mostCodes
    this.places = tables.map((table) => new TotalsByPlace(table, isPart ? Number.POSITIVE_INFINITY : mostBuckets))
    this.totals = tables.map(() => ({
      rows: { legacy: 0, target: 0 },
      patients: { legacy: 0, target: 0 },
      filled: { legacy: 0, target: 0 },
      sums: new Map(),
      days: new Map(),
      codes: new Map(),
      sumAt: [],
      dayAt: [],
      codeAt: [],
    }))
  }

  /** A count somebody declared beside the records, such as the last line of an export. */
  declared(name: string, declared: string, read: string): void {
    this.more.push({ name, legacy: declared, target: read, equal: declared === read })
  }

  add(group: Group): void {
    const met = { legacy: new Set<number>(), target: new Set<number>() }
    for (const item of group.legacy) {
      met.legacy.add(item.table.index)
      this.legacy(item)
      this.places[item.table.index]?.see('legacy', item)
    }
    for (const item of group.target) {
      met.target.add(item.table.index)
      this.target(item)
      this.places[item.table.index]?.see('target', item)
    }
    for (const index of new Set([...met.legacy, ...met.target])) this.places[index]?.endGroup(isPatient(group.key))
    if (!isPatient(group.key)) return
    for (const side of ['legacy', 'target'] as const)
      for (const index of met[side]) {
        const totals = this.totals[index]
        if (totals) totals.patients[side]++
      }
  }

  private legacy({ table, carried }: LegacyItem): void {
    const totals = this.totals[table.index]
    if (!totals) return
    totals.rows.legacy++
    for (let i = 0; i < carried.length; i++) {
      const value = carried[i]
      if (!value) continue
      totals.filled.legacy++
      if (value.kind === 'quantity') sum(totals, table, i, 'legacy', value.value, value.code)
      else if (value.kind === 'number' && table.fields[i]?.rule !== 'date-part') sum(totals, table, i, 'legacy', value.text, '')
      else if (value.kind === 'date') day(totals, table, i, 'legacy', value.text)
      const code = table.positions.status.includes(i) ? codeText(value) : null
      if (code !== null) count(totals, table, i, 'legacy', code, this.mostCodes)
    }
  }

  private target({ table, values }: TargetItem): void {
    const totals = this.totals[table.index]
    if (!totals) return
    totals.rows.target++
    for (let i = 0; i < values.length; i++) {
      const value = values[i]?.[0]
      if (value === undefined || value === '' || isRepeated(table, i, values[i]?.length ?? 0)) continue
      totals.filled.target++
      const { rule } = table.fields[i] ?? {}
      if (rule === 'quantity') sum(totals, table, i, 'target', ...amountOf(value))
      else if (rule === 'number-format' || rule === 'unit-convert') sum(totals, table, i, 'target', String(value), '')
      else if ((rule === 'date' || rule === 'date-time') && typeof value === 'string')
        day(totals, table, i, 'target', rule === 'date' ? value.slice(0, 10) : value)
      const code = table.positions.status.includes(i) ? codings(value)[0]?.code : undefined
      if (code !== undefined) count(totals, table, i, 'target', code, this.mostCodes)
    }
  }

  record(): TotalsRecord {
    return this.totals.map(({ rows, patients, filled, sums, days, codes }, i) => ({
      ...{ rows, patients, filled },
      sums: [...sums].map(([name, { legacy, target }]) => [name, legacy.record(), target.record()] as const),
      days: [...days],
      codes: [...codes],
      places: this.places[i]?.record() ?? [],
    }))
  }

  /** What was counted behind all that was counted here. */
  addLater(later: TotalsRecord): void {
    for (const [i, own] of this.totals.entries()) {
      const { rows, patients, filled, sums, days, codes, places } = later[i] as TableTotalsRecord
      for (const side of ['legacy', 'target'] as const) {
        own.rows[side] += rows[side]
        own.patients[side] += patients[side]
        own.filled[side] += filled[side]
      }
      for (const [name, legacy, target] of sums) {
        const held = own.sums.get(name) ?? { legacy: new ExactSum(), target: new ExactSum() }
        own.sums.set(name, held)
        held.legacy.merge(ExactSum.ofRecord(legacy))
        held.target.merge(ExactSum.ofRecord(target))
      }
      for (const [name, found] of days) {
        const held = own.days.get(name) ?? { legacy: null, target: null }
        own.days.set(name, held)
        for (const side of ['legacy', 'target'] as const) held[side] = bothDays(held[side], found[side])
      }
      for (const [name, counts] of codes) {
        const held = codeCounts(own, name, this.mostCodes)
        if (held === null) continue
        held.legacy += counts.legacy
        held.target += counts.target
      }
      this.places[i]?.add(places)
    }
  }

  /** @param torn tables that were not read whole: their totals say nothing */
  result(torn: ReadonlyMap<number, unknown>): ControlTotal[] {
    const list: ControlTotal[] = []
    const push = (name: string, legacy: string | number, target: string | number): void => {
      list.push({ name, legacy: String(legacy), target: String(target), equal: String(legacy) === String(target) })
    }
    for (const table of this.tables) {
      const totals = this.totals[table.index]
      if (!totals || torn.has(table.index)) continue
      const name = `${table.source} → ${table.type}`
      push(`${name}: records`, totals.rows.legacy, totals.rows.target)
      push(`${name}: patients`, totals.patients.legacy, totals.patients.target)
      push(`${name}: filled cells`, totals.filled.legacy, totals.filled.target)
      for (const [field, { legacy, target }] of sorted(totals.sums)) push(`${name}: sum of ${field}`, `${legacy}`, `${target}`)
      for (const [field, { legacy, target }] of sorted(totals.days)) {
        push(`${name}: first ${field}`, legacy?.first ?? '', target?.first ?? '')
        push(`${name}: last ${field}`, legacy?.last ?? '', target?.last ?? '')
      }
      for (const [field, { legacy, target }] of sorted(totals.codes)) push(`${name}: ${field}`, legacy, target)
      list.push(...(this.places[table.index]?.result() ?? []))
    }
    return [...list, ...this.more]
  }

  notEvaluated(): NotEvaluated[] {
    return this.places.flatMap((each) => each.notEvaluated())
  }
}

const before = new WeakMap<BoundTable, readonly number[]>()

/** Whether lines before this one have counted all values that the target holds at their common place. */
function isRepeated(table: BoundTable, at: number, values: number): boolean {
  let list = before.get(table)
  if (list === undefined) {
    const names = table.fields.map(({ path }) => JSON.stringify(path.steps))
    list = names.map((name, i) => names.slice(0, i).filter((other) => other === name).length)
    before.set(table, list)
  }
  return (list[at] ?? 0) >= values
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => compareText(a, b))
}

function codeText(value: Carried): string | null {
  return value.kind === 'code' ? value.code : value.kind === 'text' ? value.text : null
}

function amountOf(value: JsonValue): readonly [number: string, unit: string] {
  return typeof value === 'object' ? [textMember(value, 'value'), textMember(value, 'code')] : [String(value), '']
}

/** Units that only differ by a prefix are added up in their base, so that 0.5 g and 500 mg are the same. */
function sum(totals: TableTotals, table: BoundTable, i: number, side: Side, value: string, unit: string): void {
  const number = decimalOf(value)
  if (number === null) return
  totals.sumAt[i] ??= new Map()
  let held = totals.sumAt[i].get(unit)
  if (!held) {
    const base = withoutPrefix(ucumCodeOf(unit))
    const label = table.fields[i]?.label ?? ''
    const name = unit === '' || unit === '1' ? label : `${label} in ${base?.base ?? unit}`
    const sums = totals.sums.get(name) ?? { legacy: new ExactSum(), target: new ExactSum() }
    totals.sums.set(name, sums)
    held = { sums, power: base?.power ?? 0 }
    totals.sumAt[i].set(unit, held)
  }
  held.sums[side].addDecimal(shifted(number, held.power))
}

function day(totals: TableTotals, table: BoundTable, i: number, side: Side, text: string): void {
  let days = totals.dayAt[i]
  if (!days) {
    const name = table.fields[i]?.label ?? ''
    days = totals.days.get(name) ?? { legacy: null, target: null }
    totals.days.set(name, days)
    totals.dayAt[i] = days
  }
  const held = days[side]
  const plain = text.slice(0, 10)
  // Only a time near the ends of the range needs its zone.
  if (held !== null && plain > held.first && plain < held.last) return
  const at = utcDay(text)
  if (held === null) days[side] = { first: at, last: at }
  else if (at < held.first) held.first = at
  else if (at > held.last) held.last = at
}

/** Statuses are short lists; a column that holds more different ones is no status. */
const mostCodes = 40

function count(totals: TableTotals, table: BoundTable, i: number, side: Side, code: string, most: number): void {
  totals.codeAt[i] ??= new Map()
  let counts = totals.codeAt[i].get(code)
  if (!counts) {
    const found = codeCounts(totals, `${table.fields[i]?.path.plain ?? ''} = ${code}`, most)
    if (found === null) return
    counts = found
    totals.codeAt[i].set(code, counts)
  }
  counts[side]++
}

/** Null where there are too many already. */
function codeCounts({ codes }: TableTotals, name: string, most: number): Sides<number> | null {
  const known = codes.get(name)
  if (known) return known
  if (codes.size >= most) return null
  const counts = { legacy: 0, target: 0 }
  codes.set(name, counts)
  return counts
}

type Days = { first: string; last: string } | null

function bothDays(a: Days, b: Days): Days {
  if (a === null || b === null) return a ?? b
  return { first: a.first < b.first ? a.first : b.first, last: a.last > b.last ? a.last : b.last }
}
