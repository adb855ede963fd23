/** What every judgement has in common: its words, and its examples in a file beside it. A rule over a workflow, a check over data and a criterion over a project add how they look. */
import type { Severity } from './finding.ts'

/** A small subject in words a person can read, with what the rule must say about it. */
export interface Example<Subject> {
  readonly name: string
  readonly subject: Subject
}

/** A number that decides, as the page of a rule lists it. */
export interface Limit {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Where the number comes from. */
  readonly source: string
}

/** What a judgement says of small subjects: in `x.examples.ts` beside `x.ts`, loaded by tests and rule pages only. */
export interface Examples<Subject> {
  readonly code: string
  /** How the judgement decides, for somebody who reads no code: what is looked at, and from when on it flags. */
  readonly decides: string
  readonly limits?: readonly Limit[]
  readonly flags: readonly Example<Subject>[]
  /** Why no example can flag; given only where `flags` is empty. */
  readonly unshown?: string
  readonly passes: readonly Example<Subject>[]
}

/**
 * What a measure of quality speaks about, in the terms of Kahn et al. 2016 (eGEMs 4:1244): `sub` is value, relational or computational for
 * conformance, uniqueness, atemporal or temporal for plausibility, and null for completeness. Verification looks at the data alone,
 * validation compares them with something outside.
 */
export interface Kahn {
  readonly category: 'conformance' | 'completeness' | 'plausibility'
  readonly sub: 'value' | 'relational' | 'computational' | 'uniqueness' | 'atemporal' | 'temporal' | null
  readonly context: 'verification' | 'validation'
}

/**
 * What a defect does to the record it is about, worst first: it belongs to another patient; its value or unit is another one; it, or its
 * code, does not arrive; it arrives coarser (text for a code, cut off, a wider code); only its form differs (format, label, precision).
 */
export type Effect = 'wrong-patient' | 'wrong-value' | 'lost' | 'coarser' | 'form'

/** The words of a judgement, looked up by code wherever a finding is shown. */
export interface Wording<Code extends string = string> {
  /** `wing/name`; stable for ever; retired, never reused. */
  readonly code: Code
  /** What is wrong, in the reader's words. */
  readonly title: string
  /** What it costs a patient, a colleague or the project. */
  readonly why: string
  /** What to do next, as an instruction. */
  readonly remedy: string
  readonly severity: Severity
  /** Kahn category of the defects it finds; left out where it judges no data. */
  readonly kahn?: Kahn
  /** What the defect does to a record; with the safety class of its table this may raise the severity, never lower it. */
  readonly effect?: Effect
  /** Share of tested values, 0 to 1, up to which a measure still passes "with exceptions"; 0 when left out. The finding stays whatever it says. */
  readonly threshold?: number
}
