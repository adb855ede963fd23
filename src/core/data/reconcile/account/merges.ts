/** Which explained merges hold: those whose chain ends at a record that arrived. A record merged into itself, into a lost one or in a circle is explained by nothing. */
import type { NotEvaluated } from '../../../finding.ts'
import type { PairPlan } from '../../crosswalk/plan/plan.ts'
import { keyText, type LegacyItem, type TargetItem } from '../entries/items.ts'
import type { Explanation } from './result.ts'

const byNumber = /^record:(\d+)$/
const byPatient = /^patient:/

/** What is known of the records of one table. */
interface Known {
  /** Key by `record:17`, for the numbers that lines name. */
  readonly keys: Map<string, string>
  readonly legacy: Set<string>
  readonly target: Set<string>
}

/** Plain data: table, keys by number of their record, keys of legacy and of target. */
export type MergesRecord = readonly (readonly [
  table: string,
  keys: readonly (readonly [number: string, key: string])[],
  legacy: readonly string[],
  target: readonly string[],
])[]

/** Notes what the lines of merges speak of while both sides are read. Memory follows the tables that have such lines. */
export class Merges {
  private readonly lines: readonly Explanation[]
  private readonly known = new Map<string, Known>()
  private readonly numbers: ReadonlySet<string>
  private readonly patients: string | undefined

  constructor(explained: readonly Explanation[], plan: PairPlan) {
    this.lines = explained.filter(({ state, side }) => state === 'merged' && side === 'legacy')
    this.patients = plan.tables.find(({ isPatients }) => isPatients)?.source
    this.numbers = new Set(this.lines.flatMap(({ record, into }) => [record, into]).filter((name) => byNumber.test(name)))
    for (const one of this.lines) this.known.set(this.tableOf(one), { keys: new Map(), legacy: new Set(), target: new Set() })
  }

  legacy(item: LegacyItem): void {
    const known = this.known.get(item.table.source)
    if (!known) return
    const key = keyText(item)
    const number = `record:${item.place.record}`
    if (key !== '') known.legacy.add(key)
    if (!this.numbers.has(number)) return
    known.keys.set(number, key === '' ? number : key)
    // Where the field map has no key, that the record was read is all that can be known.
    if (key === '') {
      known.legacy.add(number)
      known.target.add(number)
    }
  }

  /** `key` is the key of the legacy record it met, where keys only meet after normalising. */
  target(item: TargetItem, key = keyText(item)): void {
    if (key !== '') this.known.get(item.table.source)?.target.add(key)
  }

  /** What was noted, by table. */
  record(): MergesRecord {
    return [...this.known].map(([table, { keys, legacy, target }]) => [table, [...keys], [...legacy], [...target]])
  }

  /** What was noted behind all that was noted here. */
  add(later: MergesRecord): void {
    for (const [table, keys, legacy, target] of later) {
      const known = this.known.get(table)
      for (const [number, key] of keys) known?.keys.set(number, key)
      for (const key of legacy) known?.legacy.add(key)
      for (const key of target) known?.target.add(key)
    }
  }

  /** The lines that do not hold; call after both sides were read. */
  broken(): readonly Explanation[] {
    const next = new Map<string, string>()
    for (const one of this.lines) next.set(this.place(one, one.record), this.place(one, one.into))
    return this.lines.filter((one) => {
      const seen = new Set([this.place(one, one.record)])
      for (let at = this.place(one, one.into); !seen.has(at); at = next.get(at) ?? at) {
        if (this.arrived(at)) return false
        seen.add(at)
      }
      return true
    })
  }

  notEvaluated(broken: readonly Explanation[]): NotEvaluated[] {
    const counts = new Map<string, number>()
    for (const one of broken) counts.set(this.tableOf(one), (counts.get(this.tableOf(one)) ?? 0) + 1)
    return [...counts].map(([table, n]) => ({
      what: 'Explained merges',
      why: `${n} of ${table} lead to no record that arrived, so they explain nothing`,
    }))
  }

  /** All records of a patient are merged into those of another one: what has to arrive is that patient. */
  tableOf({ table, record }: Explanation): string {
    return byPatient.test(record) && this.patients !== undefined ? this.patients : table
  }

  private place(one: Explanation, name: string): string {
    const table = this.tableOf(one)
    const plain = name.replace(byPatient, '')
    return `${table}\n${this.known.get(table)?.keys.get(plain) ?? plain}`
  }

  private arrived(place: string): boolean {
    const [table = '', key = ''] = place.split('\n')
    const known = this.known.get(table)
    return known?.legacy.has(key) === true && known.target.has(key)
  }
}
