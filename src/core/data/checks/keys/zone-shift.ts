/** Two columns of time that differ by the same whole hours in nearly every record: one of them was moved to another time zone. */
import { asWhen } from '../../model/value.ts'
import { mostKept, type TableCheck, type TableJudge } from '../contract/table-check.ts'

export const zoneShift: TableCheck = {
  code: 'data/zone-shift',
  title: 'Times that are shifted by a time zone',
  why: 'An hour of shift moves medicines to another round and midnight events to another day; doses appear given before they were ordered.',
  remedy: 'Find out in which zone each of the columns is written, and convert one of them in the mapping.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'keys',
  open({ on }) {
    const [a, b] = on.fields
    if (a === undefined || b === undefined || on.fields.length !== 2) return 'It takes two columns of time.'
    return { fields: on.fields, judge: new Shifts(a, b) }
  },
}

const quarter = 900
export const fewest = 20

class Shifts implements TableJudge {
  private readonly counts = new Map<number, number>()
  private tested = 0
  private full = false
  private first = -1
  private readonly a: string
  private readonly b: string

  constructor(a: string, b: string) {
    this.a = a
    this.b = b
  }

  see(row: Parameters<TableJudge['see']>[0]): void {
    const [a, b] = [asWhen(row.value(this.a)), asWhen(row.value(this.b))]
    // Days have no hour that could be shifted.
    if (!a || !b || a.to - a.from > 60 || b.to - b.from > 60) return
    if (this.tested >= mostKept) {
      this.full = true
      return
    }
    if (this.tested++ === 0) this.first = row.keep()
    const seconds = Math.round(b.from - a.from)
    if (seconds % quarter === 0 && Math.abs(seconds) <= 14 * 3600) this.counts.set(seconds, (this.counts.get(seconds) ?? 0) + 1)
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    for (const [seconds, count] of this.counts) {
      // Summer and winter time share a column: two shifts an hour apart are one zone.
      const near = Math.max(this.counts.get(seconds - 3600) ?? 0, this.counts.get(seconds + 3600) ?? 0)
      if (seconds === 0 || this.tested < fewest || count < near || count + near < this.tested * 0.95 || count < this.tested / 2)
        continue
      if (near > 0 && near === (this.counts.get(0) ?? 0)) continue
      report(this.first, [
        { name: 'shift', value: seconds / 3600, unit: 'h' },
        { name: 'records with it', value: count },
        { name: 'records compared', value: this.tested },
      ])
    }
    return { tested: this.tested, left: this.full ? `Only the first ${mostKept} records were compared.` : null }
  }
}
