/** The shape of a survival rule: what fires in one graph, how bad it is, and which facts it needed. */
import type { Fact, Severity } from '../../finding.ts'
import type { Wording } from '../../rule.ts'
import type { Node } from '../map/workflow.ts'
import type { DataState } from './data-states.ts'
import type { PracticeName } from './practices.ts'
import type { Side } from './side.ts'

/** A map in sketch notation; `before` is the current map for rules that look at both, traced by equal labels. */
export interface SketchCase {
  readonly map: string
  readonly before?: string
  /** Cases per hour, day and night. */
  readonly perHour?: number
  /** What is known of the data each element comes from; see `DataEvidence`. */
  readonly evidence?: Readonly<Record<string, DataState>>
}

/** Members of a step that few rules look at. Every rule counts as looking at all others, except the place on the canvas. */
export const rareMembers = [
  'clicks',
  'keys',
  'screens',
  'output',
  'owner',
  'sla',
  'alerts',
  'protocolShare',
  'minLicence',
  'measuredBy',
  'closes',
  'documents',
  'entryDelay',
  'workaround',
  'place',
] as const satisfies readonly (keyof Node)[]
export const commonMembers = [
  'label',
  'lane',
  'kind',
  'medium',
  'service',
  'wait',
  'reads',
  'writes',
  'batch',
  'external',
  'safety',
  'evidence',
] as const satisfies readonly (keyof Node)[]

/** What can be done about it: a redesign practice, and how it looks here. */
export interface Lever {
  readonly practice: PracticeName
  readonly how: string
}

export interface Metric {
  readonly name: string
  readonly unit: string
  /** What the load of a firing counts, in the same unit: it is told and compared where the metric is 0 on both sides. */
  readonly load?: string
  /** True where the wait for a role is part of it: it tells nothing while nobody says who works there. */
  readonly queues?: true
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
  /** What must have grown too before the burden counts as worse: the hours asked of a role, which stand in for the metric when a queue never ends, or how often work changes hands. */
  readonly load: number | null
  readonly severity: Severity
  /** Minutes per case that are at stake here; null where the metric is no time. */
  readonly minutes: number | null
  readonly facts: readonly Fact[]
  /** The hurt is where it stands, not that it is: when the step goes on elsewhere without it, nothing is gained by that alone. */
  readonly endsQuietly: boolean
  /** Measured, but under the limit of the rule: it only tells what a firing of the other map became or came from. */
  readonly faint: boolean
  /** The step that carries the burden where the subject names others that belong to it; null where all carry it. */
  readonly at: string | null
  /** Set by a rule that looks at both graphs and sees that the problem came from here: the outcome is relocated. */
  readonly cameFrom: { readonly subject: readonly string[]; readonly lane: string | null; readonly metric: number } | null
}

export interface SurvivalRule extends Wording {
  /** Number in the catalogue of the help pages. */
  readonly db: string
  readonly metric: Metric
  /** True where the rule asks about what was not drawn or might go wrong: its findings are questions to the maps, not verdicts on a hurt. */
  readonly question?: true
  /** True for rules that read the other graph, the trace or the data evidence too; they do not describe one graph alone. */
  readonly both: boolean
  /** True where it fires at most once per map and counts all of it: both firings speak of the same, wherever they stand. */
  readonly whole?: true
  /** Which of the rare members of a step it looks at: an edit of any other does not make it look again. */
  readonly reads: readonly (typeof rareMembers)[number][]
  readonly levers: readonly Lever[]
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
  endsQuietly: false,
  faint: false,
  at: null,
  cameFrom: null,
}

/** Written out member by member: maps of hundreds of steps make thousands of these, and merging objects is slow. */
export function firing(facts: Partial<Firing>): Firing {
  return {
    subject: facts.subject ?? blank.subject,
    lane: facts.lane ?? null,
    fires: facts.fires ?? true,
    missing: facts.missing ?? blank.missing,
    metric: facts.metric ?? 0,
    series: facts.series ?? null,
    load: facts.load ?? null,
    severity: facts.severity ?? blank.severity,
    minutes: facts.minutes ?? null,
    facts: facts.facts ?? blank.facts,
    endsQuietly: facts.endsQuietly ?? false,
    faint: facts.faint ?? false,
    at: facts.at ?? null,
    cameFrom: facts.cameFrom ?? null,
  }
}

/** The rule can not tell at these steps; each sentence names one absent fact. */
export function untold(subject: readonly string[], missing: readonly string[], lane: string | null = null): Firing {
  return { ...blank, subject, missing, lane, fires: false, severity: 'info' }
}
