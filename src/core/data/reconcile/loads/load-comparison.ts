/** What two loads of one target have in common, and where they differ. */
import type { NotEvaluated } from '../../../finding.ts'
import type { InputStatus } from '../../crosswalk/plan/open-sides.ts'

export interface LoadTable {
  readonly table: string
  readonly before: number
  readonly after: number
  readonly same: number
  readonly changed: number
  readonly added: number
  readonly gone: number
}

export type Load = 'before' | 'after'

export interface LoadInput extends InputStatus {
  readonly load: Load
}

export interface LoadComparison {
  /** True only where every file of both loads was read whole and holds the same records. */
  readonly same: boolean
  /** Every file with what became of it: numbers speak of what was read. */
  readonly inputs: readonly LoadInput[]
  readonly tables: readonly LoadTable[]
  /** Top-level elements or columns that changed, most first. */
  readonly elements: readonly { readonly table: string; readonly element: string; readonly count: number }[]
  readonly patientsChanged: number
  /** Whether any record names a patient; without, 0 says nothing. */
  readonly patientsKnown: boolean
  /** The patients with most changes; keys are sensitive. */
  readonly patients: readonly { readonly patient: string; readonly changes: number }[]
  readonly checksums: { readonly before: string; readonly after: string; readonly equal: boolean }
  /** Keys that several records of one load share, where the loads differ. */
  readonly repeated: readonly { readonly table: string; readonly load: Load; readonly keys: number }[]
  /** Key columns that were named and that a file does not have. */
  readonly keysMissing: readonly { readonly file: string; readonly column: string }[]
  /** Ranges of keys whose sums differ, of all ranges: the others were not looked at again. */
  readonly ranges: { readonly unequal: number; readonly of: number }
  readonly notEvaluated: readonly NotEvaluated[]
}
