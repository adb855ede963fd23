/** Simulation and comparison of workflows: in a worker, again after every pause in editing, with the times marked as those from before until then. */

import { Cancelled, finish } from '../../../../core/operation.ts'
import type { JudgedWorkflow } from '../../../../core/project/runs/run-summary.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { defaultPolicy, policyPath } from '../../../../core/workflow/map/policy.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../core/workflow/map/write.ts'
import type { Judgement } from '../../../../core/workflow/simulation/judge.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin, type Job } from '../../../session/jobs-under-way.ts'
import { setWorkspace, useWorkspace, type WorkflowResult, workspace } from '../../../session/state.ts'
import { compareHere, flagSoon, groundsFor, judgedAgain, keepResult } from './workflow-flags.ts'

/** How long nothing must have been edited before the numbers are computed again. */
const quietMilliseconds = 600

/** Judgements asked for before their project is open, by digest of the workflow: the same digest always gives the same answer. */
const ahead = new Map<string, Promise<Judgement>>()

/** Begins to judge a workflow that will be wanted soon; failures are met again when it is wanted. */
export function judgeAhead(workflow: Workflow, signal: AbortSignal): void {
  const answer = finish(jobs.judge(workflow, signal))
  answer.catch(() => ahead.delete(workflowDigest(workflow)))
  ahead.set(workflowDigest(workflow), answer)
}

/** Simulates both maps of a workflow as given, judges what survived, and shows it while its project is open. */
export async function judgeWorkflow(id: string, workflow: Workflow, job: Job): Promise<JudgedWorkflow> {
  const digest = workflowDigest(workflow)
  const begun = ahead.get(digest)
  ahead.delete(digest)
  const judgement = await (begun ?? finish(jobs.judge(workflow, job.signal)))
  const judged = { workflow, ...judgement, comparison: byPolicy(workflow, judgement) }
  if (job.stillHere()) keepResult(id, judged)
  return judged
}

/** The worker judges by the conventions and knows no data; thresholds of the project, and what it knows of linked fields, are brought in here. */
export function byPolicy(
  workflow: Workflow,
  { comparison, results }: Pick<Judgement, 'comparison' | 'results'>,
): Judgement['comparison'] {
  const { policy, evidence } = groundsFor(workflow)
  return policy === defaultPolicy && evidence.size === 0 ? comparison : compareHere(workflow, results)
}

/** Judges again what rests on something that changed: thresholds for every map; mapping, sources and runs for maps with linked fields. */
export function followGrounds(): void {
  useWorkspace.subscribe((now, before) => {
    const [a, b] = [now.project, before.project]
    if (!a || !b || a.manifest.id !== b.manifest.id) return
    const byOthers = a.other.get(policyPath) !== b.other.get(policyPath)
    const byData = a.mapping !== b.mapping || a.runs !== b.runs || a.sources !== b.sources
    if (!byOthers && !byData) return
    const again = [...now.results].filter(([, judged]) => byOthers || isLinked(judged))
    if (again.length === 0) return
    setWorkspace({ results: new Map([...now.results, ...again.map(([id, judged]) => [id, judgedAgain(judged)] as const)]) })
  })
}

function isLinked({ workflow, since }: WorkflowResult): boolean {
  const maps = since ? [workflow, since.workflow] : [workflow]
  return maps.some(({ future }) => [...future.elements.values()].some(({ fields }) => (fields ?? []).length > 0))
}

interface Waiting {
  readonly timer: ReturnType<typeof setTimeout>
  job: Job | null
}

const waiting = new Map<string, Waiting>()

/** Flags an edited workflow at once and asks for fresh numbers; an answer that is under way for an older state is dropped. */
export function judgeSoon(id: string): void {
  flagSoon(id)
  const before = waiting.get(id)
  if (before) {
    clearTimeout(before.timer)
    before.job?.cancel()
  }
  const edited = workspace().project?.manifest.id
  const entry: Waiting = { timer: setTimeout(() => void judgeNow(id, edited, entry), quietMilliseconds), job: null }
  waiting.set(id, entry)
}

async function judgeNow(id: string, edited: string | undefined, entry: Waiting): Promise<void> {
  const { project, workflows } = workspace()
  const open = workflows.get(id)
  if (!open || project?.manifest.id !== edited) return
  const job = begin('Simulating the workflow')
  entry.job = job
  try {
    await judgeWorkflow(id, open, job)
  } catch (error) {
    if (!(error instanceof Cancelled) && job.stillHere()) setWorkspace({ problem: `The simulation failed: ${errorWords(error)}` })
  } finally {
    job.end()
  }
}
