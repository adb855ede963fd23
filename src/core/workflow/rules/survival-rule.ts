/** The shape of a survival rule: what fires in one graph, how bad it is, and which facts it needed. */
import type { Fact, Severity } from '../../finding.ts'
import type { Example, Wording } from '../../rule.ts'
import type { Side } from './side.ts'

/** A map in sketch notation; `before` is the current map for rules that look at both, traced by equal labels. */
export interface SketchCase {
  readonly map: string
  readonly before?: string
  /** Cases per hour, day and night. */
  readonly perHour?: number
}

export interface Metric {
  readonly name: string
  readonly unit: string
}

/** One place where a rule fires, or can not tell. */
export interface Firing {
  /** Step ids in id order; for a rule about a role, the steps of the role. */
  readonly subject: readonly string[]
  /** Set when the rule is about the role as a whole. */
  readonly lane: string | null
  /** False: a needed fact is absent, so nobody can say. */
  readonly fires: boolean
  readonly missing: readonly string[]
  /** Bigger is worse; Infinity where the role never catches up. */
  readonly metric: number
  /** The metric per replication; null where it is no simulated number. */
  readonly series: readonly number[] | null
  /** Stands in for the metric when a queue never ends. */
  readonly load: number | null
  readonly severity: Severity
  /** Minutes per case that are at stake here; null where the metric is no time. */
  readonly minutes: number | null
  readonly facts: readonly Fact[]
}

export interface SurvivalRule extends Wording {
  /** Number in the catalogue of the help pages. */
  readonly db: string
  readonly metric: Metric
  /** True for rules that need the other graph too; they do not describe one graph alone. */
  readonly both: boolean
  readonly examples: { readonly flags: readonly Example<SketchCase>[]; readonly passes: readonly Example<SketchCase>[] }
  find(side: Side): Iterable<Firing>
}

const blank: Firing = {
  subject: [],
  lane: null,
  fires: true,
  missing: [],
  metric: 0,
  series: null,
  load: null,
  severity: 'error',
  minutes: null,
  facts: [],
}

export function firing(facts: Partial<Firing>): Firing {
  return { ...blank, ...facts }
}

/** The rule can not tell at these steps; each sentence names one absent fact. */
export function untold(subject: readonly string[], missing: readonly string[], lane: string | null = null): Firing {
  return { ...blank, subject, missing, lane, fires: false, severity: 'info' }
}
