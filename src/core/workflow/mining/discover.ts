/** Log → process → map with lanes, times, branching, arrivals and staff: ready to be drawn on and simulated. */

import { stopIfAborted, type Update } from '../../operation.ts'
import { placed } from '../drawing/layout.ts'
import type { EventLog } from '../log/event-log.ts'
import { type Instances, instancesOf } from '../log/instances.ts'
import { type LogStatistics, statisticsOf } from '../log/statistics.ts'
import { variantsOf } from '../log/variants.ts'
import { blankScenario, type Scenario } from '../map/scenario.ts'
import { slugOf } from '../map/slug.ts'
import { blankLane, emptyGraph, type Graph, isStep, type Lane, type Node } from '../map/workflow.ts'
import { Aligner, type Alignment } from './align.ts'
import { arrivalsOf } from './arrivals.ts'
import { shiftsOf } from './calendars.ts'
import { type DiscoveredLane, discoverLanes } from './discovered-lanes.ts'
import { observedWaits, type Waiting, withWaits } from './discovered-waits.ts'
import { drawTree } from './drawn-tree.ts'
import { type Fit, fitDurations } from './fit.ts'
import { inductiveMiner } from './inductive.ts'
import { leadOfLog, leadWords } from './lead-words.ts'
import { netOfTree } from './net.ts'
import { flowCounts, netOfGraph } from './net-of-graph.ts'
import { type ProcessTree, treeText } from './process-tree.ts'
import { type Fitness, fitnessOf, generalisationOf, type LabelledTrace, type Precision, precisionOf } from './quality.ts'
import { workingTimes } from './working-times.ts'

export interface DiscoverInput {
  readonly log: EventLog
  /** 0 keeps every way; 0.2 leaves out those rarer than a fifth of the usual one. */
  readonly noise: number
  /** Id and label of the map. */
  readonly id: string
  readonly label: string
  /** Names of people go into the map only where a person asked for it. */
  readonly reveal?: boolean
}

export interface Discovery {
  readonly statistics: LogStatistics
  readonly tree: string
  readonly graph: Graph
  readonly scenario: Scenario
  readonly fitness: Fitness | null
  readonly precision: Precision | null
  readonly generalisation: number
  /** How the working time of each step was fitted, by its id. */
  readonly fits: ReadonlyMap<string, Fit>
  /** What was assumed or is not known, in words. */
  readonly notes: readonly string[]
}

export async function* discover(input: DiscoverInput, signal: AbortSignal): AsyncGenerator<Update<never, Discovery>> {
  const { log, noise } = input
  const instances = instancesOf(log)
  const variants = variantsOf(instances)
  const statistics = statisticsOf(log, instances, variants)
  stopIfAborted(signal)
  const labelOf = (activity: number): string => log.activities[activity] ?? ''
  const traces: readonly LabelledTrace[] = variants.map(({ trace, cases }) => ({
    labels: trace.map(labelOf),
    count: cases.length,
  }))
  const tree = inductiveMiner(
    variants.map(({ trace, cases }) => ({ activities: trace, count: cases.length })),
    noise,
  )
  const net = netOfTree(tree, labelOf)
  const aligner = new Aligner(net)
  const alignments: Alignment[] = []
  for (const { labels } of traces) {
    stopIfAborted(signal)
    alignments.push(aligner.align(labels))
    if (isShown(alignments.length, traces.length))
      yield { kind: 'progress', done: alignments.length, total: traces.length, unit: 'records', label: 'variants' }
  }
  const map = new MapOfLog(input, instances, tree)
  for (const update of map.branching(traces)) {
    stopIfAborted(signal)
    yield update
  }
  const drawn = map.graph()
  const scenario = map.scenario()
  const logged = leadOfLog(statistics)
  let waiting: Waiting = { graph: drawn, lead: null }
  if (logged !== null)
    for await (const update of withWaits(drawn, scenario, map.waits, logged, signal))
      if (update.kind === 'result') waiting = update.value
      else yield update
  const { graph } = waiting
  map.notes.push(...leadWords(waiting, scenario, statistics))
  yield {
    kind: 'result',
    value: {
      statistics,
      tree: treeText(tree, labelOf),
      graph,
      scenario,
      fitness: fitnessOf(traces, alignments, aligner.shortest),
      precision: precisionOf(net, traces),
      generalisation: generalisationOf(net, traces, alignments),
      fits: map.fits,
      notes: map.notes,
    },
  }
}

/** About fifty words about progress, however many variants there are. */
function isShown(done: number, total: number): boolean {
  return done % Math.max(1, Math.floor(total / 50)) === 0
}

class MapOfLog {
  readonly fits = new Map<string, Fit>()
  readonly notes: string[] = []
  /** Seconds that cases waited, by step id. */
  readonly waits = new Map<string, readonly number[]>()
  private readonly input: DiscoverInput
  private readonly instances: Instances
  private readonly drawn: ReturnType<typeof drawTree>
  private readonly lanes: readonly (DiscoveredLane & { readonly id: string })[]
  private counts: ReadonlyMap<string, number> = new Map()

  constructor(input: DiscoverInput, instances: Instances, tree: ProcessTree) {
    this.input = input
    this.instances = instances
    this.drawn = drawTree(tree, (activity) => input.log.activities[activity] ?? '')
    const taken = new Set<string>()
    const used = new Set(this.drawn.stepOf.keys())
    this.lanes = discoverLanes(instances)
      .map((lane) => ({ ...lane, activities: lane.activities.filter((activity) => used.has(activity)) }))
      .filter(({ activities }) => activities.length > 0)
      .map((lane) => {
        const id = slugOf(lane.label, taken, 'lane')
        taken.add(id)
        return { ...lane, id }
      })
    this.fitSteps()
  }

  /** Every case led through the map, to count how often each flow is taken. */
  *branching(traces: readonly LabelledTrace[]): Generator<Update<never, never>> {
    const bare: Graph = { ...emptyGraph(this.input.id, 'current'), nodes: this.drawn.nodes, edges: this.drawn.edges }
    const net = netOfGraph(bare, (node) => node.label)
    const aligner = new Aligner(net)
    const alignments: Alignment[] = []
    for (const { labels } of traces) {
      alignments.push(aligner.align(labels))
      if (isShown(alignments.length, traces.length))
        yield { kind: 'progress', done: alignments.length, total: traces.length, unit: 'records', label: 'branching' }
    }
    const undecided = alignments.filter(({ kind }) => kind === 'undecided').length
    if (undecided > 0)
      this.notes.push(`${undecided} variants were too long to lead through the map; shares of flows leave them out.`)
    this.counts = flowCounts(
      net,
      alignments,
      traces.map(({ count }) => count),
    )
  }

  graph(): Graph {
    const { id, label } = this.input
    const lanes = new Map<string, Lane>(
      this.lanes.map(({ id: laneId, label: name, people }, index) => [
        laneId,
        {
          ...blankLane,
          id: laneId,
          label: name,
          order: index,
          staff: people.length === 0 ? null : people.length,
          calendar: this.calendarOf(index) === null ? null : `${laneId}-hours`,
          extra: this.input.reveal ? { resources: people.map((who) => this.input.log.resources[who] ?? '') } : {},
        },
      ]),
    )
    const nodes = new Map([...this.drawn.nodes].map(([nodeId, node]) => [nodeId, this.facts(node)]))
    const out = new Map<string, number>()
    for (const { id: edge, from } of this.drawn.edges.values()) out.set(from, (out.get(from) ?? 0) + (this.counts.get(edge) ?? 0))
    const edges = new Map(
      [...this.drawn.edges].map(([edgeId, edge]) => {
        const splits =
          this.drawn.nodes.get(edge.from)?.type === 'decision' &&
          [...this.drawn.edges.values()].filter(({ from }) => from === edge.from).length > 1
        const all = out.get(edge.from) ?? 0
        return [edgeId, { ...edge, probability: splits && all > 0 ? (this.counts.get(edgeId) ?? 0) / all : null }]
      }),
    )
    return placed({ ...emptyGraph(id, 'current', label), lanes, nodes: this.withLanes(nodes), edges })
  }

  scenario(): Scenario {
    const arrivals = arrivalsOf(this.instances)
    if (arrivals === null) this.notes.push('No case has a time, so nothing is known about arrivals.')
    else if (arrivals.together > arrivals.cases / 20)
      this.notes.push(
        `${arrivals.together} of ${arrivals.cases} cases begin at the very moment of another one, as bookings in batches do; simulated arrivals come one by one.`,
      )
    const calendars = new Map(
      this.lanes.flatMap(({ id }, index) => {
        const shifts = this.calendarOf(index)
        return shifts === null ? [] : [[`${id}-hours`, shifts] as const]
      }),
    )
    return {
      ...blankScenario,
      arrivals: arrivals === null ? [] : [{ node: 'start', hourly: arrivals.hourly }],
      staff: new Map(
        this.lanes.flatMap(({ id, people }, index) =>
          people.length === 0
            ? []
            : [
                [
                  id,
                  {
                    count: people.length,
                    calendar: this.calendarOf(index) === null ? null : `${id}-hours`,
                    offShift: 'finish' as const,
                  },
                ] as const,
              ],
        ),
      ),
      calendars,
    }
  }

  private calendarOf(lane: number): ReturnType<typeof shiftsOf> {
    return shiftsOf(this.instances, new Set(this.lanes[lane]?.activities))
  }

  private fitSteps(): void {
    const { instances, notes } = this
    const times = workingTimes(instances)
    if (times.shortened > 0)
      notes.push(
        `${times.people} people had several pieces of work open at once, so ${times.shortened} spans hold waiting: each was counted from the later of its own begin and the end of the work before.`,
      )
    const waits = observedWaits(instances, times.seconds)
    const seconds = instances.log.activities.map((): number[] => [])
    for (let i = 0; i < instances.count; i++) {
      const worked = times.seconds[i] as number
      if (!Number.isNaN(worked)) seconds[instances.activity[i] as number]?.push(worked)
    }
    for (const [activity, id] of this.drawn.stepOf) {
      const fit = fitDurations(seconds[activity] ?? [])
      if (fit !== null) this.fits.set(id, fit)
      this.waits.set(id, waits[activity] ?? [])
    }
    if (this.fits.size === 0)
      notes.push('Nothing says when work began, so working times are not known: fill them in before simulating.')
    else notes.push('The p of a fit is too kind, because its parameters come from the same values.')
    notes.push('A log does not say on which medium a step is done: fill that in before comparing maps.')
  }

  private facts(node: Node): Node {
    if (!isStep(node)) return node
    const [activity] = [...this.drawn.stepOf].find(([, id]) => id === node.id) ?? [-1]
    const fit = this.fits.get(node.id)
    let n = 0
    for (const one of this.instances.activity) if (one === activity) n++
    const lane = this.lanes.find(({ activities }) => activities.includes(activity))
    return {
      ...node,
      kind: 'do',
      lane: lane?.id ?? null,
      service: fit?.distribution ?? null,
      evidence: { level: 'log', source: this.input.log.name, n },
    }
  }

  /** Gateways stand in the lane of the step before them, or after them. */
  private withLanes(nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, Node> {
    const found = new Map(nodes)
    const edges = [...this.drawn.edges.values()]
    for (let changed = true; changed; ) {
      changed = false
      for (const [id, node] of found) {
        if (node.lane !== null) continue
        const before = edges.filter(({ to }) => to === id).map(({ from }) => from)
        const after = edges.filter(({ from }) => from === id).map(({ to }) => to)
        const lane = [...before, ...after].map((other) => found.get(other)?.lane ?? null).find((one) => one !== null)
        if (lane === undefined) continue
        found.set(id, { ...node, lane: lane ?? null })
        changed = true
      }
    }
    return found
  }
}
