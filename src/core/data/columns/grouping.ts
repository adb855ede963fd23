/** Completeness by site, source system, year or month: one clinic at a fifth disappears in an average of ninety-eight percent. */
import { compareText } from '../../finding.ts'
import { dateParser } from '../../values/calendar.ts'
import type { GroupKind, GroupProfile } from '../model/field-profile.ts'
import type { CanonicalCell } from './canonical-cell.ts'
import { dateCandidates } from './date-traits.ts'
import type { RecordStretch } from './live-place.ts'

/** Columns that a person declared to say where or when a record comes from; their values are shown as names of groups. */
export interface GroupColumns {
  readonly site?: string
  readonly sourceSystem?: string
  /** A column of dates: gives the groups by year and by month. */
  readonly date?: string
  /** Which part of a date such as 03/04/1990 is the day; day-first when left out. */
  readonly dateOrder?: 'day-first' | 'month-first' | 'year-first'
}

/** More groups than this are a column of identifiers, not of sites. */
export const groupLimit = 2000
const smallestGroup = 11

export interface Group {
  records: number
  readonly filled: Float64Array
  /** A record of the group. */
  readonly at: RecordStretch
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export class Grouping {
  readonly kind: GroupKind
  /** Index of the column that gives the group. */
  readonly column: number
  readonly width: number
  /** Null once there are too many. */
  groups: Map<string, Group> | null = new Map()
  private readonly nameOf: (text: string) => string
  private last = { text: '\u0000', group: null as Group | null }

  static all(header: readonly string[], columns: GroupColumns): Grouping[] {
    const list: Grouping[] = []
    const add = (kind: GroupKind, field: string | undefined): void => {
      const column = field === undefined ? -1 : header.indexOf(field)
      if (column >= 0) list.push(new Grouping(kind, column, header.length, columns.dateOrder))
    }
    add('site', columns.site)
    add('source-system', columns.sourceSystem)
    add('year', columns.date)
    add('month', columns.date)
    return list
  }

  constructor(kind: GroupKind, column: number, width: number, dateOrder?: GroupColumns['dateOrder']) {
    this.kind = kind
    this.column = column
    this.width = width
    this.nameOf = kind === 'year' || kind === 'month' ? periodOf(kind, dateOrder) : (text) => text.trim()
  }

  see(cell: CanonicalCell, filled: Uint8Array, at: RecordStretch): void {
    if (this.groups === null) return
    const text = decoder.decode(cell.bytes.subarray(cell.start, Math.min(cell.end, cell.start + 200)))
    // Records of one site often follow each other.
    const group = text === this.last.text && this.last.group ? this.last.group : this.groupOf(this.nameOf(text), at)
    if (group === null) return
    this.last = { text, group }
    group.records++
    for (let i = 0; i < filled.length; i++) group.filled[i] = (group.filled[i] as number) + (filled[i] as number)
  }

  private groupOf(name: string, { byte, span }: RecordStretch): Group | null {
    const { groups } = this
    if (groups === null) return null
    let group = groups.get(name)
    if (!group) {
      if (groups.size >= groupLimit) {
        this.groups = null
        return null
      }
      group = { records: 0, filled: new Float64Array(this.width), at: { byte, span } }
      groups.set(name, group)
    }
    return group
  }

  private add(name: string, records: number, filled: readonly number[], at: RecordStretch): void {
    const group = this.groupOf(name, at)
    if (!group) return
    group.records += records
    filled.forEach((count, i) => {
      group.filled[i] = (group.filled[i] ?? 0) + count
    })
  }

  merge(other: Grouping): void {
    if (other.groups === null) this.groups = null
    else for (const [name, { records, filled, at }] of other.groups) this.add(name, records, [...filled], at)
  }

  /** Groups by name; those under eleven records are folded, at least two at a time. */
  profiles(column: number): GroupProfile[] {
    const sorted = [...(this.groups ?? [])].sort((a, b) => b[1].records - a[1].records || compareText(a[0], b[0]))
    let shown = sorted.filter(([, { records }]) => records >= smallestGroup).length
    if (sorted.length - shown === 1 && shown > 0) shown--
    const line = (value: string | null, groups: readonly (readonly [string, Group])[]): GroupProfile => ({
      by: this.kind,
      value,
      filled: groups.reduce((sum, [, group]) => sum + (group.filled[column] ?? 0), 0),
      records: groups.reduce((sum, [, group]) => sum + group.records, 0),
    })
    const named = sorted.slice(0, shown).sort((a, b) => compareText(a[0], b[0]))
    const folded = sorted.slice(shown)
    return [...named.map((entry) => line(entry[0], [entry])), ...(folded.length > 0 ? [line(null, folded)] : [])]
  }
}

/** Year or month of a date in any of the usual forms; a cell that is none belongs to the group without a name. */
function periodOf(kind: 'year' | 'month', order: GroupColumns['dateOrder']): (text: string) => string {
  const isMonthFirst = order === 'month-first'
  const parsers = dateCandidates
    .filter(({ format }) => !format.startsWith(isMonthFirst ? '%d/%m' : '%m/%d'))
    .map(({ type, format }) => dateParser(type, format))
  return (text) => {
    for (const parse of parsers) {
      const moment = parse?.(text)
      if (!moment) continue
      const year = String(moment.year).padStart(4, '0')
      return kind === 'year' ? year : `${year}-${String(moment.month).padStart(2, '0')}`
    }
    return ''
  }
}
