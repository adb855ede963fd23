/** The last simulation of a workflow, kept with the project in `workflows/<id>/simulated.json`: its findings are there at once when the project is opened. */

import * as v from 'valibot'
import { fits, type Kept, object } from '../../values/document.ts'
import type { Workflow, WorkflowSide } from '../map/workflow.ts'
import { workflowDigest } from '../map/write.ts'
import { type SimulationResult, simulationResult } from '../times/result.ts'

const format = 'carryover-simulated/1'

/** Goes up whenever the engine gives other numbers for the same map; what an earlier one gave is not shown as its own. */
export const engineVersion = 1

type Results = Readonly<Record<WorkflowSide, SimulationResult>>

/** A file that somebody changed by hand must not break a page, so that every member counts. */
export const simulatedDocument = object({
  format: v.literal(format),
  /** Of both maps, their links and their assumptions. */
  digest: v.string(),
  engine: v.number(),
  /** RFC 3339. */
  at: v.string(),
  results: object({ current: simulationResult, future: simulationResult }),
})
export type KeptResults = Kept<typeof simulatedDocument>

export function keptResultsPath(id: string): string {
  return `workflows/${id}/simulated.json`
}

/** Rests on the workflow as it is now, and on this engine. */
export function isOf(kept: KeptResults, workflow: Workflow): boolean {
  return kept.engine === engineVersion && kept.digest === workflowDigest(workflow)
}

/** Numbers with six digits; of the queues by hour their mean, since every replication of every hour is most of the file. */
export function keptResultsText(workflow: Workflow, results: Results, at: string): string {
  const kept = {
    format,
    digest: workflowDigest(workflow),
    engine: engineVersion,
    at,
    results: { current: withMeanQueues(results.current), future: withMeanQueues(results.future) },
  }
  return `${JSON.stringify(kept, (_name, value: unknown) => (typeof value === 'number' ? shortened(value) : value))}\n`
}

/** Null where the file is none of ours, or broken: it is then as if nothing was kept. */
export function readKeptResults(bytes: Uint8Array): KeptResults | null {
  try {
    const kept: unknown = JSON.parse(new TextDecoder().decode(bytes), (_name, value: unknown) =>
      value === endless ? Number.POSITIVE_INFINITY : value,
    )
    return fits(kept, simulatedDocument) ? kept : null
  } catch {
    return null
  }
}

/** JSON has no word for what never ends. */
const endless = '\u221e'

function shortened(value: number): number | string {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : endless
}

function withMeanQueues(result: SimulationResult): SimulationResult {
  return { ...result, roles: result.roles.map((role) => ({ ...role, queueByHour: [meanOfLists(role.queueByHour)] })) }
}

function meanOfLists(lists: SimulationResult['roles'][number]['queueByHour']): readonly (number | null)[] {
  return (lists[0] ?? []).map((_, hour) => {
    const seen = lists.flatMap((list) => list[hour] ?? [])
    return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length
  })
}
