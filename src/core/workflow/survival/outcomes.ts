/** What became of a hurt: the eight outcomes, and one record of an outcome with the numbers that it rests on. */
import type { EvidenceLevel, Fact, Severity } from '../../finding.ts'
import { classOf, factLevels, type Medium } from '../map/workflow.ts'
import type { Difference } from '../numerics/student.ts'
import type { Side } from '../rules/side.ts'
import type { Firing, SurvivalRule } from '../rules/survival-rule.ts'

export const outcomes = ['digitized', 'kept', 'reduced', 'eliminated', 'relocated', 'worsened', 'introduced', 'unjudged'] as const

export type Outcome = (typeof outcomes)[number]

export interface Survival {
  readonly rule: SurvivalRule
  readonly outcome: Outcome
  readonly severity: Severity
  /** Steps where it fires today, or where the future firing comes from. */
  readonly current: readonly string[]
  readonly future: readonly string[]
  readonly lanes: { readonly current: string | null; readonly future: string | null }
  readonly metric: {
    readonly name: string
    readonly unit: string
    /** Null where it does not fire, can not be told, or never ends. */
    readonly current: number | null
    readonly future: number | null
    /** Δ = 1 − future/current: the share by which it shrank; negative when it grew. */
    readonly change: number | null
    /** 95 % interval of future − current over paired replications. */
    readonly interval: readonly [number, number] | null
  }
  /** Shares of the hours of a role, where its queue never ends on a side and there is no wait to tell; null elsewhere. */
  readonly loads: { readonly current: number | null; readonly future: number | null } | null
  /** Sides on which the wait has no end, so that the metric has no value. */
  readonly endless: { readonly current: boolean; readonly future: boolean }
  readonly minutes: { readonly current: number | null; readonly future: number | null }
  /** Facts of today first, then of tomorrow. */
  readonly facts: readonly (Fact & { readonly side: 'current' | 'future' })[]
  readonly level: EvidenceLevel
  readonly missing: readonly string[]
  readonly mediumChanged: boolean
  /** Something is left, and it is under the limit of the rule. */
  readonly underLimit: boolean
  readonly note: string | null
}

interface More {
  readonly missing?: readonly string[]
  readonly change?: number | null
  readonly difference?: Difference | null
  readonly endless?: boolean
  readonly note?: string | null
}

export function outcome(
  rule: SurvivalRule,
  current: Side,
  future: Side,
  name: Outcome,
  a: Told | null,
  b: Told | null,
  more: More,
): Survival {
  const now = a?.subject ?? future.trace.back(b?.subject ?? [])
  const next = b !== null && b.subject.length > 0 ? b.subject : current.trace.of(a?.subject ?? [])
  const measure = measureOf(rule, a, b)
  const shown = (firing: Told | null): number | null => {
    const value = firing?.fires && firing.missing.length === 0 ? measure.of(firing) : null
    return value !== null && Number.isFinite(value) ? value : null
  }
  const difference = more.difference ?? null
  return {
    rule,
    outcome: name,
    severity: severityOf(name, a, b, rule),
    current: now,
    future: next,
    lanes: { current: a?.lane ?? null, future: b?.lane ?? null },
    metric: {
      name: measure.name,
      unit: rule.metric.unit,
      current: shown(a),
      future: name === 'eliminated' ? 0 : shown(b),
      change: name === 'eliminated' ? 1 : (more.change ?? null),
      interval: difference ? [difference.low, difference.high] : null,
    },
    loads: loadsOf(a, b),
    endless: { current: isEndless(a), future: isEndless(b) },
    minutes: { current: a?.minutes ?? null, future: name === 'eliminated' ? 0 : (b?.minutes ?? null) },
    facts: a === null ? (b?.facts ?? []) : b === null ? a.facts : a.facts.concat(b.facts),
    level: weakest(a ? weakestOf(current, now) : 0, b ? weakestOf(future, next) : 0),
    missing: more.missing ?? [],
    underLimit: false,
    mediumChanged: a !== null && b !== null && classesOf(current, now) !== classesOf(future, next),
    note: more.endless ? 'The queue never ends on at least one side, so that there is no wait to compare.' : (more.note ?? null),
  }
}

/** What both firings are told and compared by: the metric, or where it is 0 on both sides the load that made the rule fire. */
export function measureOf(
  { metric }: SurvivalRule,
  a: Told | null,
  b: Told | null,
): { readonly name: string; of(firing: Told): number } {
  const none = [a, b].every((firing) => firing === null || firing.metric === 0)
  return metric.load !== undefined && none
    ? { name: metric.load, of: (firing) => firing.load ?? firing.metric }
    : { name: metric.name, of: (firing) => firing.metric }
}

/** Index of the weakest evidence level among these steps; a step that says nothing is assumed. */
function weakestOf(side: Side, ids: readonly string[]): number {
  let worst = 0
  for (const id of ids) {
    const node = side.view.graph.nodes.get(id)
    if (node) worst = Math.max(worst, factLevels.indexOf(node.evidence?.level ?? 'assumed'))
    if (worst === factLevels.length - 1) break
  }
  return worst
}

function weakest(a: number, b: number): EvidenceLevel {
  return factLevels[Math.max(a, b)] ?? 'assumed'
}

/** The classes of media of these steps, one bit each; a spreadsheet is a class of its own, since paper that became one has changed. */
function classesOf(side: Side, ids: readonly string[]): number {
  let bits = 0
  for (const id of ids) {
    const medium = mediumAt(side, id)
    const found = medium === null ? null : medium === 'spreadsheet' ? medium : classOf(medium)
    bits |= found === null ? 1 : found === 'physical' ? 2 : found === 'screen' ? 4 : found === 'machine' ? 8 : 16
  }
  return bits
}

function loadsOf(a: Told | null, b: Told | null): Survival['loads'] {
  const loads = { current: a?.load ?? null, future: b?.load ?? null }
  const told = loads.current !== null || loads.future !== null
  return told && (isEndless(a) || isEndless(b)) ? loads : null
}

/** The role is asked for all its hours or more: the wait only grows. */
function isEndless(firing: Told | null): boolean {
  return firing?.fires === true && firing.missing.length === 0 && !Number.isFinite(firing.metric)
}

/**
 * What is gone is good news, what shrank is at most a warning; a place nobody could judge counts as unknown, not as fine.
 * A queue that still never ends has not shrunk for anybody in it, however much the load fell.
 */
function severityOf(name: Outcome, a: Told | null, b: Told | null, rule: SurvivalRule): Severity {
  if (name === 'eliminated') return 'info'
  if (name === 'unjudged') return a?.fires ? a.severity : b?.fires ? b.severity : 'info'
  const own = b?.severity ?? a?.severity ?? rule.severity
  return name === 'reduced' && !isEndless(b) && (own === 'critical' || own === 'error') ? 'warning' : own
}

/** A spreadsheet beside the record is no record, yet a log book that became one was digitized; from one spreadsheet to the next nothing was. */
export function becameDigital(before: readonly Medium[], after: Medium | null): boolean {
  if (after === null) return false
  if (classOf(after) === 'screen') return before.some((medium) => classOf(medium) === 'physical')
  return after === 'spreadsheet' && before.some((medium) => classOf(medium) === 'physical' && medium !== 'spreadsheet')
}

export function mediumAt(side: Side, id: string): Medium | null {
  return side.view.graph.nodes.get(id)?.medium ?? null
}

export function classAt(side: Side, id: string): ReturnType<typeof classOf> | null {
  const medium = mediumAt(side, id)
  return medium === null ? null : classOf(medium)
}

/** A firing whose facts say which map they are about. */
export interface Told extends Firing {
  readonly facts: Survival['facts']
}

/** What a rule said: where it fires on both sides, and what became of each place. */
export interface Judged {
  readonly now: readonly Told[]
  readonly next: readonly Told[]
  readonly survivals: readonly Survival[]
  /** What became of each firing of today that fires in the future too, and of each that is new. */
  readonly pairs: ReadonlyMap<Told, Paired>
}

export interface Paired {
  readonly partner: Told | null
  readonly survival: Survival
}
