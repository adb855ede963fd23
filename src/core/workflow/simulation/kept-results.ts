/** The last simulation of a workflow, kept with the project in `workflows/<id>/simulated.json`: its findings are there at once when the project is opened. */

import { sides, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import { workflowDigest } from '../map/write.ts'
import type { SimulationResult } from '../times/result.ts'

const format = 'carryover-simulated/1'

/** Goes up whenever the engine gives other numbers for the same map; what an earlier one gave is not shown as its own. */
export const engineVersion = 1

type Results = Readonly<Record<WorkflowSide, SimulationResult>>

export interface KeptResults {
  /** Of both maps, their links and their assumptions. */
  readonly digest: string
  readonly engine: number
  /** RFC 3339. */
  readonly at: string
  readonly results: Results
}

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
    return isKept(kept) ? kept : null
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

function isKept(kept: unknown): kept is KeptResults {
  if (!has(kept, { format: 'string', digest: 'string', engine: 'number', at: 'string', results: 'object' })) return false
  const { results } = kept
  return (
    kept.format === format &&
    typeof results === 'object' &&
    results !== null &&
    sides.every((side) => isResult(Reflect.get(results, side)))
  )
}

/** Every member that a comparison or a page reads; a file that somebody changed by hand must not break a page. */
function isResult(result: unknown): boolean {
  const shape = {
    seed: 'number',
    replications: 'number',
    cases: 'number',
    warmup: 'number',
    events: 'number',
    touchTime: 'estimate',
  } as const
  if (!has(result, shape) || !('leadTime' in result)) return false
  const { leadTime } = result
  const measured = { mean: 'number', interval: 'numbers', series: 'numbers' } as const
  if (
    leadTime !== null &&
    !has(leadTime, { ...measured, p50: 'number', p90: 'number', p50Interval: 'numbers', p90Interval: 'numbers' })
  )
    return false
  return (
    isList(
      result,
      'steps',
      (step) =>
        has(step, {
          id: 'string',
          visits: 'number',
          wait: 'estimate',
          queue: 'number',
          batch: 'number',
          delay: 'number',
          service: 'number',
        }) &&
        'series' in step &&
        has(step.series, { wait: 'numbers', batch: 'numbers', lead: 'numbers', work: 'numbers' }),
    ) &&
    isList(
      result,
      'roles',
      (role) =>
        has(role, { id: 'string', utilisation: 'number', interval: 'numbers', load: 'number', wait: 'estimate' }) &&
        'queueByHour' in role &&
        Array.isArray(role.queueByHour),
    ) &&
    isList(result, 'unstable', (id) => typeof id === 'string') &&
    isList(result, 'notes', (note) => typeof note === 'string')
  )
}

type Kind = 'string' | 'number' | 'numbers' | 'object' | 'estimate'

function has<K extends string>(value: unknown, shape: Readonly<Record<K, Kind>>): value is Record<K, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries<Kind>(shape).every(([name, kind]) => is(Reflect.get(value, name), kind))
}

function is(value: unknown, kind: Kind): boolean {
  if (kind === 'numbers') return Array.isArray(value) && value.every((each) => typeof each === 'number')
  if (kind === 'estimate') return has(value, { mean: 'number', interval: 'numbers' })
  return typeof value === kind && value !== null
}

function isList(value: object, name: string, each: (item: unknown) => boolean): boolean {
  const list: unknown = Reflect.get(value, name)
  return Array.isArray(list) && list.every(each)
}
