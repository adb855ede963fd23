/** Simulation and comparison of workflows: in a worker, again after every pause in editing, marked stale until then. */
import { Cancelled } from '../../core/operation.ts'
import type { JudgedWorkflow } from '../../core/project/run-summary.ts'
import { jobs } from '../jobs.ts'
import { setWorkspace, workspace } from './state.ts'

/** How long nothing must have been edited before the numbers are computed again. */
const quietMilliseconds = 600

/** Simulates both maps of a workflow and judges what survived; null where the workflow is gone. */
export async function judgeWorkflow(id: string, signal: AbortSignal): Promise<JudgedWorkflow | null> {
  const open = workspace().workflows.get(id)
  if (!open) return null
  for await (const update of jobs.judge(open.workflow, signal))
    if (update.kind === 'result') {
      const judged = { workflow: open.workflow, ...update.value }
      setWorkspace({ results: new Map(workspace().results).set(id, judged) })
      return judged
    }
  throw new Cancelled()
}

const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; controller: AbortController }>()

/** Asks for fresh numbers of an edited workflow; an answer that is under way for an older state is dropped. */
export function judgeSoon(id: string): void {
  const before = waiting.get(id)
  if (before) {
    clearTimeout(before.timer)
    before.controller.abort()
  }
  const controller = new AbortController()
  const timer = setTimeout(() => {
    judgeWorkflow(id, controller.signal).catch((error: unknown) => {
      if (!(error instanceof Cancelled))
        setWorkspace({ problem: `The simulation failed: ${error instanceof Error ? error.message : String(error)}` })
    })
  }, quietMilliseconds)
  waiting.set(id, { timer, controller })
}
