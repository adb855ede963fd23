/** Flags of an edited map at once: the rules are asked again on the spot, with the times of the last simulation, until the next one has run. */
import type { Project } from '../../../../core/project/format/project.ts'
import { dataEvidenceOf } from '../../../../core/readiness/evidence/data-evidence.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { DataEvidence } from '../../../../core/workflow/rules/data-states.ts'
import { isOf } from '../../../../core/workflow/simulation/kept-results.ts'
import { type CompareOptions, type Comparison, compare } from '../../../../core/workflow/survival/compare.ts'
import { setWorkspace, type WorkflowResult, workspace } from '../../../session/state.ts'
import { keptResults, storeResults } from './kept-results.ts'
import { policyOf } from './workflow-policy.ts'

/** A comparison that took longer than a frame waits until the keys rest for this long. */
const restMilliseconds = 150
const frameMilliseconds = 16

const noEvidence: DataEvidence = new Map()

/** The evidence found last, per workflow: the same answer is the same object, so that rules which rest on it are not asked again. */
const found = new Map<string, DataEvidence>()

function evidenceFor(project: Project | null, { id, future }: Workflow): DataEvidence {
  const now = project ? dataEvidenceOf(project, future) : noEvidence
  const before = found.get(id) ?? noEvidence
  const same = before.size === now.size && [...now].every(([element, state]) => before.get(element) === state)
  if (same) return before
  found.set(id, now)
  return now
}

/** Thresholds of the open project, and what it knows of linked fields; what a comparison in a worker can not know. */
export function groundsFor(workflow: Workflow): Required<Pick<CompareOptions, 'policy' | 'evidence'>> {
  const { project } = workspace()
  return { policy: policyOf(project), evidence: evidenceFor(project, workflow) }
}

/** As `compare` has it where nothing is linked: data evidence that says nothing is none. */
export function compareHere(workflow: Workflow, results: WorkflowResult['results']): Comparison {
  const { policy, evidence } = groundsFor(workflow)
  return compare(workflow, { policy, ...(evidence.size > 0 ? { evidence } : {}), ...(results ? { results } : {}) })
}

/** The newest answer of the rules: about the map as edited, where it was edited since the simulation. */
export function lastComparison(result: WorkflowResult): Comparison
export function lastComparison(result: WorkflowResult | null): Comparison | null
export function lastComparison(result: WorkflowResult | null): Comparison | null {
  return result?.since?.comparison ?? result?.comparison ?? null
}

/** Numbers of the simulation are those of another state of the map; estimates by formula are always those of the map as it is. */
export function isStale(result: WorkflowResult | null, workflow: Workflow): boolean {
  if (result === null || result.workflow === workflow) return false
  return result.results !== null || result.since?.workflow !== workflow
}

interface Flagging {
  timer: ReturnType<typeof setTimeout> | undefined
  /** How long the last comparison took, in milliseconds. */
  took: number
}

const flagging = new Map<string, Flagging>()

/** Asks the rules about an edited map in the next turn: the edit is shown first, and edits of one turn are judged once. */
export function flagSoon(id: string): void {
  const entry = flagging.get(id) ?? { timer: undefined, took: 0 }
  flagging.set(id, entry)
  clearTimeout(entry.timer)
  entry.timer = setTimeout(() => flag(id, entry), entry.took > frameMilliseconds ? restMilliseconds : 0)
}

function flag(id: string, entry: Flagging): void {
  const { workflows, results } = workspace()
  const workflow = workflows.get(id)
  const result = results.get(id)
  if (!workflow || !result || result.workflow === workflow || result.since?.workflow === workflow) return
  const began = performance.now()
  const comparison = compareHere(workflow, result.results)
  entry.took = performance.now() - began
  setWorkspace({ results: new Map(results).set(id, { ...result, since: { workflow, comparison } }) })
}

/** Judges every map of a project that was just opened, one per turn: with the numbers kept of it, else by formula until it is looked at. */
export function judgeOpened(): void {
  const { project, workflows } = workspace()
  const next = (ids: readonly string[]): void => {
    const [id, ...rest] = ids
    if (id === undefined || workspace().project?.manifest.id !== project?.manifest.id) return
    const open = workspace().workflows.get(id)
    if (open && !workspace().results.has(id)) {
      keepResult(id, opened(open))
    }
    setTimeout(() => next(rest), 0)
  }
  setTimeout(() => next([...workflows.keys()]), 0)
}

function opened(workflow: Workflow): WorkflowResult {
  const kept = keptResults(workflow.id)
  const results = kept && isOf(kept, workflow) ? kept.results : null
  const since = kept === null ? {} : results ? { keptAt: kept.at } : { outdatedAt: kept.at }
  return { workflow, results, comparison: compareHere(workflow, results), ...since }
}

/** Keeps what a worker answered; where the map was edited meanwhile, its flags are those of the map as it is now. */
export function keepResult(id: string, result: WorkflowResult): void {
  setWorkspace({ results: new Map(workspace().results).set(id, result) })
  const open = workspace().workflows.get(id)
  if (open && open !== result.workflow) flagSoon(id)
  else if (open && result.results && result.keptAt === undefined) storeResults(result.workflow, result.results)
}

/** Judges a map once before it is edited, while nothing else is to do: the first edit then finds what it can keep. */
export function prepareFlags({ workflow, results }: WorkflowResult): () => void {
  const judge = (): void => void compareHere(workflow, results)
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(judge, { timeout: 2000 })
    return () => cancelIdleCallback(asked)
  }
  const timer = setTimeout(judge, 200)
  return () => clearTimeout(timer)
}

/** The same result judged by other thresholds or other knowledge of the data. */
export function judgedAgain(result: WorkflowResult): WorkflowResult {
  const { since, ...kept } = result
  const again = { ...kept, comparison: compareHere(result.workflow, result.results) }
  if (!since) return again
  return { ...again, since: { workflow: since.workflow, comparison: compareHere(since.workflow, result.results) } }
}
