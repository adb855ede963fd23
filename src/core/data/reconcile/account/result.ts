/** What reconciliation is asked and what it answers; shapes of `carryover reconcile --format json` with more members. */
import type { Finding, NotEvaluated, SafetyClass } from '../../../finding.ts'
import type { Mapping } from '../../crosswalk/mapping/mapping.ts'
import type { Coverage } from '../../crosswalk/plan/crosswalk.ts'
import type { NotCompared } from '../../crosswalk/plan/not-compared.ts'
import type { InputStatus } from '../../crosswalk/plan/open-sides.ts'
import type { PairSource } from '../../crosswalk/plan/sides.ts'
import type { EqualRule } from '../../meaning/rules.ts'
import type { Side } from '../../model/source.ts'
import type { Assumption } from '../compare/assumed-zones.ts'
import type { OpenRecord } from './open-records.ts'

/** A person's word on records that did not arrive one to one, or that only the target holds: a line of the explanations file. */
export interface Explanation {
  readonly side: Side
  /** Legacy table, or target type; `*` for all of them together with `patient:…`. */
  readonly table: string
  /** Key of the record as its file has it, `record:17` for the 17th record, `patient:…` for all of one patient, or `*` for all of the table. */
  readonly record: string
  readonly state: 'merged' | 'filtered' | 'archived' | 'rejected' | 'already-there' | 'generated'
  /** The surviving record of a merge; empty for any other state. */
  readonly into: string
  readonly reason: string
  readonly by: string
}

export interface ReconcileInput {
  readonly inputs: readonly PairSource[]
  readonly mapping: Mapping
  readonly explained?: readonly Explanation[]
  /** Seed of the sample of rows kept per finding. */
  readonly seed?: string
  /** Places kept per finding from the first on; counts are exact whatever it is. 100 where left out. */
  readonly maxRows?: number
  /** Bytes of extracted values held at a time; more are laid aside. */
  readonly budget?: number
}

/** N = arrived + merged + excluded + unaccounted + notCompared, for every table; checked, never assumed. */
export interface TableBalance {
  readonly table: string
  readonly legacy: number
  readonly arrived: number
  /** How the arrived ones arrived; they add up to `arrived`. */
  readonly equal: number
  readonly byRule: number
  readonly withDifferences: number
  readonly split: number
  readonly merged: number
  readonly excluded: number
  readonly filtered: number
  readonly archived: number
  readonly rejected: number
  readonly unaccounted: number
  /** Neither matched nor lost, because links find no patient or tasks were set aside; left out where there is none. */
  readonly notCompared?: number
  /** Patients with at least one unaccounted record here, or one nobody can explain in the target. */
  readonly patientsOff: number
  /** Target records made of this table, and those that come from nowhere. */
  readonly target: number
  readonly unexplained: number
  /** Pairs by how their keys met. */
  readonly matched: Readonly<Record<MatchMethod, number>>
}

/** `key` as written; `normalised` after trimming, case and leading zeros; `composite` several fields together; `likeness` the best of several. */
export type MatchMethod = 'key' | 'normalised' | 'crosswalk' | 'composite' | 'likeness'

export interface FieldBalance {
  /** `table.column → target`. */
  readonly field: string
  readonly table: string
  readonly column: string
  readonly target: string
  readonly rule: string
  readonly same: number
  readonly sameAfterRule: number
  readonly changed: number
  readonly lost: number
  readonly appeared: number
  /** Parts of `changed`. */
  readonly truncated: number
  readonly replaced: number
  readonly nullReason: number
  /** Parts of `same` and `sameAfterRule`: how many were called equal by which rule of comparing. */
  readonly equalBy: readonly { readonly rule: EqualRule; readonly name: string; readonly count: number }[]
}

export interface ControlTotal {
  readonly name: string
  readonly legacy: string
  readonly target: string
  readonly equal: boolean
}

/** One cause behind at least 20 differences of a field. */
export interface Pattern {
  readonly field: string
  readonly kind:
    | 'day-shift'
    | 'hour-shift'
    | 'day-month-swap'
    | 'factor'
    | 'case'
    | 'truncation'
    | 'encoding'
    | 'leading-zeros'
    | 'swapped-columns'
  readonly words: string
  readonly count: number
  /** Differences of the field in all. */
  readonly of: number
}

/** A pair nobody can decide but a person: places only. */
export interface Ambiguous {
  readonly table: string
  readonly legacy: { readonly input: number; readonly record: number; readonly line: number; readonly byte: number }
  readonly candidates: readonly {
    readonly input: number
    readonly record: number
    readonly line: number
    readonly byte: number
  }[]
}

export interface ReconcileResult {
  /** Every file with what became of it: all numbers speak of what was read. */
  readonly inputs: readonly InputStatus[]
  readonly tables: readonly TableBalance[]
  readonly fields: readonly FieldBalance[]
  readonly totals: readonly ControlTotal[]
  readonly patterns: readonly Pattern[]
  /** Number of records in the queue; `queue` holds the first 1,000. */
  readonly ambiguous: number
  readonly queue: readonly Ambiguous[]
  /** Lines are proposed and none is confirmed: no record can be accounted for. */
  readonly isUnconfirmed: boolean
  /** Filled cells: carried, left behind with reason, open. */
  readonly coverage: Coverage
  readonly patients: number
  /** Patients with any imbalance or critical difference, and by safety class. */
  readonly patientsOff: number
  /** Of them those with a record that is unaccounted for or comes from nowhere, whatever the table. */
  readonly patientsUnbalanced: number
  readonly patientsBySafety: Readonly<Partial<Record<SafetyClass, number>>>
  readonly unaccounted: number
  readonly unexplained: number
  /** The first 10,000 of the unaccounted, one by one. */
  readonly open: readonly OpenRecord[]
  /** What was taken for granted because neither the files nor the field map say it. */
  readonly assumptions: readonly Assumption[]
  readonly findings: readonly Finding[]
  /** Elements that no value was held against; every number is silent about them. */
  readonly notCompared: readonly NotCompared[]
  readonly notEvaluated: readonly NotEvaluated[]
  /** What could not be compared: tables whose links find no patient, tasks that were set aside; left out where there is none. */
  readonly notJudged?: readonly NotEvaluated[]
}

export interface ReconcilePartial {
  readonly records: number
  readonly unaccounted: number
}
