/** An event log read, counted and turned into a map in one go: what a page needs of it crosses as counts, the events stay behind. */
import type { Update } from '../../core/operation.ts'
import { type DottedChart, dottedChart } from '../../core/workflow/log/dotted-chart.ts'
import type { EventLog } from '../../core/workflow/log/event-log.ts'
import { type FilterChoice, filterChoices, filtered, type LogFilter } from '../../core/workflow/log/filter.ts'
import { instancesOf } from '../../core/workflow/log/instances.ts'
import { type Matrices, matricesOf } from '../../core/workflow/log/matrices.ts'
import { type LogStatistics, statisticsOf } from '../../core/workflow/log/statistics.ts'
import { type Discovery, discover } from '../../core/workflow/mining/discover.ts'
import { type Drift, driftOf } from '../../core/workflow/mining/drift.ts'
import { type LogImport, type LogInput, readLog } from './event-log.ts'

export interface StudyInput extends LogInput {
  readonly noise: number
  /** Cases that are looked at; all of them when left out. */
  readonly filter?: LogFilter
  readonly reveal: boolean
}

type Read = Extract<LogImport, { kind: 'log' }>

/** What is known as soon as the log is read, while the map is still being made. */
export interface ReadFacts extends Omit<Read, 'log' | 'kind'> {
  readonly statistics: LogStatistics
  readonly chart: DottedChart
  /** Null until everything else is shown. */
  readonly matrices: Matrices | null
  /** Null where there are too few timed cases for a baseline and a window; looked for after everything else is shown. */
  readonly drift: Drift | null | 'not yet'
  /** What the whole log can be filtered by, whatever is filtered now. */
  readonly offered: Offered
}

export interface Offered {
  readonly cases: number
  readonly choices: readonly FilterChoice[]
  /** Most frequent first. */
  readonly variants: readonly { readonly activities: readonly string[]; readonly cases: number }[]
  readonly resources: readonly string[]
  /** Milliseconds since 1970 of the first and last event; null where nothing is timed. */
  readonly span: LogStatistics['span']
}

/** Variants and people that a list can offer. */
const offered = 50

export type LogStudy =
  | Exclude<LogImport, { kind: 'log' }>
  | { readonly kind: 'log'; readonly facts: ReadFacts; readonly discovery: Discovery }

export async function* studyLog(
  { noise, reveal, filter = {}, ...input }: StudyInput,
  signal: AbortSignal,
): AsyncGenerator<Update<ReadFacts, LogStudy>> {
  for await (const update of readLog(input, signal)) {
    if (update.kind !== 'result') {
      yield update
      continue
    }
    const { value } = update
    if (value.kind !== 'log') {
      yield { kind: 'result', value }
      continue
    }
    const { log: whole, kind: _, ...rest } = value
    const all = instancesOf(whole)
    const log = filtered(all, filter)
    const instances = log === whole ? all : instancesOf(log)
    const statistics = statisticsOf(log, instances)
    const facts: ReadFacts = {
      ...rest,
      statistics,
      chart: dottedChart(instances),
      matrices: null,
      drift: 'not yet',
      offered: offeredBy(whole, log === whole ? statistics : statisticsOf(whole, all)),
    }
    yield { kind: 'partial', value: facts }
    const label = log.name.replace(/\.[^.]*$/, '')
    for await (const step of discover({ log, noise, id: 'log', label, reveal }, signal))
      if (step.kind !== 'result') yield step
      else {
        const done: ReadFacts = { ...facts, matrices: matricesOf(instances), drift: driftOf({ log }, instances) }
        yield { kind: 'result', value: { kind: 'log', facts: done, discovery: step.value } }
      }
  }
}

function offeredBy(log: EventLog, { cases, variants, resources, span }: LogStatistics): Offered {
  return {
    cases,
    choices: filterChoices(log),
    variants: variants.slice(0, offered),
    resources: resources.slice(0, offered).map(({ name }) => name),
    span,
  }
}
