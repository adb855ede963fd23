/** What a judgement leaves behind: one Sighting per occurrence, one Finding per rule and place. */

import type { Hash64 } from './hash64.ts'

/** Worst first; the index is the sort key. */
export const severities = ['critical', 'error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** What of a patient's record a defect is about, most harmful first; declared by the schema of a table or known by its name. */
export const safetyClasses = [
  'allergy',
  'active-medication',
  'identity',
  'problem',
  'result',
  'procedure-implant',
  'immunisation',
  'document',
  'appointment-order',
  'administrative',
] as const
export type SafetyClass = (typeof safetyClasses)[number]

/** Where a person can go and look. Offsets are bytes in the original file, lines are physical and 1-based, records 1-based. */
export type Location =
  | {
      readonly kind: 'cell'
      /** Index of the input in the run. */
      readonly input: number
      /** Column of a table, or null for a record as a whole. */
      readonly field: string | null
      /** FHIR element path with indexes, e.g. `Patient.name[0].given`; null for tables. */
      readonly path: string | null
      readonly record: number
      readonly line: number
      readonly byte: number
      /** Characters from the start of the line, 1-based; known inside JSON documents. */
      readonly column?: number
      /** Length of the cell in bytes of the original file, where it is known. */
      readonly length?: number
      /** `Type/id` of a resource; null for rows. */
      readonly id: string | null
    }
  | { readonly kind: 'input'; readonly input: number; readonly line: number | null; readonly byte: number | null }
  | { readonly kind: 'step'; readonly workflow: string; readonly side: 'current' | 'future'; readonly nodes: readonly string[] }
  | { readonly kind: 'trace'; readonly workflow: string; readonly current: readonly string[]; readonly future: readonly string[] }
  /** One difference of one pair: `record` is the keyed hash of the record, `item` names the entry inside it. */
  | { readonly kind: 'decision'; readonly record: string; readonly item: string | null }
  | { readonly kind: 'artifact'; readonly path: string }

/** log > observed > interview > assumed; a finding carries the weakest level among its facts. */
export type EvidenceLevel = 'log' | 'observed' | 'interview' | 'assumed' | 'simulated' | 'estimated' | 'computed'

/** One number or word that convinced a rule, with its unit and where it came from. */
export interface Fact {
  readonly name: string
  readonly value: number | string | boolean | null
  readonly unit?: string
  readonly level?: EvidenceLevel
  readonly source?: string
}

export interface Evidence {
  readonly facts: readonly Fact[]
  /** Text out of a source. Always sensitive: shown on request, dropped from exports, logs and storage outside `private/`. */
  readonly excerpt?: string
}

/** One occurrence, as a rule reports it. */
export interface Sighting {
  readonly code: string
  readonly at: Location
  readonly evidence: Evidence
  /** Set only where the rule's own severity does not hold for this occurrence. */
  readonly severity?: Severity
  /** Key of the patient concerned; sensitive, used for counting distinct patients only. */
  readonly patient?: string
  /** Its hash, where the key itself was not kept. */
  readonly patientHash?: Hash64
  /** The rule of the specification or profile that is broken, in its own words; left out where the code alone says it. Never a value of a source. */
  readonly cause?: string
  /** Number of the patient within one run: rows of one patient can be told from those of others, and nobody is named. */
  readonly patientNumber?: number
}

/** What is the same in several inputs: how many of them, and their patients, each counted once. */
export interface AcrossInputs {
  readonly inputs: number
  /** Null where they are not known. */
  readonly patients: number | null
}

/** All sightings of one rule and cause at one place. `count` and `denominator` are exact, `sample` is bounded and says so. */
export interface Finding {
  readonly code: string
  readonly severity: Severity
  /** The place that groups sightings: column, element path without indexes, step or trace; stable between runs. */
  readonly place: string
  readonly cause?: string
  /** Index of the input, or null where the finding is not about an input. */
  readonly input: number | null
  /** Left out where no other input has the same. */
  readonly across?: AcrossInputs
  readonly count: number
  /** How many values were tested; null where counting makes no sense, 0 means not applicable. */
  readonly denominator: number | null
  /** Distinct patients touched; null where the place has no path to a patient. */
  readonly patients: number | null
  /** Occurrences in records that name no patient, or whose patient could not be found; left out where there are none. */
  readonly withoutPatient?: number
  /** What of the patient's record the place holds; left out where nobody declared it and no name tells it. */
  readonly safety?: SafetyClass
  /** Schemas that asked for it, by digest and JSON pointer; left out where no schema did. */
  readonly origin?: readonly { readonly schema: string; readonly pointer: string }[]
  /** Why the severity is not the rule's own, in words: raised by the safety class, or set by the project's policy. */
  readonly severityBecause?: string
  /** Numbers about all occurrences together, such as how many distinct values they hold. */
  readonly facts?: readonly Fact[]
  readonly sample: readonly Sighting[]
  /** True when `sample` holds fewer than `count`. */
  readonly truncated: boolean
  /** SHA-256 over code, severity, place and input name, without values: the same finding in the next run has the same fingerprint. */
  readonly fingerprint: string
}

/** Sort order of findings everywhere: worst severity, then most occurrences, then code and place, so that output never depends on chance. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.count - a.count ||
    compareText(a.code, b.code) ||
    (a.input ?? -1) - (b.input ?? -1) ||
    compareText(a.place, b.place) ||
    compareText(a.cause ?? '', b.cause ?? '')
  )
}

/** Code-unit order: never locale collation, which differs between machines. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Something that was asked for and not done, with the reason: never silently skipped. */
export interface NotEvaluated {
  readonly what: string
  readonly why: string
}
