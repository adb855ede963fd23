/** What the Simulate screen shows of a run: rows for charts and their table twins, each number with its replications. */

import { sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { intervalOf } from '../../../../core/workflow/numerics/student.ts'
import type { SimulatedRole, SimulationResult } from '../../../../core/workflow/times/result.ts'

export type Pair = Readonly<Record<WorkflowSide, SimulationResult>>

/** A mean with its 95 % interval and the replications it comes from. */
export interface Shown {
  readonly mean: number
  readonly interval: readonly [number, number]
  readonly series: readonly number[]
}

/** One line of a chart and its table: null where a side has no such number. */
export interface Row {
  readonly name: string
  readonly current: Shown | null
  readonly future: Shown | null
}

export const sideWords: Readonly<Record<WorkflowSide, string>> = { current: 'Current', future: 'Future' }

export function leadRows({ current, future }: Pair): readonly Row[] {
  const of = (pick: (result: SimulationResult) => Shown | null, name: string): Row => ({
    name,
    current: pick(current),
    future: pick(future),
  })
  return [
    of(
      ({ leadTime }) => leadTime && { mean: leadTime.p50, interval: leadTime.p50Interval, series: leadTime.p50Series },
      'Half of the cases within',
    ),
    of(
      ({ leadTime }) => leadTime && { mean: leadTime.p90, interval: leadTime.p90Interval, series: leadTime.p90Series },
      'Nine of ten within',
    ),
    of(({ leadTime }) => leadTime, 'Mean'),
  ]
}

/** Roles of both maps by name; the same id on both sides is one row. */
export function roleRows(workflow: Workflow, pair: Pair): readonly (Row & { readonly id: string })[] {
  const busy = (result: SimulationResult, id: string): Shown | null => {
    const role = result.roles.find((each) => each.id === id)
    return role ? { mean: role.utilisation, interval: role.interval, series: role.series } : null
  }
  return roleIds(pair).map((id) => ({
    id,
    name: roleName(workflow, id),
    current: busy(pair.current, id),
    future: busy(pair.future, id),
  }))
}

export function roleIds(pair: Pair): readonly string[] {
  return [...new Set(sides.flatMap((side) => pair[side].roles.map((role) => role.id)))]
}

export function roleName(workflow: Workflow, id: string): string {
  return workflow.future.lanes.get(id)?.label || workflow.current.lanes.get(id)?.label || id
}

/** Parts of a case's time: work, re-keying (work of transcribing steps) and waiting, in seconds per case. */
export interface Parts {
  readonly working: Shown
  readonly rekeying: Shown
  readonly waiting: Shown
}

export function partsOf(workflow: Workflow, side: WorkflowSide, result: SimulationResult): Parts {
  const sum = (of: (step: SimulationResult['steps'][number]) => readonly number[] | null): Shown => {
    const total = Array.from({ length: result.replications }, () => 0)
    for (const step of result.steps) for (const [at, value] of (of(step) ?? []).entries()) total[at] = (total[at] ?? 0) + value
    const { mean, low, high } = intervalOf(total)
    return { mean, interval: [low, high], series: total }
  }
  const rekeys = (id: string): boolean => workflow[side].nodes.get(id)?.kind === 'transcribe'
  return {
    working: sum((step) => (rekeys(step.id) ? null : step.series.work)),
    rekeying: sum((step) => (rekeys(step.id) ? step.series.work : null)),
    waiting: sum((step) => step.series.wait),
  }
}

/** Mean queue of a role by hour of the day over the days of the week that are asked for; null for hours that were never seen. */
export function queueByHour(role: SimulatedRole | undefined, days: readonly number[]): readonly (Shown | null)[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const series = (role?.queueByHour ?? []).flatMap((hours) => {
      const seen = days.map((day) => hours[day * 24 + hour] ?? null).filter((length) => length !== null)
      return seen.length === 0 ? [] : [seen.reduce((sum, length) => sum + length, 0) / seen.length]
    })
    if (series.length === 0) return null
    const { mean, low, high } = intervalOf(series)
    return { mean, interval: [low, high], series }
  })
}

/** A round number above the largest one, and even ticks up to it. */
export function axisOf(most: number): { readonly end: number; readonly ticks: readonly number[] } {
  const rough = most > 0 ? most / 4 : 0.25
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  const count = Math.max(1, Math.ceil(most / step))
  return { end: step * count, ticks: Array.from({ length: count + 1 }, (_, at) => at * step) }
}

/** An axis of time in whole minutes, hours or days, whichever gives few round ticks. */
export function timeAxis(seconds: number): { readonly end: number; readonly ticks: readonly number[] } {
  const unit = seconds < 600 ? 1 : seconds < 4 * 3600 ? 60 : seconds < 5 * 86_400 ? 3600 : 86_400
  const { ticks, end } = axisOf(seconds / unit)
  return { end: end * unit, ticks: ticks.map((tick) => tick * unit) }
}
