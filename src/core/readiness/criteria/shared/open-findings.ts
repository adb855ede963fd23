/** Findings that still ask for something: not accepted by a named person with a reason and an expiry that has not passed. */
import { fhirWordings } from '../../../data/fhir/definitions/codes.ts'
import { pairWordings } from '../../../data/reconcile/compare/difference-codes.ts'
import { severities } from '../../../finding.ts'
import type { AcceptedFinding } from '../../../project/format/project.ts'
import type { RunFinding } from '../../../project/format/run.ts'
import { isAccepted } from '../../../project/runs/acceptance-in-force.ts'
import { count } from '../../../review/result/result.ts'
import { wordingOf as workflowWording } from '../../../workflow/rules/index.ts'
import type { Cell } from '../../model/criterion.ts'

export { whyNotAccepted } from '../../../data/baseline/acceptance.ts'
export { isAccepted } from '../../../project/runs/acceptance-in-force.ts'

export function openAmong(
  findings: readonly RunFinding[],
  codes: readonly string[],
  baseline: readonly AcceptedFinding[],
  asOf: string,
): readonly RunFinding[] {
  return findings.filter((finding) => codes.includes(finding.code) && !isAccepted(finding, baseline, asOf)).toSorted(worseFirst)
}

function worseFirst(a: RunFinding, b: RunFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.count - a.count ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  )
}

/** Exact occurrences, not findings. */
export function occurrences(findings: readonly RunFinding[]): number {
  return findings.reduce((sum, finding) => sum + finding.count, 0)
}

export function findingCell(finding: RunFinding): Cell {
  const of = finding.denominator === null ? '' : ` of ${count(finding.denominator)}`
  return {
    name: `${titleOf(finding.code)}: ${finding.place} (${count(finding.count)}${of})`,
    route: `/data/findings/${finding.fingerprint}`,
  }
}

const light: ReadonlyMap<string, string> = new Map([...pairWordings, ...fhirWordings].map(({ code, title }) => [code, title]))

/** What a finding is called. Table checks go by the words of their code: their full wording would bring the schema validator along. */
function titleOf(code: string): string {
  const known = light.get(code) ?? workflowWording(code)?.title
  if (known !== undefined) return known
  const words = code.slice(code.indexOf('/') + 1).replaceAll('-', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** The step of a workflow finding; its place reads `current steps > future steps`. */
export function stepCell(finding: RunFinding): Cell {
  const [before = '', after = ''] = finding.place.split(' > ')
  const step = (after || before).split(' ')[0] ?? ''
  const words = `${titleOf(finding.code)}: ${[before, after].filter((side) => side !== '').join(' → ')}`
  if (finding.input === null) return { name: words, route: null }
  return { name: `${words} (${finding.input})`, route: `/workflow/${finding.input}/compare${step === '' ? '' : `?step=${step}`}` }
}

/** "1 finding", "3 findings". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`
}
