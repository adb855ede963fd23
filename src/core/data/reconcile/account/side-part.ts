/** What a task notes while it reads a stretch of one side: entries by share of the patients, and everything else that the account is told. */
import { CellCoverage } from '../../crosswalk/plan/coverage.ts'
import type { PairPlan } from '../../crosswalk/plan/plan.ts'
import type { ReadStatus } from '../../model/events.ts'
import { legacyText, listedText, targetText } from '../entries/entry-text.ts'
import { groupKey } from '../entries/group-key.ts'
import { partOfPatient } from '../entries/item-log.ts'
import { keyText } from '../entries/items.ts'
import type { SideSink } from '../entries/read-sides.ts'
import { Merges, type MergesRecord } from './merges.ts'
import type { ReconcileInput } from './result.ts'
import { SideJournal } from './side-journal.ts'

/** Plain data; names of columns and types, no cell. */
export interface SideTotals {
  /** Rows of legacy that became entries, and those that a filter left out of whom nobody asks more. */
  readonly rows: number
  readonly filtered: number
  /** Entries of target. */
  readonly targets: number
  readonly aside: readonly (readonly [type: string, count: number])[]
  readonly unplaced: readonly (readonly [what: string, count: number])[]
  readonly header: {
    readonly table: string
    readonly header: readonly string[]
    readonly nulls: readonly string[]
    readonly filled: readonly number[]
  } | null
  readonly merges: MergesRecord
  /** Where all of the input was read. */
  readonly end: { readonly status: ReadStatus; readonly records: number } | null
}

export class SidePart {
  private readonly journal = new SideJournal()
  private readonly coverage: CellCoverage
  private readonly merges: Merges
  private readonly lines: string[][]
  private readonly aside = new Map<string, number>()
  private readonly unplaced = new Map<string, number>()
  private readonly isExplained: boolean
  private header: Omit<NonNullable<SideTotals['header']>, 'filled'> | null = null
  private end: SideTotals['end'] = null
  private rows = 0
  private filtered = 0
  private targets = 0

  /** @param partitions shares of the patients */
  constructor({ mapping, explained = [] }: ReconcileInput, plan: PairPlan, partitions: number) {
    this.coverage = new CellCoverage(mapping)
    this.merges = new Merges(explained, plan)
    this.isExplained = explained.length > 0
    this.lines = Array.from({ length: partitions }, () => [])
  }

  get sink(): SideSink {
    const { journal, coverage, merges, aside, unplaced } = this
    const count = (counts: Map<string, number>, name: string): Map<string, number> =>
      counts.set(name, (counts.get(name) ?? 0) + 1)
    return {
      keep: () => true,
      everyTable: true,
      header: (_input, table, header, nulls) => {
        coverage.header(table, header, nulls)
        this.header = { table, header, nulls }
      },
      end: (_input, status, records) => {
        this.end = { status, records }
      },
      problem: (_input, problem) => journal.problem(problem),
      legacy: (read) => {
        coverage.row(read.row)
        if (read.items.length > 0) this.rows++
        else if (typeof read.without === 'object' && read.without !== null && !this.isExplained) this.filtered++
        else journal.left(read)
        for (const item of read.items) {
          merges.legacy(item)
          journal.key('legacy', item)
          const group = groupKey(read.patient, item)
          this.write(group, legacyText(group, item))
        }
      },
      target: (patient, item) => {
        merges.target(item, item.table.isPatients ? patient : keyText(item))
        journal.key('target', item)
        this.targets++
        const group = groupKey(patient, item)
        this.write(group, targetText(group, item))
      },
      listed: (patient, state) => this.write(patient, listedText(patient, state)),
      setAside: ({ type }) => {
        // The order in which types are met is that of the report.
        if (!aside.has(type)) journal.aside(type)
        count(aside, type)
      },
      unplaced: (what, resource, _input, orphan) => {
        if (resource === null) count(unplaced, what)
        else {
          const { record, line, byte, length, type, id } = resource
          journal.stranger({ type, id: id ?? '', orphan, place: { record, line, byte, length } })
        }
      },
    }
  }

  /** After the reading. */
  take(): { readonly journal: Uint8Array; readonly totals: SideTotals; readonly entries: readonly string[] } {
    const { rows, filtered, targets, aside, unplaced, header, end } = this
    return {
      journal: this.journal.take(),
      totals: {
        ...{ rows, filtered, targets, end },
        aside: [...aside],
        unplaced: [...unplaced],
        header: header && { ...header, filled: this.coverage.filled },
        merges: this.merges.record(),
      },
      entries: this.lines.map((lines) => lines.join('\n')),
    }
  }

  private write(group: string, line: string): void {
    this.lines[partOfPatient(group, this.lines.length)]?.push(line)
  }
}
