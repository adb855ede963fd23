/** Everything that is counted in a log, with names instead of numbers: what screens and the command line show. */
import { countFollows, directlyFollows } from './directly-follows.ts'
import type { EventLog } from './event-log.ts'
import { type Instances, instancesOf } from './instances.ts'
import { handOversOf, resourceLoads } from './resources.ts'
import { type Rework, reworkOf } from './rework.ts'
import { activityTimes, type CaseTimes, caseTimes, type Durations } from './times.ts'
import { type Variant, variantsOf } from './variants.ts'

export interface ActivityFacts {
  readonly name: string
  readonly count: number
  /** Cases in which it happens. */
  readonly cases: number
  readonly starts: number
  readonly ends: number
  /** Seconds from begin to end; null where begins are not known. */
  readonly processing: Durations | null
}

export interface ArcFacts {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly medianSeconds: number | null
  readonly p90Seconds: number | null
  readonly meanSeconds: number | null
}

export interface LogStatistics {
  readonly cases: number
  /** Instances of work: a start and an end are one. */
  readonly events: number
  /** Events as they stand in the file. */
  readonly recorded: number
  readonly emptyCases: number
  readonly activities: readonly ActivityFacts[]
  readonly variants: readonly { readonly activities: readonly string[]; readonly cases: number }[]
  readonly variantCount: number
  readonly directlyFollows: readonly ArcFacts[]
  readonly times: CaseTimes
  /** Milliseconds since 1970 of the first and last event; null where nothing is timed. */
  readonly span: { readonly first: number; readonly last: number } | null
  /** Neighbouring events of one case at the very same moment: their order is that of the file. */
  readonly ties: number
  readonly casesWithTies: number
  readonly rework: Omit<Rework, 'byActivity' | 'referrals'> & {
    readonly byActivity: readonly {
      readonly activity: string
      readonly selfLoops: number
      readonly repetitions: number
      readonly occurrences: number
    }[]
  }
  readonly handOvers: {
    readonly total: number
    readonly changes: number
    readonly unknown: number
    readonly pairs: readonly { readonly from: string; readonly to: string; readonly count: number }[]
  }
  readonly resources: readonly {
    readonly name: string
    readonly events: number
    readonly cases: number
    readonly busySeconds: number | null
    readonly mostOpen: number
    readonly activities: readonly string[]
  }[]
  /** What is not known or was not counted, as sentences. */
  readonly notes: readonly string[]
}

/** Variants, pairs and people listed; their counts are exact. */
const listed = 200

export function statisticsOf(
  log: EventLog,
  instances: Instances = instancesOf(log),
  variants: readonly Variant[] = variantsOf(instances),
): LogStatistics {
  const counts = countFollows(instances)
  const name = (index: number): string => log.activities[index] ?? ''
  const who = (index: number): string => log.resources[index] ?? ''
  const processing = activityTimes(instances)
  const rework = reworkOf(instances)
  const hands = handOversOf(instances)
  const presence = presenceOf(instances)
  const occurrences = rework.byActivity.map((row) => row.occurrences)
  const times = caseTimes(instances)
  const { ties, casesWithTies, span } = clock(instances)
  const emptyCases = Array.from({ length: log.cases }, (_, c) => c).filter(
    (c) => log.caseStart[c] === log.caseStart[c + 1],
  ).length
  return {
    cases: log.cases,
    events: instances.count,
    recorded: log.events,
    emptyCases,
    activities: log.activities
      .map((label, index) => ({
        name: label,
        count: occurrences[index] ?? 0,
        cases: presence[index] ?? 0,
        starts: counts.starts[index] ?? 0,
        ends: counts.ends[index] ?? 0,
        processing: processing[index] ?? null,
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    variants: variants.slice(0, listed).map(({ trace, cases }) => ({ activities: trace.map(name), cases: cases.length })),
    variantCount: variants.length,
    directlyFollows: directlyFollows(instances, counts).map(({ from, to, count, median, p90, mean }) => ({
      from: name(from),
      to: name(to),
      count,
      medianSeconds: median,
      p90Seconds: p90,
      meanSeconds: mean,
    })),
    times,
    span,
    ties,
    casesWithTies,
    rework: {
      selfLoops: rework.selfLoops,
      repetitions: rework.repetitions,
      byActivity: rework.byActivity
        .filter((row) => row.selfLoops + row.repetitions > 0)
        .map((row) => ({ ...row, activity: name(row.activity) })),
    },
    handOvers: {
      ...hands,
      pairs: hands.pairs.slice(0, listed).map(({ from, to, count }) => ({ from: who(from), to: who(to), count })),
    },
    resources: resourceLoads(instances)
      .slice(0, listed)
      .map(({ resource, instances: events, cases, busy, mostOpen, activities }) => ({
        name: who(resource),
        events,
        cases,
        busySeconds: busy,
        mostOpen,
        activities: activities.map(({ activity }) => name(activity)),
      })),
    notes: notesOf(instances, times, emptyCases, casesWithTies),
  }
}

function notesOf(instances: Instances, times: CaseTimes, emptyCases: number, casesWithTies: number): string[] {
  const { log } = instances
  const notes: string[] = []
  const say = (n: number, sentence: string): void => {
    if (n > 0) notes.push(sentence)
  }
  say(emptyCases, `${emptyCases} cases hold no event; they count as cases.`)
  say(instances.unfinished, `${instances.unfinished} times work was begun and no end is recorded; only ended work is counted.`)
  say(
    instances.otherEvents,
    `${instances.otherEvents} events neither begin nor end work (such as schedule or suspend); they are not counted.`,
  )
  if (instances.everyEvent && log.events > 0 && log.transition.some((kind) => kind !== 0))
    notes.push('No event ends work, so every event counts.')
  say(
    times.untimed,
    `${times.untimed} cases have events without a time: they keep the order of the file, and their durations are not known.`,
  )
  say(casesWithTies, `In ${casesWithTies} cases events happen at the same moment; these keep the order of the file.`)
  if (!instances.timed && log.events > 0)
    notes.push('Nothing says when work began, so working time and waiting can not be told apart.')
  if (log.offset === null && log.time.some((time) => !Number.isNaN(time)))
    notes.push('Times carry no zone; they are taken as they stand.')
  return notes
}

function presenceOf({ caseStart, activity, log }: Instances): Int32Array {
  const found = new Int32Array(log.activities.length)
  const last = new Int32Array(log.activities.length).fill(-1)
  for (let c = 0; c + 1 < caseStart.length; c++)
    for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) {
      const a = activity[i] as number
      if (last[a] === c) continue
      last[a] = c
      found[a] = (found[a] as number) + 1
    }
  return found
}

function clock({ caseStart, end }: Instances): { ties: number; casesWithTies: number; span: LogStatistics['span'] } {
  let ties = 0
  let casesWithTies = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let c = 0; c + 1 < caseStart.length; c++) {
    let mine = 0
    for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) {
      const time = end[i] as number
      if (Number.isNaN(time)) continue
      first = Math.min(first, time)
      last = Math.max(last, time)
      if (i > (caseStart[c] as number) && end[i - 1] === time) mine++
    }
    ties += mine
    if (mine > 0) casesWithTies++
  }
  return { ties, casesWithTies, span: first <= last ? { first, last } : null }
}
