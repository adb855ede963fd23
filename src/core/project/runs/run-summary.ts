/** What a run leaves in the project: counts and places by digest, no values. */
import { digestOf, type Json, sha256Hex } from '../../canonical.ts'
import { severityPolicyPath } from '../../data/blast-radius/severity-policy.ts'
import type { SourceEntry } from '../../data/model/source.ts'
import type { InputReport, ValidateResult } from '../../data/model/validation.ts'
import { compareText, type Finding, type NotEvaluated } from '../../finding.ts'
import type { PairCounts, PairResult } from '../../review/model/pair-types.ts'
import type { Policy } from '../../workflow/map/policy.ts'
import type { Workflow } from '../../workflow/map/workflow.ts'
import { workflowDigest } from '../../workflow/map/write.ts'
import { asFindings, type Comparison } from '../../workflow/survival/compare.ts'
import type { SimulationResult } from '../../workflow/times/result.ts'
import { readingDigest } from '../format/inputs-changed.ts'
import type { Project } from '../format/project.ts'
import type { RunFinding, RunInput, RunPairing, RunPairs, RunSummary, RunWorkflow } from '../format/run.ts'
import { currentDigests } from '../signing/signature.ts'

/** One workflow as it was judged. */
export interface JudgedWorkflow {
  readonly workflow: Workflow
  readonly comparison: Comparison
  readonly results: { readonly current: SimulationResult; readonly future: SimulationResult } | null
}

export interface RunMaterials {
  readonly project: Project
  /** RFC 3339, given by the caller: core has no clock. */
  readonly started: string
  readonly tool: string
  readonly seed: string
  /** Cancelled or failed. A file that is torn does not make the run partial: its input says so, and what it would prove is unknown. */
  readonly partial: boolean
  readonly validation: ValidateResult | null
  readonly pairing: PairResult | null
  readonly workflows: readonly JudgedWorkflow[]
  readonly policy: Policy
}

export function summariseRun(materials: RunMaterials): RunSummary {
  const { project, validation, pairing } = materials
  const number = (project.runs.at(-1)?.number ?? 0) + 1
  const inputs = validation?.inputs ?? []
  return {
    id: `run-${String(number).padStart(4, '0')}`,
    number,
    started: materials.started,
    tool: materials.tool,
    seed: materials.seed,
    partial: materials.partial,
    inputs: inputsOf(inputs, project.sources),
    mapping: project.mapping.size > 0 ? currentDigests(project).mapping : null,
    schemas: schemasDigest(project),
    policy: digestOf(JSON.parse(JSON.stringify(materials.policy)) as Json),
    findings: [
      ...(validation?.findings ?? []).map((finding) => runFinding(finding, nameOf(finding, inputs), null)),
      ...(pairing ? pairingPart(pairing).findings : []),
      ...materials.workflows.flatMap(({ workflow, comparison }) =>
        asFindings(comparison, workflow.id).map(({ finding, outcome }) => runFinding(finding, workflow.id, outcome)),
      ),
    ],
    rulesRun: validation?.rulesRun ?? 0,
    notEvaluated: notEvaluated(validation, pairing),
    pairing: pairing && runPairing(pairing),
    workflows: materials.workflows.map(runWorkflow),
    ...(validation?.patientsAtRisk === undefined ? {} : { patientsAtRisk: validation.patientsAtRisk }),
    ...severityDigest(project),
  }
}

/** The rules that decide severities are part of what a run was judged by. */
function severityDigest(project: Project): { readonly severityRules?: string } {
  const bytes = project.other.get(severityPolicyPath)
  return bytes === undefined ? {} : { severityRules: `sha256:${sha256Hex(bytes)}` }
}

/** Digest of all schemas: a changed schema makes findings of an earlier run stale. */
export function schemasDigest(project: Pick<Project, 'schemas'>): string {
  return digestOf([...project.schemas].sort(([a], [b]) => compareText(a, b)).map(([path, schema]) => [path, schema]))
}

/** Reports come in the order of the sources, so that two files of one name on one side keep their own reading. */
function inputsOf(reports: readonly InputReport[], sources: readonly SourceEntry[]): readonly RunInput[] {
  const left = [...sources]
  return reports.map((report) => {
    const at = left.findIndex(({ side, name }) => side === (report.side ?? 'legacy') && name === report.name)
    const [source] = at < 0 ? [] : left.splice(at, 1)
    return runInput(report, source)
  })
}

function runInput(input: InputReport, source: SourceEntry | undefined): RunInput {
  return {
    name: input.name,
    side: input.side ?? 'legacy',
    bytes: input.bytes,
    sha256: digestOfInput(input),
    ...(source && { reading: readingDigest(source) }),
    records: input.records,
    status: input.status,
  }
}

/** Digests are named by their algorithm everywhere in a project; an input that was not read to its end has none. A run in tasks may know that of the blocks alone. */
function digestOfInput({ sha256, sha256Blocks }: InputReport): string {
  if (sha256 !== null) return sha256.startsWith('sha256:') ? sha256 : `sha256:${sha256}`
  return sha256Blocks === undefined ? '' : `sha256-blocks/256MiB:${sha256Blocks}`
}

function nameOf(finding: Finding, inputs: readonly InputReport[]): string | null {
  return finding.input === null ? null : (inputs[finding.input]?.name ?? null)
}

function runFinding(finding: Finding, input: string | null, outcome: string | null): RunFinding {
  const { code, severity, place, count, denominator, patients, fingerprint, withoutPatient, safety } = finding
  return {
    code,
    severity,
    place,
    input,
    count,
    denominator,
    patients,
    fingerprint,
    outcome,
    ...(withoutPatient === undefined ? {} : { withoutPatient }),
    ...(safety === undefined ? {} : { safety }),
  }
}

function notEvaluated(validation: ValidateResult | null, pairing: PairResult | null): readonly NotEvaluated[] {
  return [...(validation?.notEvaluated ?? []), ...(pairing?.notEvaluated ?? [])].map(({ what, why }) => ({ what, why }))
}

/** What a run keeps of the comparison of both sides, its findings in their order. */
export function pairingPart(pairing: PairResult): { readonly pairing: RunPairing; readonly findings: readonly RunFinding[] } {
  return { pairing: runPairing(pairing), findings: pairing.findings.map((finding) => runFinding(finding, null, null)) }
}

function runPairing(pairing: PairResult): RunPairing {
  const { patients, allergyStates, itemsByTable, itemsBySafety } = pairing
  const all = pairsOf(pairing.items)
  const items = Object.values(all).reduce((sum, n) => sum + n, 0)
  const tables = Object.fromEntries(Object.entries(itemsByTable).map(([name, counts]) => [name, pairsOf(counts)]))
  return { patients, items, ...all, allergyStates, tables, bySafety: { ...itemsBySafety } }
}

function pairsOf({ same, sameAfterRule, changed, lost, appeared }: PairCounts): RunPairs {
  return { same, sameAfterRule, changed, lost, appeared }
}

function runWorkflow({ workflow, comparison, results }: JudgedWorkflow): RunWorkflow {
  const current = results?.current.leadTime?.mean
  const future = results?.future.leadTime?.mean
  return {
    id: workflow.id,
    digest: workflowDigest(workflow),
    traced: comparison.traced,
    leadTime: current === undefined || future === undefined ? null : { current, future },
    replications: results?.current.replications ?? 0,
  }
}
