/** A simulation as text for a person and as JSON for a program. */
import { changeText, durationText } from '../../core/duration-text.ts'
import type { Graph } from '../../core/workflow/map/workflow.ts'
import { type ForecastStudy, usualWords } from '../../core/workflow/simulation/forecast.ts'
import type { LeverStudy, NoLead, RankedLever } from '../../core/workflow/simulation/levers.ts'
import type { Measured, SimulatedRole, SimulationResult } from '../../core/workflow/times/result.ts'

declare const __VERSION__: string

export interface Simulated {
  readonly result: SimulationResult
  readonly levers: LeverStudy | null
  readonly forecast: ForecastStudy | null
}

/** Without the series per replication, which only a comparison needs. All times in seconds. */
export function simulationDocument({ result, levers, forecast }: Simulated, run: object): object {
  const { steps, roles, leadTime, ...rest } = result
  return {
    tool: { name: 'carryover', version: __VERSION__ },
    run,
    ...rest,
    leadTime: leadTime && {
      mean: leadTime.mean,
      interval: leadTime.interval,
      p50: leadTime.p50,
      p90: leadTime.p90,
      p50Interval: leadTime.p50Interval,
      p90Interval: leadTime.p90Interval,
    },
    steps: steps.map(({ series: _, ...step }) => step),
    roles: roles.map(({ series: _, wait: { series: __, ...wait }, queueByHour, ...role }) => ({
      ...role,
      wait,
      queueByHour: meanQueue(queueByHour),
    })),
    ...(levers && {
      levers: levers.levers.map(({ lever, label, lead, without, difference, share }) => ({
        ...lever,
        label,
        leadTime: lead && { mean: lead.mean, interval: lead.interval },
        without,
        difference: difference && { mean: difference.mean, interval: difference.interval },
        share,
      })),
    }),
    ...(forecast && {
      goLive: {
        ...forecast.goLive,
        usual: forecast.usual,
        forecasts: forecast.forecasts.map(({ cut, days, backToUsual, peak }) => ({
          cut,
          peak: { mean: peak.mean, interval: peak.interval },
          backToUsual,
          days: days.map(({ open, putOff, lead }) => ({ open: open.mean, putOff: putOff.mean, lead: lead?.mean ?? null })),
        })),
      },
    }),
  }
}

/** Mean number waiting by hour of the week, Monday 00:00 first; null for hours that were not seen. */
function meanQueue(queueByHour: SimulatedRole['queueByHour']): readonly (number | null)[] {
  return Array.from({ length: 168 }, (_, hour) => {
    const seen = queueByHour.map((hours) => hours[hour] ?? null).filter((length) => length !== null)
    return seen.length === 0 ? null : seen.reduce((sum, length) => sum + length, 0) / seen.length
  })
}

export function simulationText({ result, levers, forecast }: Simulated, graph: Graph): string {
  const lead = result.leadTime
  const role = (id: string): string => graph.lanes.get(id)?.label || id
  const lines = [
    `${graph.label}: ${result.replications} replications of ${result.cases} cases, seed ${result.seed}`,
    lead === null
      ? result.unstable.length > 0
        ? `No lead time: ${result.unstable.map(role).join(', ')} asked for more than their hours.`
        : 'No lead time: no case ended.'
      : `Lead time ${durationText(lead.mean)} (${durationText(lead.interval[0])} to ${durationText(lead.interval[1])}); half of the cases within ${durationText(lead.p50)}, nine of ten within ${durationText(lead.p90)}`,
    ...result.roles.map((each) => `${each.id}: asked for ${Math.round(each.load * 100)} % of their hours`),
    ...result.steps.map((step) =>
      step.visits === 0
        ? `${step.id}: no case came here`
        : `${step.id}: waits ${durationText(step.wait.mean)}, works ${durationText(step.service)}, ${step.visits.toFixed(2)} visits`,
    ),
    ...result.notes,
    ...(levers ? leverLines(levers) : []),
    ...(forecast ? forecastLines(forecast) : []),
  ]
  return `${lines.join('\n')}\n`
}

function leverLines({ levers, replications, without }: LeverStudy): readonly string[] {
  const head =
    without === null
      ? `What would help most (change of lead time, paired over ${replications} replications):`
      : `What would help most (as drawn ${without === 'endless' ? 'a queue never ends' : 'no case ends'}; lead time with each change over ${replications} replications):`
  return [head, ...levers.map((lever) => `  ${lever.label}: ${leverText(lever, without)}`)]
}

function leverText({ lead, without, difference }: RankedLever, base: NoLead | null): string {
  if (without !== null) return without === 'endless' ? 'a queue would never end' : 'no case would end'
  if (difference !== null) return `${changeText(difference.mean)} (${spread(difference, changeText)})`
  if (lead === null) return 'no lead time'
  const cure = base === 'none ended' ? 'lets cases end' : 'ends the endless queue'
  return `${cure}: lead time ${durationText(lead.mean)} (${spread(lead, durationText)})`
}

function spread({ interval: [low, high] }: Measured, text: (seconds: number) => string): string {
  return `${text(low)} to ${text(high)}`
}

function forecastLines({ forecasts, usual, goLive }: ForecastStudy): readonly string[] {
  return [
    `After go-live (work ${Math.round(goLive.slowdown * 100)} % slower on day 1, ${usual.toFixed(1)} open cases on a usual day):`,
    ...forecasts.map(({ cut, peak, backToUsual }) => {
      const back = usualWords(backToUsual)
      return `  bookings of week 1 cut by ${Math.round(cut * 100)} %: at most ${peak.mean.toFixed(1)} open on a day, ${back}`
    }),
  ]
}
