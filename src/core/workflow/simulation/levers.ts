/** What would help most: each change that one could make to the future map is simulated beside it with the same luck, and ranked. */
import { stopIfAborted, type Update } from '../../operation.ts'
import { apply, type Command } from '../edit/edit.ts'
import type { Scenario, Staffing } from '../map/scenario.ts'
import { scenarioOn } from '../map/scenario-on.ts'
import type { Workflow } from '../map/workflow.ts'
import { intervalOf } from '../numerics/student.ts'
import { guarded } from '../remedies/remedy-safety.ts'
import type { Measured } from '../times/result.ts'
import { needsStaff, staffingOf } from '../times/times.ts'
import { run } from './engine/engine.ts'
import { compileTogether, type Part } from './model/model.ts'
import { obstacles } from './obstacles.ts'
import { seedOf } from './simulate.ts'
import { loadsByFormula, loadsCounted } from './stability.ts'
import { streamKeys } from './stream-keys.ts'
import { meanLead } from './summary.ts'

export type Lever =
  | { readonly kind: 'staff'; readonly lane: string; readonly by: 1 | -1 }
  | { readonly kind: 'automate'; readonly step: string }
  | { readonly kind: 'remove'; readonly step: string }

/** A role never catches up, or no case came to its end. */
export type NoLead = 'endless' | 'none ended'

export interface RankedLever {
  readonly lever: Lever
  /** What one would do, for a person: “One more Nurse”. */
  readonly label: string
  /** What speaks against it or has to be asked first; empty where nothing does. */
  readonly asks: readonly string[]
  /** Lead time with the change, in seconds; null where there would be none. */
  readonly lead: Measured | null
  /** Why there is no lead time with the change; null where there is one. */
  readonly without: NoLead | null
  /** Lead time with the change less lead time without it, in seconds, paired by replication; null where one of them is not there. */
  readonly difference: Measured | null
  /** As a share of the lead time without the change. */
  readonly share: number | null
}

export interface LeverStudy {
  readonly seed: number
  readonly replications: number
  /** Mean lead time of the future map as it is, in seconds; null where it has none. */
  readonly lead: number | null
  readonly without: NoLead | null
  /** The shortest lead time first; those without one last. */
  readonly levers: readonly RankedLever[]
}

/** Runs per change: enough to order them, with the same random numbers in each. */
const replications = 10

/** @param beside other workflows that keep the same people busy, the same beside every change */
export async function* rankLevers(
  workflow: Workflow,
  signal: AbortSignal,
  beside: readonly Part[] = [],
): AsyncGenerator<Update<never, LeverStudy>> {
  const { scenario } = workflow
  if (scenario === null) throw new Error('A workflow without a scenario can not be simulated')
  const changes = leversOf(workflow, scenario)
  const progress = (done: number) =>
    ({ kind: 'progress', done, total: changes.length + 1, unit: 'replications', label: 'What would help most' }) as const
  const base = outcomeOf(workflow, beside)
  const lead = base.kind === 'leads' ? mean(base.leads) : null
  yield progress(1)
  const found: RankedLever[] = []
  for (const [index, { lever, label, asks, changed }] of changes.entries()) {
    stopIfAborted(signal)
    const outcome = outcomeOf(changed, beside)
    if (outcome.kind !== 'leads')
      found.push({ lever, label, asks, lead: null, without: outcome.kind, difference: null, share: null })
    else {
      const { leads } = outcome
      const differences = base.kind === 'leads' ? leads.map((value, replication) => value - (base.leads[replication] ?? 0)) : null
      const difference = differences && measured(differences)
      const share = difference && lead ? difference.mean / lead : null
      found.push({ lever, label, asks, lead: measured(leads), without: null, difference, share })
    }
    yield progress(index + 2)
  }
  const rank = (each: RankedLever): number => each.lead?.mean ?? Number.POSITIVE_INFINITY
  found.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
  const without = base.kind === 'leads' ? null : base.kind
  yield { kind: 'result', value: { seed: scenario.seed, replications, lead, without, levers: found } }
}

interface Change {
  readonly lever: Lever
  readonly label: string
  readonly asks: readonly string[]
  readonly changed: Workflow
}

/** Staff one up and one down, every step of people done by a machine, every step left out; what can not be simulated is not offered. */
function leversOf(workflow: Workflow, scenario: Scenario): readonly Change[] {
  const { future } = workflow
  const changes: Change[] = []
  const offer = (lever: Lever, label: string, commands: readonly Command[]): void => {
    const command: Command = { kind: 'together', commands }
    const { workflow: changed, refused } = apply(workflow, command)
    if (refused !== null || obstacles(changed.future, changed.scenario).length > 0) return
    const asks = guarded(workflow, { label, command, asks: [] })?.asks ?? [
      'Not to be done: a person judges here what can hurt a patient.',
    ]
    changes.push({ lever, label, asks, changed })
  }
  for (const lane of future.lanes.values()) {
    const onFuture = scenarioOn(workflow, 'future')
    const { count, calendar } = staffingOf(lane, onFuture)
    if (count === null || ![...future.nodes.values()].some((node) => node.lane === lane.id && needsStaff(node))) continue
    const name = lane.label || lane.id
    for (const by of [1, -1] as const) {
      if (count + by < 1) continue
      const before = onFuture?.staff.get(lane.id)
      const staffing: Staffing = { count: count + by, calendar, offShift: before?.offShift ?? 'finish' }
      const staff = new Map(scenario.staff).set(lane.id, staffing)
      const command: Command = { kind: 'set-scenario', scenario: { ...scenario, staff } }
      offer({ kind: 'staff', lane: lane.id, by }, by === 1 ? `One more ${name}` : `One fewer ${name}`, [command])
    }
  }
  for (const node of future.nodes.values()) {
    if (node.type !== 'step') continue
    if (needsStaff(node)) {
      const facts = { medium: 'interface', service: null, wait: null, batch: null, clicks: null, keys: null } as const
      const command: Command = { kind: 'change-node', side: 'future', id: node.id, facts }
      offer({ kind: 'automate', step: node.id }, `Automate “${node.label}”`, [command])
    }
    const removal: Command = { kind: 'remove-nodes', side: 'future', ids: [node.id], bridge: true }
    offer({ kind: 'remove', step: node.id }, `Do without “${node.label}”`, [removal])
  }
  return changes
}

type Outcome = { readonly kind: 'leads'; readonly leads: readonly number[] } | { readonly kind: NoLead }

/** Mean lead time of each replication of the future map, or why there is none. */
function outcomeOf(workflow: Workflow, beside: readonly Part[]): Outcome {
  const scenario = scenarioOn(workflow, 'future')
  if (scenario === null) return { kind: 'none ended' }
  const model = compileTogether([{ graph: workflow.future, scenario, keys: streamKeys(workflow, 'future') }, ...beside])
  const cases = Math.max(1, Math.round(scenario.cases))
  const horizon = scenario.days === null ? null : scenario.days * 86400
  // A tenth is warm-up enough to compare two maps: both leave out the same cases.
  const skip = scenario.warmup === 'none' || horizon !== null ? 0 : Math.floor(cases / 10)
  const runs = Array.from({ length: replications }, (_, n) =>
    run(model, { seed: seedOf(scenario.seed, n), cases, horizon, skip }),
  )
  const loads = model.byFormula ? loadsByFormula(model, scenario) : loadsCounted(model, runs.slice(0, 3))
  if (loads.some(({ load }) => load >= 1)) return { kind: 'endless' }
  const leads = runs.map(meanLead).filter((lead) => lead !== null)
  return leads.length < runs.length ? { kind: 'none ended' } : { kind: 'leads', leads }
}

function measured(series: readonly number[]): Measured {
  const { mean: middle, low, high } = intervalOf(series)
  return { mean: middle, interval: [low, high], series }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
