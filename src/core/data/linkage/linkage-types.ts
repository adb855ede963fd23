/** The words of linkage: what goes in, one probable pair with its explanation, clusters for a person to decide (`link` of the command line). */

import type { NotEvaluated } from '../../finding.ts'
import type { ByteSource } from '../../operation.ts'
import type { ReadStatus } from '../model/events.ts'
import type { ReadingChoices, SourceFormat } from '../model/source.ts'

/** What a patient record is compared by. */
export const linkFields = [
  'id',
  'given',
  'family',
  'maiden',
  'birth',
  'sex',
  'nationalId',
  'phone',
  'address',
  'postcode',
  'mrn',
] as const

export type LinkField = (typeof linkFields)[number]

/** Column of each field in one table; fields left out are not compared. */
export type LinkColumns = Readonly<Partial<Record<LinkField, string>>>

/** One file of patients: a table, or FHIR Patient resources. */
export interface LinkSource {
  readonly source: ByteSource
  /** Null to recognise the format from the bytes. */
  readonly format: SourceFormat | null
  readonly table: string
  readonly reading: ReadingChoices
  /** Columns that a person chose; those left out are found by name and content. */
  readonly columns?: LinkColumns
}

export interface LinkInput {
  readonly inputs: readonly LinkSource[]
  readonly model?: LinkModel
  /** Probability from which on a pair is proposed as one person; default 0.9. */
  readonly threshold?: number
  /** Probability from which on a pair is shown for review; default 0.5. */
  readonly review?: number
  /** Seed of the random pairs from which chance agreement is estimated. */
  readonly seed?: string
}

/** Settings of a model: what is compared is fixed, how it weighs can be given instead of estimated. */
export interface LinkModel {
  /** Spellings of one given name, each list one name: ["William", "Bill", "Will"]. */
  readonly nicknames?: readonly (readonly string[])[]
  /** Share of pairs that are matches; estimated from the records when left out. */
  readonly prior?: number
  /** Given m and u by comparison and level; what is left out is estimated. */
  readonly comparisons?: readonly ModelComparison[]
}

export interface ModelComparison {
  readonly comparison: string
  readonly levels: readonly ModelLevel[]
}

export interface ModelLevel {
  readonly level: string
  /** Share of true pairs at this level. */
  readonly m: number
  /** Share of chance pairs at this level. */
  readonly u: number
}

/** One step of the waterfall from the prior to the total. */
export interface LinkReason {
  /** Comparison, or `prior`. */
  readonly comparison: string
  readonly level: string
  /** Bits: log2 of m over u, with the frequency of the value where it agrees exactly. */
  readonly weight: number
  /** "same birth date", "first name differs". */
  readonly words: string
  /** Both values; sensitive, shown on request only. Null where a side has none. */
  readonly values?: readonly [string | null, string | null]
}

/** Why a pair is not to be joined by its weight alone. */
export type LinkCaution = 'possible-twins' | 'parent-and-child' | 'conflicting-ids' | 'weak-cluster'

/** Where a record stands. */
export interface LinkPlace {
  readonly input: number
  /** Position in the order of all records, 0-based; clusters name it. */
  readonly number: number
  readonly record: number
  readonly line: number
  readonly byte: number
  /** Identifier of the record in its file; sensitive. Null where the file has none. */
  readonly id: string | null
}

export interface LinkedPair {
  readonly a: LinkPlace
  readonly b: LinkPlace
  /** Bits, prior included. */
  readonly weight: number
  readonly probability: number
  /** `propose`: join, if a person agrees. `review`: a person looks first. */
  readonly proposal: 'propose' | 'review'
  readonly cautions: readonly LinkCaution[]
  readonly why: readonly LinkReason[]
}

/** Records that are probably one person; nothing is joined before a person decides. */
export interface LinkCluster {
  readonly records: readonly LinkPlace[]
  /** Probability of the weakest pair inside. */
  readonly weakest: number
  readonly proposal: 'propose' | 'review'
  readonly cautions: readonly LinkCaution[]
}

/** One identifier with contradictory facts: two people in one record. */
export interface FalseMerge {
  /** `mrn`, `id` or `nationalId`. */
  readonly field: LinkField
  readonly records: readonly LinkPlace[]
  /** Which facts contradict each other: `birth`, `sex`, `nationalId`. */
  readonly conflicts: readonly LinkField[]
}

export interface LinkInputReport {
  readonly name: string
  readonly format: SourceFormat | null
  readonly records: number
  readonly status: ReadStatus
  /** Which column gives each field and what speaks for it. */
  readonly columns: readonly { readonly field: LinkField; readonly column: string; readonly evidence: string }[]
}

/** A block too large to compare whole: named, never skipped without a word. */
export interface LargeBlock {
  readonly rule: string
  readonly records: number
  readonly pairsNotCompared: number
}

export interface LinkResult {
  readonly inputs: readonly LinkInputReport[]
  readonly records: number
  /** Pairs that some blocking rule brought together. */
  readonly pairsCompared: number
  /** Most probable first. */
  readonly pairs: readonly LinkedPair[]
  readonly clusters: readonly LinkCluster[]
  readonly falseMerges: readonly FalseMerge[]
  /** The model as estimated: can be given back as `model`. */
  readonly model: LinkModel
  /** Sentences about the model, such as a level that agrees less often among matches than by chance. */
  readonly warnings: readonly string[]
  readonly largeBlocks: readonly LargeBlock[]
  readonly notEvaluated: readonly NotEvaluated[]
}
