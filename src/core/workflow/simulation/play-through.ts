/** One case through both maps, taken from the event log of a replication: where it waited, who worked on it, for how long. */
import { stopIfAborted, type Update } from '../../operation.ts'
import { type View, viewOf } from '../map/graph.ts'
import { scenarioOn } from '../map/scenario-on.ts'
import { isStep, sides, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import { run } from './engine/engine.ts'
import { type Departure, EventLog, type LoggedEvent } from './engine/event-log.ts'
import { compileTogether } from './model/model.ts'
import { obstacles } from './obstacles.ts'
import { seedOf } from './simulate.ts'
import { streamKeys } from './stream-keys.ts'

/** `usual`: half of the cases are faster through the current map. `slow`: nine of ten are. A number counts cases from 1. */
export type WantedCase = 'usual' | 'slow' | number

export interface PlayThroughInput {
  readonly workflow: Workflow
  readonly wanted: WantedCase
}

/** One visit of one step; seconds since the case came. Where it left without being worked on, `began` and `ended` are when it left. */
export interface Stop {
  readonly node: string
  readonly arrived: number
  readonly began: number
  readonly ended: number
  /** Number of the person within the role, from 1; 0 where nobody works. */
  readonly person: number
}

export interface Journey {
  /** In the order in which work began. */
  readonly stops: readonly Stop[]
  /** Seconds from coming to ending. */
  readonly lead: number
}

export interface PlayThrough {
  readonly seed: number
  /** From 1. The same number on both sides: with common random numbers it is the same patient. */
  readonly number: number
  readonly cases: number
  /** Null where the case did not end on that side: it left, or was sent in circles. */
  readonly journeys: Readonly<Record<WorkflowSide, Journey | null>>
}

/** Null where a map can not be simulated, or no case ended on the current side. */
export async function* playThrough(
  { workflow, wanted }: PlayThroughInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, PlayThrough | null>> {
  const { scenario } = workflow
  if (scenario === null || sides.some((side) => obstacles(workflow[side], scenario).length > 0))
    return yield { kind: 'result', value: null }
  const runs: Logged[] = []
  for (const side of sides) {
    stopIfAborted(signal)
    yield { kind: 'progress', done: runs.length, total: sides.length, unit: 'replications', label: 'Following a case' }
    const model = compileTogether([
      { graph: workflow[side], scenario: scenarioOn(workflow, side) ?? scenario, keys: streamKeys(workflow, side) },
    ])
    const log = new EventLog()
    const { leads, came, began } = run(model, {
      seed: seedOf(scenario.seed, 0),
      cases: Math.max(1, Math.round(scenario.cases)),
      horizon: scenario.days === null ? null : scenario.days * 86400,
      skip: 0,
      log,
    })
    runs.push({ view: viewOf(workflow[side]), log, leads, came, began })
  }
  const [current, future] = runs
  const at = current ? chosen(current, wanted) : null
  if (!current || !future || at === null) return yield { kind: 'result', value: null }
  yield {
    kind: 'result',
    value: {
      seed: scenario.seed,
      number: at + 1,
      cases: Math.min(current.came, current.leads.length),
      journeys: { current: journeyOf(current, at), future: journeyOf(future, at) },
    },
  }
}

interface Logged {
  readonly view: View
  readonly log: EventLog
  readonly leads: Float64Array
  readonly came: number
  /** When each case came. */
  readonly began: Float64Array
}

function chosen({ leads, came }: Logged, wanted: WantedCase): number | null {
  const ended = Array.from({ length: Math.min(came, leads.length) }, (_, at) => at).filter((at) => !Number.isNaN(leads[at]))
  if (typeof wanted === 'number') return wanted >= 1 && wanted <= Math.min(came, leads.length) ? Math.round(wanted) - 1 : null
  ended.sort((a, b) => (leads[a] as number) - (leads[b] as number) || a - b)
  return ended[Math.min(ended.length - 1, Math.floor(ended.length * (wanted === 'usual' ? 0.5 : 0.9)))] ?? null
}

function journeyOf({ view, log, leads, began }: Logged, at: number): Journey | null {
  const lead = leads[at]
  if (lead === undefined || Number.isNaN(lead)) return null
  // A case that leaves a step comes to the next one at the same moment: departures stand before what else happens then.
  const happened: (LoggedEvent | Departure)[] = log.departures.filter((departure) => departure.case === at)
  for (let index = 0; index < log.length; index++) {
    const event = log.at(index)
    if (event.case === at) happened.push(event)
  }
  happened.sort((a, b) => a.time - b.time)
  const came = began[at] ?? 0
  const before = stepsBefore(view)
  const open = new Map<number, { began: number; arrived: number; person: number }[]>()
  const lastEnd = new Map<number, number>()
  const stops: Stop[] = []
  const stop = (node: number, arrived: number, start: number, end: number, person: number): void => {
    const [from, to, until] = [arrived, start, end].map((time) => Math.max(0, time - came))
    stops.push({ node: view.nodes[node]?.id ?? '', arrived: from ?? 0, began: to ?? 0, ended: until ?? 0, person })
  }
  for (const event of happened) {
    const { node, time } = event
    if ('arrived' in event) {
      lastEnd.set(node, time)
      stop(node, event.arrived, time, time, 0)
      continue
    }
    if (!event.end) {
      const from = Math.max(came, ...(before[node] ?? []).map((step) => lastEnd.get(step) ?? came))
      open.set(node, [...(open.get(node) ?? []), { began: time, arrived: Math.min(from, time), person: event.person }])
      continue
    }
    const started = open.get(node)?.shift()
    lastEnd.set(node, time)
    if (started) stop(node, started.arrived, started.began, time, started.person)
  }
  stops.sort((a, b) => a.began - b.began || a.ended - b.ended)
  return { stops, lead }
}

/** Steps from which a case comes straight to each node: gateways and documents take no time. The step itself where its work may fail and be done again. */
function stepsBefore(view: View): readonly (readonly number[])[] {
  return view.nodes.map((_, at) => {
    const found = new Set<number>([at])
    const seen = new Set<number>()
    const todo = [at]
    for (let next = todo.pop(); next !== undefined; next = todo.pop())
      for (const { from } of view.into[next] ?? []) {
        if (seen.has(from)) continue
        seen.add(from)
        const node = view.nodes[from]
        if (node && isStep(node)) found.add(from)
        else todo.push(from)
      }
    return [...found]
  })
}

/** What a case does at a moment: nothing but waiting and being worked on, several at once where ways are parallel. */
export interface Moment {
  readonly node: string
  readonly state: 'waiting' | 'working'
  readonly from: number
  readonly to: number
  readonly person: number
}

/** Every moment at which something changes on either side, from 0 to the later end. */
export function changesOf({ journeys }: PlayThrough): readonly number[] {
  const times = new Set<number>([0])
  for (const side of sides) {
    const journey = journeys[side]
    for (const stop of journey?.stops ?? []) for (const time of [stop.arrived, stop.began, stop.ended]) times.add(time)
    if (journey) times.add(journey.lead)
  }
  return [...times].sort((a, b) => a - b)
}

export function momentsAt(journey: Journey, time: number): readonly Moment[] {
  return journey.stops.flatMap(({ node, arrived, began, ended, person }): Moment[] => {
    if (time >= arrived && time < began) return [{ node, state: 'waiting', from: arrived, to: began, person }]
    return time >= began && time < ended ? [{ node, state: 'working', from: began, to: ended, person }] : []
  })
}
