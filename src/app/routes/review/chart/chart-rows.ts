/** Rows, blocks and sections of a chart as the page shows them. */

import type { PairClass } from '../../../../core/data/crosswalk/plan/sides.ts'
import type { SaidElsewhere } from '../../../../core/review/chart/said-elsewhere.ts'
import type { Chart, ChartEntry, ChartSectionId, ChartText, ProgramNote } from '../../../../core/review/model/chart.ts'
import type { Domain } from '../../../../core/review/model/pair-types.ts'
import type { DifferenceEvent, Verdict } from '../../../../core/review/model/review-event.ts'
import type { shownIn } from '../../../../core/review/result/attention.ts'
import type { SectionDone } from '../acts/reading.ts'

/** What a section is to this reader; `empty`: neither system has written anything, so there is nothing to read. */
export type SectionState = 'judged' | 'confirmed' | 'too-quick' | 'reading' | 'not-read' | 'empty'

/** One thing that gets a verdict: an entry on both sides, or what no line of the mapping reads in this section. */
export interface RowView {
  /** Names it in verdicts. */
  readonly item: string
  readonly section: ChartSectionId
  readonly domain: Domain
  readonly cls: PairClass | 'not-compared'
  /** What it is called in a sentence; sensitive. */
  readonly title: string
  readonly legacy: ChartEntry | null
  readonly target: ChartEntry | null
  /** Texts of legacy that no line reads, with the entry that they stand in; empty for an entry. */
  readonly outside: readonly OutsideText[]
  /** Null where a rule of the mapping carries it; else where the other system shows its words all the same. */
  readonly unmapped: { readonly shown: readonly SaidElsewhere[] } | null
  readonly note: ProgramNote
  /** Paths of the field map that differ, by the program. */
  readonly fields: readonly string[]
  readonly cause: string | null
  /** The section waits for a verdict on it. */
  readonly asksVerdict: boolean
}

export interface OutsideText {
  /** Null where the section has one entry. */
  readonly of: string | null
  readonly text: ChartText
  /** Where the other system shows the same; null where it does not. */
  readonly shown: SaidElsewhere | null
}

/** Rows with one verdict for all of them; most have one row. */
export interface BlockView {
  readonly rows: readonly RowView[]
  readonly said: DifferenceEvent | null
  /** How many traces of the same cause have this verdict, wherever they stand. */
  readonly traces: number
  /** Whether the program's note may be told. */
  readonly told: boolean
}

export interface SectionView {
  readonly id: ChartSectionId
  readonly label: string
  readonly state: SectionState
  readonly rows: readonly RowView[]
  readonly blocks: readonly BlockView[]
  readonly worst: Verdict | null
  readonly done: SectionDone | null
  /** Entries, and words on both sides of them. */
  readonly shown: ReturnType<typeof shownIn>
  /** Rows that must have a verdict before the section can be confirmed. */
  readonly waiting: readonly RowView[]
  /** Both sides were read in a table or type known to be of this kind: only then do no rows mean that nothing is written. */
  readonly known: boolean
}

export interface ChartView {
  readonly chart: Chart
  /** What is judged before the chart: two people, or a patient that one side does not have. */
  readonly first: RowView | null
  readonly sections: readonly SectionView[]
  readonly rows: readonly RowView[]
  /** Sections with something to read, and how many of them are done. */
  readonly toRead: number
  readonly read: number
  /** Of these, confirmed faster than anybody reads. */
  readonly tooQuick: number
}

export interface Said {
  readonly verdicts: ReadonlyMap<string, DifferenceEvent>
  readonly sections: ReadonlyMap<string, SectionDone>
}

export interface Reader {
  /** Notes of the program wait for the reader's word. */
  readonly blind: boolean
  /** The section in which this reader is now. */
  readonly reading: ChartSectionId | null
  /** Entries that two readers spoke about and this one decides on. */
  readonly asked: ReadonlySet<string>
  /** Causes whose traces this reader judges one by one. */
  readonly apart: ReadonlySet<string>
}
