/**
 * Both charts of one patient, whole, aligned entry by entry: what each system says, in its own words. What the program thinks of an entry is a
 * note beside it, which a plan may hide until the reader has judged. Nothing here depends on the rules of comparing.
 */

import type { AllergyState, ItemPlace, PairClass } from '../../data/crosswalk/plan/sides.ts'
import type { Side } from '../../data/model/source.ts'
import type { Severity } from '../../finding.ts'
import type { DisplayMark } from './display-mark.ts'

/** In the order in which a chart is read; `other` only where something fits nowhere else. */
export const chartSections = [
  'allergies',
  'problems',
  'medicines',
  'results',
  'immunisations',
  'visits',
  'documents',
  'demographics',
  'other',
] as const
export type ChartSectionId = (typeof chartSections)[number]

/** The reading of what the mapping leaves behind on purpose. */
export const staysBehind = 'stays behind, by the mapping'

/** Before the id of a section, the item that verdicts name for its columns outside the mapping. */
export const outsideMapping = 'outside-mapping/'

/** A text as its system wrote it; all of it is sensitive. */
export interface ChartText {
  /** The column or element in words; null for the title of an entry. */
  readonly label: string | null
  readonly text: string
  /** What the mapping under test reads in it, or why it leaves it behind: marked as such; null where it says nothing more. */
  readonly reading: string | null
  readonly marks: readonly DisplayMark[]
}

export interface ChartEntry {
  readonly title: ChartText
  readonly details: readonly ChartText[]
  /**
   * Columns of the legacy row, or elements of the target record, that no line of the mapping reads; filled ones only. Shown open like the
   * details: a reader does not have to ask for what the mapping forgot.
   */
  readonly unmapped: readonly ChartText[]
  readonly place: ItemPlace
  /** Whether the title is the code or name of what it is about; absent where it is only what the record says first. */
  readonly named?: true
  /** What stands in the file, for whoever wants to see it; absent for what is said of a list as a whole. */
  readonly source?: string
}

/** What the program found, for whoever may see it. */
export interface ProgramNote {
  readonly cls: PairClass | 'not-compared'
  readonly codes: readonly string[]
  /** Without values. */
  readonly sentences: readonly string[]
  /** Of the worst code; null where it found nothing. */
  readonly severity: Severity | null
}

export interface ChartRow {
  /** Stable while the files do not change: as in `PairItem`, so that verdicts name it. */
  readonly id: string
  /** Null where this side has no such entry. */
  readonly legacy: ChartEntry | null
  readonly target: ChartEntry | null
  readonly note: ProgramNote
  /** Rows with the same cause share one verdict (`Chart.causes`); null for a row on its own. */
  readonly cause: string | null
}

export interface ChartSection {
  readonly id: ChartSectionId
  /** In allergies the first row is the state of the list (`allergyStateRow`), also where both agree. */
  readonly rows: readonly ChartRow[]
}

/** What a side says about allergies as a whole, never as a count. */
export const allergyStateWords: Readonly<Record<AllergyState, string>> = {
  known: 'Known allergies',
  none: 'No known allergies',
  'not-recorded': 'Allergies not recorded',
  unavailable: 'Allergies unavailable',
}

/** Id of the row that says what each side states about allergies as a whole. */
export const allergyStateRow = 'allergy-state'

export type AlarmKind = 'missing-legacy' | 'missing-target' | 'missing-both' | 'wrong-patient' | 'duplicate'

/** Said before the chart, and never hidden from a reader. */
export interface ChartAlarm {
  readonly kind: AlarmKind
  /** One sentence without values. */
  readonly words: string
  /** Rows it is about. */
  readonly rows: readonly string[]
}

/** Who the chart is about, as one side says it; all of it is sensitive. */
export interface ChartPerson {
  readonly name: string | null
  /** As written. */
  readonly birth: string | null
  readonly sex: string | null
  /** The number of the patient in that system. */
  readonly number: string | null
  /** What no column or element of that system is known to hold: null says nothing then. */
  readonly untold?: readonly ('birth' | 'sex')[]
}

export interface Chart {
  /** Key of the patient; of a seeded copy the name of the copy. Sensitive. */
  readonly key: string
  readonly heading: { readonly legacy: ChartPerson | null; readonly target: ChartPerson | null }
  readonly missing: Side | 'both' | null
  readonly alarms: readonly ChartAlarm[]
  /** Sections of which each side was read in a table or type known to be of that kind; of any other, no entry says nothing. */
  readonly known?: { readonly legacy: readonly ChartSectionId[]; readonly target: readonly ChartSectionId[] }
  /** The eight sections always, `other` where it has rows. */
  readonly sections: readonly ChartSection[]
  /** Rows that are neither the same nor the same after a rule, by the program. */
  readonly differences: number
}
