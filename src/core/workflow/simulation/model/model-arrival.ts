/** Streams of arriving cases, compiled. */
import { hash32 } from '../../../random.ts'
import type { View } from '../../map/graph.ts'
import { type Arrival, type Scenario, weekdays } from '../../map/scenario.ts'
import { arrivalsPerWeek } from '../../times/arrival-hours.ts'
import { hoursOfArrivals, openShares } from '../../times/calendar.ts'
import type { Attributes } from './model-attribute.ts'
import { type Sampler, samplerOf } from './sampler.ts'

export interface ModelArrival {
  readonly part: number
  readonly node: number
  readonly stream: number
  readonly interarrival: Sampler | null
  /** Cases per second for each hour of the week; null for a plain interarrival distribution. */
  readonly hourly: Float64Array | null
  readonly peak: number
  /** Mean number of cases in a week. */
  readonly perWeek: number
  /** Attributes that every case of the stream has: index and value. */
  readonly given: readonly { readonly attribute: number; readonly value: number }[]
}

export function compileArrival(
  view: View,
  scenario: Scenario,
  arrival: Arrival,
  part: number,
  offset: number,
  attributes: Attributes,
  notes: string[],
): ModelArrival {
  const named = view.indexOf.get(arrival.node)
  const start = named ?? view.nodes.findIndex((node) => node.type === 'start')
  if (named === undefined) notes.push(`There is no step “${arrival.node}” in this map: cases arrive at its start.`)
  const head = {
    part,
    node: offset + start,
    perWeek: arrivalsPerWeek(scenario, arrival),
    stream: hash32(part === 0 ? `arrival ${arrival.node}` : `arrival ${view.graph.id} ${arrival.node}`),
    given: Object.entries(arrival.attributes ?? {}).map(([name, word]) => {
      const attribute = attributes.indexOf.get(name) ?? 0
      return { attribute, value: attributes.all[attribute]?.words?.indexOf(word) ?? Number(word) }
    }),
  }
  if ('interarrival' in arrival) return { ...head, interarrival: samplerOf(arrival.interarrival), hourly: null, peak: 0 }
  if ('perHour' in arrival) {
    const hours = hoursOfArrivals(scenario, arrival)
    if (hours !== null) {
      const rate = arrival.perHour / 3600
      const hourly = openShares(hours).map((share) => share * rate)
      return { ...head, interarrival: null, hourly, peak: Math.max(...hourly) }
    }
    const interarrival = arrival.perHour > 0 ? samplerOf({ dist: 'exponential', mean: 3600 / arrival.perHour }) : null
    return { ...head, interarrival, hourly: null, peak: 0 }
  }
  const hourly = new Float64Array(168)
  let peak = 0
  weekdays.forEach((day, index) => {
    arrival.hourly[day]?.forEach((rate, hour) => {
      hourly[index * 24 + hour] = rate / 3600
      peak = Math.max(peak, rate / 3600)
    })
  })
  return { ...head, interarrival: null, hourly, peak }
}
