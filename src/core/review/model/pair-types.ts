/** The words of pairing: what goes in, one difference, one record side by side, and what is known about all of them. */
import type { Mapping } from '../../data/crosswalk/mapping/mapping.ts'
import type { AllergyState, Domain, ItemPlace, PairClass, PairSource } from '../../data/crosswalk/plan/sides.ts'
import type { Side } from '../../data/model/source.ts'
import type { Finding, NotEvaluated, SafetyClass } from '../../finding.ts'
import type { Chart } from './chart.ts'
import type { Trap } from './trap.ts'

export type { AllergyState, Domain, ItemPlace, PairClass, PairSource } from '../../data/crosswalk/plan/sides.ts'
export { domains } from '../../data/crosswalk/plan/sides.ts'

export interface PairInput {
  readonly inputs: readonly PairSource[]
  readonly mapping: Mapping
  /** The day the extract was taken, `YYYY-MM-DD`; "booked in the next 30 days" counts from here. */
  readonly asOf: string
  /** Seed of the sample of rows kept per finding. */
  readonly seed?: string
  /** Bytes of extracted values held at a time; larger inputs are read again, one share of the patients each. */
  readonly budget?: number
}

/** One field of one item; `legacy` and `target` are sensitive text, null means "Not recorded". */
export interface PairField {
  /** Stable inside its item: the element path of the field map. */
  readonly path: string
  readonly label: string
  readonly legacy: string | null
  readonly target: string | null
  /** What the mapping rule reads in the legacy text: ISO date, words of a code, value with unit; null where it says nothing more. Sensitive. */
  readonly carried: string | null
  readonly cls: PairClass
  /** The mapping rule in words, where it was applied. */
  readonly rule: string | null
  readonly code: string | null
  /** What differs, in one sentence without values; null where nothing does. */
  readonly words: string | null
}

/** One entry of the record: an allergy, a medicine, a result. */
export interface PairItem {
  /** Stable while the files do not change: the place it came from. */
  readonly id: string
  readonly domain: Domain
  /** What it is about, from legacy where legacy has it; sensitive. */
  readonly title: string
  readonly cls: PairClass
  readonly critical: boolean
  readonly codes: readonly string[]
  readonly legacy: ItemPlace | null
  readonly target: ItemPlace | null
  readonly fields: readonly PairField[]
}

/** One patient side by side, in clinical order. */
export interface RecordPair {
  /** Key of the patient (medical record number); sensitive. */
  readonly key: string
  readonly heading: { readonly name: string | null; readonly birth: string | null; readonly sex: string | null }
  /** The side that has no such patient; null where both do. */
  readonly missing: Side | 'both' | null
  readonly allergyState: { readonly legacy: AllergyState; readonly target: AllergyState }
  readonly domains: readonly { readonly domain: Domain; readonly items: readonly PairItem[] }[]
  /** Items that are neither same nor same after rule. */
  readonly differences: number
  /** Both sides whole, as each system says it. */
  readonly chart: Chart
  /** Only on copies with a seeded defect (traps.ts). */
  readonly trap?: Trap
}

/** A patient of the legacy side, with what strata are made of. */
export interface FrameUnit {
  readonly key: string
  /** Legacy site code; empty where the mapping names none. */
  readonly site: string
  readonly allergies: boolean
  readonly fiveMedicines: boolean
  readonly bookedSoon: boolean
  /** Has an open critical finding: belongs on the must-see list. */
  critical: boolean
}

export interface PairCounts {
  readonly same: number
  readonly sameAfterRule: number
  readonly changed: number
  readonly lost: number
  /** Includes the resurrected. */
  readonly appeared: number
  readonly resurrected: number
}

export interface PairPartial {
  readonly patients: number
  readonly items: PairCounts
}

export interface PairResult {
  /** Patients of the legacy side. */
  readonly patients: number
  readonly items: PairCounts
  /** The same by the legacy table that the entries come from, or should have come from. */
  readonly itemsByTable: Readonly<Record<string, PairCounts>>
  /** Entries of either side by what of a record they are; a class without any is left out. */
  readonly itemsBySafety: Readonly<Partial<Record<SafetyClass, number>>>
  readonly fields: PairCounts
  /** Patients by "legacy → target" allergy state, e.g. `known → none`; unchanged ones too. */
  readonly allergyStates: Readonly<Record<string, number>>
  readonly findings: readonly Finding[]
  readonly frame: readonly FrameUnit[]
  /** Patients that exist only in the target. */
  readonly targetOnly: readonly string[]
  readonly notEvaluated: readonly NotEvaluated[]
  /** How many times the files were read. */
  readonly passes: number
}
