/** What every judgement has in common: its words and its examples. A rule over a workflow, a check over data and a criterion over a project add how they look. */
import type { Severity } from './finding.ts'

/** A small subject in words a person can read, with what the rule must say about it. */
export interface Example<Subject> {
  readonly name: string
  readonly subject: Subject
}

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
}
