/** Intervals of one key that overlap, such as two stays of one patient at the same time. */
import { asWhen, daySeconds, isPartial } from '../../model/value.ts'
import { numberParam } from '../contract/record-check.ts'
import { mostKept, type TableCheck, type TableJudge } from '../contract/table-check.ts'

export const intervalOverlap: TableCheck = {
  code: 'data/interval-overlap',
  title: 'Intervals of one key that overlap',
  why: 'A patient can not lie in two wards, or have two insurers in the same place, at the same time: one of the records is wrong.',
  remedy: 'Look at the records of these keys by date: usually an end is missing or was mistyped.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  scope: 'keys',
  open({ on, params }) {
    if (on.fields.length < 3) return 'It takes the columns of the key, then the start and the end.'
    return { fields: on.fields, judge: new Overlaps(on.fields, numberParam(params, 'days', 0)) }
  },
}

interface Interval {
  readonly key: number
  /** The latest day or moment on which it can have begun, and the earliest on which it can have ended, in seconds. */
  readonly begun: number
  readonly ended: number
  readonly kept: number
}

class Overlaps implements TableJudge {
  private readonly keys = new Map<string, number>()
  private readonly rows: Interval[] = []
  private full = false
  private readonly fields: readonly string[]
  private readonly days: number

  /** `days` of overlap that are allowed. */
  constructor(fields: readonly string[], days: number) {
    this.fields = fields
    this.days = days
  }

  see(row: Parameters<TableJudge['see']>[0]): void {
    const parts = this.fields.slice(0, -2).map((field) => row.text(field)?.trim() ?? null)
    const stop = this.fields.at(-1) ?? ''
    const from = asWhen(row.value(this.fields.at(-2) ?? ''))
    const to = asWhen(row.value(stop))
    // Without an end it goes on; an end that can not be read says nothing.
    if (parts.includes(null) || !from || (!to && row.text(stop) !== null) || this.full) return
    if (this.rows.length >= mostKept) {
      this.full = true
      return
    }
    const name = JSON.stringify(parts)
    const key = this.keys.get(name) ?? this.keys.size
    this.keys.set(name, key)
    const begun = isPartial(from) ? Math.floor(from.to / daySeconds) * daySeconds : from.from
    this.rows.push({ key, begun, ended: to?.from ?? Number.POSITIVE_INFINITY, kept: row.keep() })
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const sorted = [...this.rows].sort((a, b) => a.key - b.key || a.begun - b.begun || a.kept - b.kept)
    const allowed = this.days * daySeconds
    const found: number[] = []
    let last: Interval | null = null
    for (const row of sorted) {
      if (row.key !== last?.key) last = null
      if (last && row.begun < last.ended - allowed && last.begun < row.ended) found.push(row.kept)
      if (!last || row.ended > last.ended) last = row
    }
    for (const kept of found.sort((a, b) => a - b)) report(kept, [])
    return { tested: this.rows.length, left: this.full ? `Only the first ${mostKept} records were compared.` : null }
  }
}
