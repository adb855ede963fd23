/** Whether a discovered map takes as long as its log, and what the difference is made of. */
import { durationText } from '../../duration-text.ts'
import type { LogStatistics } from '../log/statistics.ts'
import { viewOf } from '../map/graph.ts'
import type { Scenario } from '../map/scenario.ts'
import { timesOf } from '../times/times.ts'
import type { Waiting } from './discovered-waits.ts'

/** Lead times closer than this say the same, where no simulation gives an interval. */
const sameLead = 0.1

/** Mean seconds from the first begin of a case to its last end, or between ends where no begin is known; null without times. */
export function leadOfLog({ times }: Pick<LogStatistics, 'times'>): number | null {
  const mean = (times.startToComplete ?? times.completeToComplete)?.mean ?? null
  return mean === null || mean <= 0 ? null : mean
}

export function leadWords(
  { graph, lead }: Waiting,
  scenario: Scenario,
  statistics: Pick<LogStatistics, 'times'>,
): readonly string[] {
  const logged = leadOfLog(statistics)
  if (logged === null) return []
  const said = `Cases of the log take ${durationText(logged)} on average`
  if (lead !== null) return [simulated(said, logged, lead)]
  const drawn = timesOf(viewOf(graph), scenario, null).leadTime
  if (drawn === null) return [`${said}; the map has no lead time, because working times or people are not known.`]
  if (!Number.isFinite(drawn))
    return [
      `${said}; on the map a queue never ends: the people seen in the log do more than one thing at once, or more people did the work.`,
    ]
  if (Math.abs(drawn / logged - 1) <= sameLead) return [`${said}, on the map ${durationText(drawn)} by formula: they agree.`]
  return [
    drawn < logged
      ? `${said}, on the map ${durationText(drawn)} by formula. The other ${durationText(logged - drawn)} are waits that work and queues do not explain.`
      : `${said}, on the map ${durationText(drawn)} by formula: ${tooLong}`,
  ]
}

const tooLong = 'its queues are longer than they were, because working times of the log hold waiting or more people did the work.'

function simulated(said: string, logged: number, { mean, interval: [low, high] }: NonNullable<Waiting['lead']>): string {
  const map = `${said}, on the map ${durationText(mean)} (95 % interval ${durationText(low)} to ${durationText(high)})`
  if (logged >= low && logged <= high)
    return `${map}: they agree. Each step waits as in the log, less what its queue makes by itself.`
  return logged > high
    ? `${map}: cases of the log waited longer, in ways that the steps of the map do not hold.`
    : `${map}: ${tooLong}`
}
