/** How much of their open hours each role is asked for: by formula, or counted in runs where no formula tells. */
import type { Scenario } from '../map/scenario.ts'
import { timesOf } from '../times/times.ts'
import type { Collector } from './engine/collector.ts'
import type { Model } from './model/model.ts'

export interface Load {
  readonly id: string
  /** 1 and more: the queue never ends. */
  readonly load: number
}

export function loadsByFormula(model: Model, scenario: Scenario): readonly Load[] {
  const { roles } = timesOf(model.view, scenario, null)
  return model.lanes.flatMap(({ id }) => {
    const role = roles.get(id)
    return role !== undefined && 'load' in role ? [{ id, load: role.load }] : []
  })
}

/**
 * Work that was done for the cases of the pilot runs, set against open hours in two ways, of which the lower one counts. Over the hours in
 * which the cases came: what is still queued at the last arrival is worked off after it, so a role that falls behind shows a load above 1;
 * but where cases come in the morning and people stay until the evening, a run that ends at noon has not seen the hours that clear the
 * queue. Over whole weeks, by the work per case and the cases of a week: complete, but only known up to the luck of the run.
 */
export function loadsCounted(model: Model, pilots: readonly Collector[]): readonly Load[] {
  const came = pilots.reduce((sum, collector) => sum + collector.came, 0)
  const perWeek = model.arrivals.reduce((sum, arrival) => sum + arrival.perWeek, 0)
  return model.lanes.map((lane, at) => {
    const asked = pilots.reduce((sum, collector) => sum + (collector.laneBusy[at] ?? 0), 0)
    if (asked === 0) return { id: lane.id, load: 0 }
    const seen = pilots.reduce((sum, collector) => sum + lane.servers * lane.shifts.openUntil(collector.lastArrival), 0)
    const weekly = (asked / came) * (perWeek / (lane.servers * lane.shifts.openPerWeek))
    return { id: lane.id, load: Math.min(seen === 0 ? Number.POSITIVE_INFINITY : asked / seen, weekly) }
  })
}
