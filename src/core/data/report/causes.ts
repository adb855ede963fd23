/** Findings of many files that have one cause, as one: the same rule broken at the same element, with exact sums. */
import { type AcrossInputs, compareText, type Severity, severities } from '../../finding.ts'

/** What is asked of a finding; those of a run and those of a report both have it. */
export interface CausedFinding {
  readonly code: string
  readonly severity: Severity
  readonly input: number | null
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
  readonly cause?: string
  readonly across?: AcrossInputs
}

export interface Cause<F extends CausedFinding> {
  /** The same for the same cause in every run: code, severity, place and cause, without inputs. */
  readonly key: string
  readonly code: string
  readonly severity: Severity
  /** Column, or element path without indexes. */
  readonly place: string
  /** The rule in the words of its specification, such as "rule con-3"; null where the code alone says it. */
  readonly cause: string | null
  /** Occurrences in all findings. */
  readonly count: number
  /** Values that were tested; null where one of the findings does not know. */
  readonly denominator: number | null
  /** Inputs that have it; 0 where it is about none. */
  readonly files: number
  /** Patients, each once over all files; null where that is not known. */
  readonly patients: number | null
  /** In the order in which they were given. */
  readonly findings: readonly F[]
}

/**
 * Causes, worst first, then by count. Findings of the same code, severity, place and cause are one, whatever their input; `placeOf` gives the place.
 * Patients of several files are known exactly only where every file that shares the cause is among `findings`, else null.
 */
export function causesOf<F extends CausedFinding>(findings: readonly F[], placeOf: (finding: F) => string): readonly Cause<F>[] {
  const groups = new Map<string, F[]>()
  for (const finding of findings) {
    const key = `${finding.code}\n${finding.severity}\n${placeOf(finding)}\n${finding.cause ?? ''}`
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups].map(([key, group]) => causeOf(key, group, placeOf)).sort(byWeight)
}

function causeOf<F extends CausedFinding>(key: string, findings: readonly F[], placeOf: (finding: F) => string): Cause<F> {
  const [first] = findings
  if (first === undefined) throw new Error('A cause without findings')
  const { code, severity, cause = null } = first
  const known = findings.flatMap(({ denominator }) => (denominator === null ? [] : [denominator]))
  return {
    key,
    code,
    severity,
    place: placeOf(first),
    cause,
    count: sum(findings.map(({ count }) => count)),
    denominator: known.length < findings.length ? null : sum(known),
    files: new Set(findings.flatMap(({ input }) => (input === null ? [] : [input]))).size,
    patients: patientsOf(findings, first),
    findings,
  }
}

function patientsOf(findings: readonly CausedFinding[], { across, patients }: CausedFinding): number | null {
  if (findings.length === 1) return patients
  return across?.inputs === findings.length ? across.patients : null
}

function byWeight(a: Cause<CausedFinding>, b: Cause<CausedFinding>): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count || compareText(a.key, b.key)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
