/** What a run is held against: earlier runs and acceptances given by `--baseline`, and those of the project that is checked. */
import { readFile } from 'node:fs/promises'
import type { AcceptanceEntry } from '../../core/data/baseline/acceptance.ts'
import type { ComparedFinding } from '../../core/data/baseline/compare-runs.ts'
import { readBaseline } from '../../core/data/baseline/read-baseline.ts'
import { readSeverityPolicy, type SeverityRule } from '../../core/data/blast-radius/severity-policy.ts'
import type { ReportDocument } from '../../core/data/report/document.ts'
import { withBaseline } from '../../core/data/report/with-baseline.ts'
import { UsageError } from '../shell/usage-error.ts'

export interface HeldAgainst {
  readonly before: readonly ComparedFinding[] | null
  readonly accepted: readonly AcceptanceEntry[]
}

/** `files` are those of `--baseline`; what the projects of the run have accepted counts without being asked for. */
export async function heldAgainst(ofProjects: readonly AcceptanceEntry[], files: readonly string[]): Promise<HeldAgainst> {
  let before: readonly ComparedFinding[] | null = null
  const accepted = [...ofProjects]
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) throw new UsageError(`--baseline got "${file}", which can not be read; it takes a file.`)
    const read = readBaseline(text)
    if (typeof read === 'string')
      throw new UsageError(
        `--baseline got "${file}", which ${read}; it takes the JSON of an earlier run or of accepted findings.`,
      )
    if (read.before !== null) before = together(before ?? [], read.before)
    accepted.push(...read.accepted)
  }
  return { before, accepted }
}

/** Of several runs the last that knows a finding says how it stood: each finding is there once. */
function together(first: readonly ComparedFinding[], then: readonly ComparedFinding[]): readonly ComparedFinding[] {
  return [...new Map([...first, ...then].map((finding) => [finding.fingerprint, finding])).values()]
}

/** Leaves a report alone that nothing was given to hold against. */
export function held(report: ReportDocument, { before, accepted }: HeldAgainst, asOf: string, newOnly: boolean): ReportDocument {
  return before === null && accepted.length === 0 ? report : withBaseline(report, { before, accepted, asOf, newOnly })
}

/** The rules of the file that `--severity` names. Without one, those of the first project that has rules. */
export async function severityRules(
  ofProjects: readonly (readonly SeverityRule[])[],
  file: string | undefined,
): Promise<readonly SeverityRule[]> {
  if (file === undefined) return ofProjects.find((rules) => rules.length > 0) ?? []
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) throw new UsageError(`--severity got "${file}", which can not be read; it takes a file.`)
  const rules = readSeverityPolicy(text)
  if (typeof rules === 'string') throw new UsageError(`--severity got "${file}". ${rules}`)
  return rules
}
