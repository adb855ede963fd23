/** One execution of all checks over inputs known by digest: counts and places, no values. `runs/<id>/summary.json`. */

import type { Side } from '../../data/model/source.ts'
import type { PatientsAtRisk } from '../../data/model/validation.ts'
import type { SafetyClass, Severity } from '../../finding.ts'

/** A finding as a run keeps it: no excerpts, no patient keys, row numbers only. */
export interface RunFinding {
  readonly code: string
  readonly severity: Severity
  readonly place: string
  /** Name of the input, workflow id, or null. */
  readonly input: string | null
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
  readonly fingerprint: string
  /** Survival outcome of a workflow finding; null elsewhere. */
  readonly outcome: string | null
  /** Occurrences in records whose patient is not named or not found. Absent where there are none, and in runs of early versions. */
  readonly withoutPatient?: number
  /** What of a patient's record it is about. Absent where nobody knows, and in runs of early versions. */
  readonly safety?: SafetyClass
}

export interface RunInput {
  readonly name: string
  readonly side: Side
  readonly bytes: number
  readonly sha256: string
  /** `sha256:…` of how it was read: side, table, format, choices, schema. Absent in runs of early versions. */
  readonly reading?: string
  readonly records: number
  readonly status: 'read' | 'partial' | 'unreadable'
}

/** Outcome of pairing every legacy record with its migrated one. */
export interface RunPairing {
  readonly patients: number
  readonly items: number
  readonly same: number
  readonly sameAfterRule: number
  readonly changed: number
  readonly lost: number
  readonly appeared: number
  /** Patients whose allergy state differs between the sides, by "legacy → target". */
  readonly allergyStates: Readonly<Record<string, number>>
  /** The same counts by legacy table; absent in runs of before they were kept. */
  readonly tables?: Readonly<Record<string, RunPairs>>
}

/** Entries of one legacy table by what became of them. */
export interface RunPairs {
  readonly same: number
  readonly sameAfterRule: number
  readonly changed: number
  readonly lost: number
  readonly appeared: number
}

export interface RunWorkflow {
  readonly id: string
  /** Digest of current, future, trace and scenario together. */
  readonly digest: string
  readonly traced: { readonly of: number; readonly n: number }
  /** Seconds; mean over replications with its 95 % interval. */
  readonly leadTime: { readonly current: number; readonly future: number } | null
  readonly replications: number
}

export interface RunSummary {
  readonly id: string
  /** Counts from 1 in a project: what people call "run 3". */
  readonly number: number
  readonly started: string
  readonly tool: string
  readonly seed: string
  /** A cancelled or failed run is partial; partial results are never evidence. */
  readonly partial: boolean
  readonly inputs: readonly RunInput[]
  /** Digest of the mapping used for pairing, of the schemas, and of the thresholds of the rules. */
  readonly mapping: string | null
  readonly schemas: string
  readonly policy: string
  readonly findings: readonly RunFinding[]
  readonly rulesRun: number
  readonly notEvaluated: readonly { readonly what: string; readonly why: string }[]
  readonly pairing: RunPairing | null
  readonly workflows: readonly RunWorkflow[]
  /** Patients that critical findings of the files touch, once each, by side. Absent in runs of early versions. */
  readonly patientsAtRisk?: readonly PatientsAtRisk[]
  /** `sha256:…` of `rules/severity.json`. Absent where the project has none, and in runs of early versions. */
  readonly severityRules?: string
}
