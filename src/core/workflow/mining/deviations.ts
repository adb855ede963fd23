/** What cases did other than drawn, counted per step: skipped, extra, out of order, or by another role. */
import { compareText } from '../../finding.ts'
import type { Instances } from '../log/instances.ts'
import type { Variant } from '../log/variants.ts'
import type { Graph } from '../map/workflow.ts'
import type { Alignment } from './align.ts'
import type { LaneJoin } from './lanes-of-people.ts'
import type { Net } from './net.ts'

export const deviationKinds = ['skipped', 'extra', 'order', 'role'] as const
export type DeviationKind = (typeof deviationKinds)[number]

export interface Deviation {
  readonly kind: DeviationKind
  /** Id of the step; the name of the activity where the map has no such step. */
  readonly step: string
  readonly label: string
  /** How often it happened, and in how many cases. */
  readonly count: number
  readonly cases: number
}

/** Moves of all cases, counted per step. */
export class Deviations {
  private readonly found = new Map<string, { kind: DeviationKind; step: string; label: string; count: number; cases: number }>()
  /** Events of steps with a lane that nobody can say the role of, and the people named in them. */
  private unknown = 0
  private readonly strangers = new Set<number>()
  private readonly stepOf: ReadonlyMap<string, string>
  private readonly instances: Instances
  private readonly graph: Graph
  private readonly net: Net
  private readonly lanes: LaneJoin
  private readonly ofActivity: (activity: string) => string

  constructor(instances: Instances, graph: Graph, net: Net, lanes: LaneJoin, ofActivity: (activity: string) => string) {
    this.instances = instances
    this.graph = graph
    this.net = net
    this.lanes = lanes
    this.ofActivity = ofActivity
    this.stepOf = new Map(
      net.transitions.flatMap(({ label, step }) => (step === null ? [] : [[net.labels[label] ?? '', step] as const])),
    )
  }

  add({ trace, cases }: Variant, alignment: Extract<Alignment, { kind: 'optimal' }>): void {
    const skipped = new Map<string, number>()
    const extra = new Map<string, { label: string; n: number }>()
    /** Per step: how often another role did it, by case. */
    const others = new Map<string, Map<number, number>>()
    for (const move of alignment.moves) {
      if (move.kind === 'model') {
        const step = this.net.transitions[move.transition]?.step ?? ''
        skipped.set(step, (skipped.get(step) ?? 0) + 1)
      } else if (move.kind === 'log') {
        const label = this.instances.log.activities[trace[move.event] ?? -1] ?? ''
        const step = this.stepOf.get(this.ofActivity(label)) ?? label
        extra.set(step, { label, n: (extra.get(step)?.n ?? 0) + 1 })
      } else if (move.kind === 'sync') this.byOthers(this.net.transitions[move.transition]?.step ?? '', move.event, cases, others)
    }
    for (const [step, n] of skipped) {
      const both = Math.min(n, extra.get(step)?.n ?? 0)
      this.count('order', step, both * cases.length, cases.length)
      this.count('skipped', step, (n - both) * cases.length, cases.length)
    }
    for (const [step, { label, n }] of extra)
      this.count('extra', step, (n - Math.min(n, skipped.get(step) ?? 0)) * cases.length, cases.length, label)
    for (const [step, hits] of others)
      this.count(
        'role',
        step,
        [...hits.values()].reduce((sum, n) => sum + n, 0),
        hits.size,
      )
  }

  list(): readonly Deviation[] {
    return [...this.found.values()].sort(
      (a, b) => b.count - a.count || compareText(a.step, b.step) || compareText(a.kind, b.kind),
    )
  }

  /** Nobody's role is guessed: how many events and people that leaves out, in words. */
  unknownPeople(): readonly string[] {
    if (this.unknown === 0) return []
    const people = this.strangers.size
    const who = people === 0 ? 'they name nobody' : `the map does not say to which lane ${people} people of the log belong`
    return [`Who did a step is not judged for ${this.unknown} events: ${who}.`]
  }

  private byOthers(step: string, position: number, cases: readonly number[], hits: Map<string, Map<number, number>>): void {
    const lane = this.graph.nodes.get(step)?.lane ?? null
    if (!this.lanes.judged || lane === null) return
    for (const one of cases) {
      const event = this.instances.event[(this.instances.caseStart[one] as number) + position] as number
      const actual = this.lanes.laneOf(event)
      if (actual === null) {
        this.unknown++
        const who = this.instances.log.resource[event] ?? -1
        if (who >= 0) this.strangers.add(who)
      }
      if (actual === null || actual === lane) continue
      const ofStep = hits.get(step) ?? new Map<number, number>()
      ofStep.set(one, (ofStep.get(one) ?? 0) + 1)
      hits.set(step, ofStep)
    }
  }

  private count(kind: DeviationKind, step: string, n: number, cases: number, name = ''): void {
    if (n <= 0) return
    const key = `${kind} ${step}`
    const label = this.graph.nodes.get(step)?.label ?? name
    const known = this.found.get(key) ?? { kind, step, label, count: 0, cases: 0 }
    known.count += n
    known.cases += cases
    this.found.set(key, known)
  }
}
