/** The conservation ledger (data.md §11): every source record ends in exactly one state, per table and per patient, and every target record has an origin. */
import type { LegacyRowRead } from '../entries/read-sides.ts'
import type { Explanation, MatchMethod, TableBalance } from './result.ts'

export type State =
  | 'equal'
  | 'byRule'
  | 'withDifferences'
  | 'merged'
  | 'filtered'
  | 'archived'
  | 'rejected'
  | 'unaccounted'
  | 'notCompared'

type Counts = { -readonly [Name in Exclude<keyof TableBalance, 'table' | 'matched' | 'arrived' | 'excluded'>]-?: number } & {
  readonly matched: Record<MatchMethod, number>
}

const noCounts = (): Counts => ({
  legacy: 0,
  equal: 0,
  byRule: 0,
  withDifferences: 0,
  split: 0,
  merged: 0,
  filtered: 0,
  archived: 0,
  rejected: 0,
  unaccounted: 0,
  notCompared: 0,
  patientsOff: 0,
  target: 0,
  unexplained: 0,
  matched: { key: 0, normalised: 0, crosswalk: 0, composite: 0, likeness: 0 },
})

/** States in which a record is settled without anything to tell, and how its pair was found. */
const settled = ['equal', 'byRule', 'split', 'merged'] as const
const methods = ['key', 'normalised', 'crosswalk', 'composite', 'likeness'] as const satisfies readonly MatchMethod[]

/** Worst part first: a record that became several is accounted for when all of them are. */
const worst: readonly State[] = [
  'unaccounted',
  'notCompared',
  'rejected',
  'archived',
  'filtered',
  'withDifferences',
  'merged',
  'byRule',
  'equal',
]

/** Counts that do not add up: an error of the program, unless sums came from outside of it. */
export class Unbalanced extends Error {}

export class Ledger {
  private readonly tables = new Map<string, Counts>()
  /** Parts of rows that became several target records, waiting for all of them; empty between patients. */
  private readonly parts = new Map<string, { readonly table: string; readonly states: State[]; readonly of: number }>()
  private readonly off = new Set<string>()

  of(table: string): Counts {
    let counts = this.tables.get(table)
    if (!counts) {
      counts = noCounts()
      this.tables.set(table, counts)
    }
    return counts
  }

  /** Counts a row; one that becomes no item ends here. Gives back whether it is unaccounted. */
  row(read: LegacyRowRead, table: string, explained: Explanation | null): boolean {
    const counts = this.of(table)
    counts.legacy++
    if (read.items.length > 0) return false
    const state: State = explained
      ? stateOf(explained)
      : typeof read.without === 'object' && read.without
        ? 'filtered'
        : 'unaccounted'
    counts[state]++
    return state === 'unaccounted'
  }

  /** Gives one item of a row its state; `of` items were made of the row. */
  settle(table: string, row: string, of: number, state: State): void {
    if (state === 'unaccounted') this.off.add(table)
    if (of === 1) {
      this.of(table)[state]++
      return
    }
    const held = this.parts.get(row)
    if (held) held.states.push(state)
    else this.parts.set(row, { table, states: [state], of })
  }

  unexplained(table: string): void {
    this.of(table).unexplained++
    this.off.add(table)
  }

  /** Closes the account of one patient; gives back the tables that do not balance for him. */
  endPatient(isPatient: boolean): readonly string[] {
    for (const { table, states } of this.parts.values()) {
      const state = worst.find((one) => states.includes(one)) ?? 'unaccounted'
      const counts = this.of(table)
      counts[state]++
      if (state === 'equal' || state === 'byRule' || state === 'withDifferences') counts.split++
    }
    this.parts.clear()
    const off = [...this.off]
    if (isPatient) for (const table of off) this.of(table).patientsOff++
    this.off.clear()
    return off
  }

  /** What settled records were counted as, by table in the order they were met. */
  sums(): (readonly [table: string, counts: readonly number[]])[] {
    return [...this.tables].map(([table, { matched, ...counts }]) => [
      table,
      [...settled.map((name) => counts[name]), ...methods.map((name) => matched[name])],
    ])
  }

  addSums(sums: readonly (readonly [table: string, counts: readonly number[]])[]): void {
    for (const [table, numbers] of sums) {
      const counts = this.of(table)
      settled.forEach((name, i) => {
        counts[name] += numbers[i] ?? 0
      })
      methods.forEach((name, i) => {
        counts.matched[name] += numbers[settled.length + i] ?? 0
      })
    }
  }

  /** Rows without a state are those of shares of the patients that nobody judged. */
  leaveOpen(): void {
    for (const counts of this.tables.values()) {
      const { equal, byRule, withDifferences, merged, filtered, archived, rejected, unaccounted, notCompared } = counts
      const settled = equal + byRule + withDifferences + merged + filtered + archived + rejected + unaccounted + notCompared
      counts.notCompared += counts.legacy - settled
    }
  }

  /** All tables in the order given, then those met later; every balance is checked. */
  balances(order: readonly string[]): TableBalance[] {
    const names = [...new Set([...order.filter((name) => this.tables.has(name)), ...this.tables.keys()])]
    return names.map((table) => {
      const { matched, notCompared, ...counts } = this.of(table)
      const arrived = counts.equal + counts.byRule + counts.withDifferences
      const excluded = counts.filtered + counts.archived + counts.rejected
      if (counts.legacy !== arrived + counts.merged + excluded + counts.unaccounted + notCompared)
        throw new Unbalanced(`The ledger of ${table} does not balance: this is an error of the program`)
      const open = notCompared === 0 ? {} : { notCompared }
      return { table, ...counts, ...open, arrived, excluded, matched: { ...matched } }
    })
  }
}

export function stateOf({ state }: Explanation): State {
  return state === 'merged' || state === 'filtered' || state === 'archived' || state === 'rejected' ? state : 'unaccounted'
}
