/** Records and patients of a table by site and by year, on both sides: an overall total can hide one clinic or one year that is missing. */
import { compareText, type NotEvaluated } from '../../../finding.ts'
import { codings } from '../../crosswalk/plan/elements.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { utcDay } from '../../meaning/time.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import type { ControlTotal } from './result.ts'

/** More different sites or years than this are a column of something else. */
export const mostBuckets = 400

/** Buckets as plain data, in the order in which they were met. */
export type PlaceRecords = readonly (readonly [
  name: string,
  records: readonly [legacy: number, target: number],
  patients: readonly [legacy: number, target: number],
])[]

interface Bucket {
  readonly records: { legacy: number; target: number }
  readonly patients: { legacy: number; target: number }
}

type Side = 'legacy' | 'target'

export class TotalsByPlace {
  private readonly buckets = new Map<string, Bucket>()
  private isFull = false
  private readonly table: BoundTable
  /** Buckets that the patient being counted was met in, by side. */
  private readonly met: Readonly<Record<Side, Set<Bucket>>> = { legacy: new Set(), target: new Set() }

  private readonly most: number

  /** @param most buckets that are told */
  constructor(table: BoundTable, most = mostBuckets) {
    this.table = table
    this.most = most
  }

  record(): PlaceRecords {
    return [...this.buckets].map(([name, { records, patients }]) => [
      name,
      [records.legacy, records.target],
      [patients.legacy, patients.target],
    ])
  }

  /** What was met behind all that was met here. */
  add(later: PlaceRecords): void {
    for (const [name, records, patients] of later) {
      const bucket = this.bucketOf(name)
      if (bucket === null) continue
      bucket.records.legacy += records[0]
      bucket.records.target += records[1]
      bucket.patients.legacy += patients[0]
      bucket.patients.target += patients[1]
    }
  }

  see(side: Side, item: LegacyItem | TargetItem): void {
    const { site, onset } = this.table.positions
    for (const i of site) this.count(side, `site ${this.table.fields[i]?.path.plain ?? ''}`, siteOf(item, i))
    for (const i of onset) {
      const year = yearOf(item, i)
      if (year !== '') this.count(side, `year of ${this.table.fields[i]?.label ?? ''}`, year)
    }
  }

  /** The records of one patient were seen: it counts once in each bucket they are in; `isPatient` false for records without one. */
  endGroup(isPatient: boolean): void {
    for (const side of ['legacy', 'target'] as const) {
      if (isPatient) for (const bucket of this.met[side]) bucket.patients[side]++
      this.met[side].clear()
    }
  }

  result(): ControlTotal[] {
    return [...this.buckets]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([name, { records, patients }]) => {
        const [of, ...value] = name.split('\n')
        const named = `${this.table.source} → ${this.table.type}`
        const total = (what: string, { legacy, target }: Bucket['records']): ControlTotal => ({
          name: `${named}: ${what} by ${of} = ${value.join(' ')}`,
          legacy: String(legacy),
          target: String(target),
          equal: legacy === target,
        })
        const withPatients = patients.legacy + patients.target > 0
        return [total('records', records), ...(withPatients ? [total('patients', patients)] : [])]
      })
  }

  notEvaluated(): NotEvaluated[] {
    if (!this.isFull) return []
    const why = `more than ${mostBuckets} different ones are told; the others are in the totals of the whole table alone`
    return [{ what: `Control totals of ${this.table.source} by site and year`, why }]
  }

  private count(side: Side, of: string, value: string): void {
    const bucket = this.bucketOf(`${of}\n${value === '' ? 'nothing' : value}`)
    if (bucket === null) return
    bucket.records[side]++
    this.met[side].add(bucket)
  }

  /** Null where there are too many already. */
  private bucketOf(name: string): Bucket | null {
    const known = this.buckets.get(name)
    if (known) return known
    if (this.buckets.size >= this.most) {
      this.isFull = true
      return null
    }
    const bucket = { records: { legacy: 0, target: 0 }, patients: { legacy: 0, target: 0 } }
    this.buckets.set(name, bucket)
    return bucket
  }
}

/** The site as the target writes it: what a rule made of the legacy cell, or what stands there. */
function siteOf(item: LegacyItem | TargetItem, i: number): string {
  if ('values' in item) {
    const value = item.values[i]?.[0]
    if (value === undefined) return ''
    return typeof value === 'object' ? (codings(value)[0]?.code ?? '') : String(value)
  }
  const carried = item.carried[i]
  if (!carried) return ''
  return carried.kind === 'code'
    ? carried.code
    : carried.kind === 'reference'
      ? carried.key
      : 'text' in carried
        ? carried.text
        : ''
}

/** Empty where no date is recorded. */
function yearOf(item: LegacyItem | TargetItem, i: number): string {
  let text: unknown
  if ('values' in item) text = item.values[i]?.[0]
  else {
    const carried = item.carried[i]
    text = carried?.kind === 'date' ? carried.text : undefined
  }
  if (typeof text !== 'string') return ''
  // A day is held against the day that is written, an instant against an instant.
  return /^\d{4}/.exec(item.table.fields[i]?.rule === 'date' ? text : utcDay(text))?.[0] ?? ''
}
