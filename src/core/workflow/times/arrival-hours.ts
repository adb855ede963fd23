/** In which hours cases come, in plain words: said by somebody, or taken until somebody says. */

import { meanOf } from '../map/distribution.ts'
import { type Arrival, alwaysOpen, type Scenario } from '../map/scenario.ts'
import { hoursOfArrivals, openSecondsPerWeek } from './calendar.ts'

export interface ArrivalHours {
  readonly words: string
  /** Nobody said it: the hours are an assumption that decides queues and waits. */
  readonly assumed: boolean
}

export function arrivalHours(scenario: Scenario, arrival: Arrival): ArrivalHours {
  const perWeek = Math.round(arrivalsPerWeek(scenario, arrival))
  const week = `${String(perWeek).replace(/\B(?=(?:\d{3})+$)/g, ',')} a week`
  if (!('perHour' in arrival)) return { words: `As the scenario says: ${week}.`, assumed: false }
  const assumed = arrival.calendar === undefined
  const hours = hoursOfArrivals(scenario, arrival)
  const when =
    hours === null ? alwaysOpen : assumed ? `while somebody works (${shiftsOf(scenario)})` : `in the hours “${arrival.calendar}”`
  return { words: `Cases come ${when}: ${week}.${assumed ? ' Nobody said so: it is assumed.' : ''}`, assumed }
}

function shiftsOf({ calendars }: Scenario): string {
  const shifts = [...calendars.values()].flat().map(({ days, from, to }) => `${days} ${from}–${to}`)
  const once = [...new Set(shifts)]
  return once.length > 3 ? `${once.slice(0, 2).join(', ')} and ${once.length - 2} more` : once.join(', ')
}

/** Mean arrivals of one stream in a week. */
export function arrivalsPerWeek(scenario: Scenario, arrival: Arrival): number {
  if ('perHour' in arrival) return (arrival.perHour * openSecondsPerWeek(hoursOfArrivals(scenario, arrival))) / 3600
  if ('interarrival' in arrival) return openSecondsPerWeek(null) / meanOf(arrival.interarrival)
  return Object.values(arrival.hourly).reduce((sum, rates) => sum + rates.reduce((all, rate) => all + rate, 0), 0)
}
