/** Did the problem survive? Matches what fires today with what fires tomorrow and names the outcome, in the order of judgement. */
import { compareText, type EvidenceLevel, type Fact, type Severity } from '../finding.ts'
import { levelOf, type Side } from './rules/side.ts'
import type { Firing, SurvivalRule } from './rules/survival-rule.ts'
import { type Difference, pairedDifference } from './simulation/student.ts'
import { classOf, type Node } from './workflow.ts'

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
  readonly minutes: { readonly current: number | null; readonly future: number | null }
  /** Facts of today first, then of tomorrow. */
  readonly facts: readonly (Fact & { readonly side: 'current' | 'future' })[]
  readonly level: EvidenceLevel
  readonly missing: readonly string[]
  readonly mediumChanged: boolean
  readonly note: string | null
}

export function judge(rule: SurvivalRule, current: Side, future: Side): readonly Survival[] {
  const now = [...rule.find(current)]
  const next = [...rule.find(future)]
  const told = now.filter((firing) => firing.fires)
  const ahead = next.filter((firing) => firing.fires)
  const matched = match(told, ahead, current)
  const used = new Set(matched.values())
  const found: Survival[] = []
  for (const firing of told) {
    const partner = matched.get(firing) ?? null
    const missing = missingFor(firing, partner, next, current)
    if (missing.length > 0) {
      found.push(outcome(rule, current, future, 'unjudged', firing, partner, { missing }))
      continue
    }
    if (partner === null) {
      const moved = relocation(firing, ahead, used, current, future)
      if (moved) used.add(moved)
      found.push(outcome(rule, current, future, moved ? 'relocated' : 'eliminated', firing, moved, {}))
      continue
    }
    found.push(compareFirings(rule, current, future, firing, partner))
  }
  for (const firing of ahead)
    if (!used.has(firing))
      found.push(
        firing.missing.length > 0
          ? outcome(rule, current, future, 'unjudged', null, firing, { missing: firing.missing })
          : outcome(rule, current, future, 'introduced', null, firing, {}),
      )
  found.push(...untold(rule, current, future, now, next))
  return found
}

/** Jaccard over T(S) and S′; best pairs first, ties by id; each future firing is used once. */
function match(told: readonly Firing[], ahead: readonly Firing[], current: Side): ReadonlyMap<Firing, Firing> {
  const pairs: { a: Firing; b: Firing; score: number }[] = []
  const names = new Map([...told, ...ahead].map((firing) => [firing, firing.subject.join(' ')]))
  const order = (a: Firing, b: Firing): number => compareText(names.get(a) ?? '', names.get(b) ?? '')
  for (const a of told) {
    const reach = new Set(current.trace.of(a.subject))
    for (const b of ahead) {
      const shared = b.subject.filter((id) => reach.has(id)).length
      if (shared === 0) continue
      pairs.push({ a, b, score: shared / (reach.size + b.subject.length - shared) })
    }
  }
  pairs.sort((x, y) => y.score - x.score || order(x.b, y.b) || order(x.a, y.a))
  const matched = new Map<Firing, Firing>()
  const taken = new Set<Firing>()
  for (const { a, b } of pairs) {
    if (matched.has(a) || taken.has(b)) continue
    matched.set(a, b)
    taken.add(b)
  }
  return matched
}

/** Outcome 1: absent facts on either side, or steps with neither link nor fate. */
function missingFor(firing: Firing, partner: Firing | null, next: readonly Firing[], current: Side): readonly string[] {
  const missing = [...firing.missing, ...(partner?.missing ?? [])]
  const silent = firing.subject.filter((id) => !current.trace.answers(id))
  const lost = firing.lane === null ? silent.length > 0 : silent.length === firing.subject.length
  if (lost) for (const id of silent) missing.push(`what becomes of “${current.view.graph.nodes.get(id)?.label ?? id}”`)
  if (partner === null) {
    const reach = new Set(current.trace.of(firing.subject))
    for (const other of next) if (!other.fires && other.subject.some((id) => reach.has(id))) missing.push(...other.missing)
  }
  return [...new Set(missing)]
}

/** Outcome 2: gone here, but the same burden appears at another role before or behind. */
function relocation(
  firing: Firing,
  ahead: readonly Firing[],
  used: ReadonlySet<Firing>,
  current: Side,
  future: Side,
): Firing | null {
  const least = 1 - future.policy.reduced.value
  const traced = current.trace.of(firing.subject)
  const lanes = new Set(traced.map((id) => future.view.graph.nodes.get(id)?.lane))
  const here = traced.flatMap((id) => future.view.indexOf.get(id) ?? [])
  for (const other of [...ahead].sort((a, b) => b.metric - a.metric || compareText(a.subject.join(' '), b.subject.join(' ')))) {
    if (used.has(other) || !(other.metric >= least * firing.metric)) continue
    const nodes = other.subject.flatMap((id) => future.view.graph.nodes.get(id) ?? [])
    if (nodes.length === 0 || nodes.every((node) => lanes.has(node.lane))) continue
    const there = other.subject.flatMap((id) => future.view.indexOf.get(id) ?? [])
    if (there.some((b) => here.some((a) => future.view.reaches(a, b) || future.view.reaches(b, a)))) return other
  }
  return null
}

function compareFirings(rule: SurvivalRule, current: Side, future: Side, a: Firing, b: Firing): Survival {
  const endless = !Number.isFinite(a.metric) || !Number.isFinite(b.metric)
  const before = endless ? (a.load ?? a.metric) : a.metric
  const after = endless ? (b.load ?? b.metric) : b.metric
  const difference = !endless && a.series && b.series ? pairedDifference(a.series, b.series) : null
  const sure = difference === null || difference.low > 0 || difference.high < 0
  const extra = { change: before === 0 ? (after === 0 ? 0 : null) : 1 - after / before, difference, endless }
  const grew = before === 0 ? after > 0 : after > (1 + future.policy.worsened.value) * before
  if (grew && sure) return outcome(rule, current, future, 'worsened', a, b, extra)
  const shrank = before > 0 && 1 - after / before >= future.policy.reduced.value
  if (shrank && sure) return outcome(rule, current, future, 'reduced', a, b, extra)
  const note = (grew || shrank) && !sure ? 'Run more replications: the difference is not certain yet.' : null
  return outcome(rule, current, future, movedToScreen(a, b, current, future) ? 'digitized' : 'kept', a, b, { ...extra, note })
}

/** Outcome 6: something physical, and every traced partner of it that still fires is on a screen. */
function movedToScreen(a: Firing, b: Firing, current: Side, future: Side): boolean {
  const physical = a.subject.filter((id) => classAt(current, id) === 'physical')
  const still = new Set(b.subject)
  const partners = current.trace.of(physical).filter((id) => still.has(id))
  return physical.length > 0 && partners.length > 0 && partners.every((id) => classAt(future, id) === 'screen')
}

function classAt(side: Side, id: string): ReturnType<typeof classOf> | null {
  const medium = side.view.graph.nodes.get(id)?.medium ?? null
  return medium === null ? null : classOf(medium)
}

/** Places where the rule could not tell, on steps that no firing covers: one finding per side with every absent fact named. */
function untold(
  rule: SurvivalRule,
  current: Side,
  future: Side,
  now: readonly Firing[],
  next: readonly Firing[],
): readonly Survival[] {
  const found: Survival[] = []
  for (const [side, list] of [['current', now] as const, ['future', next] as const]) {
    const open = list.filter((firing) => !firing.fires)
    if (open.length === 0) continue
    const subject = [...new Set(open.flatMap((firing) => firing.subject))].sort(compareText)
    const missing = [...new Set(open.flatMap((firing) => firing.missing))]
    const whole: Firing = { ...(open[0] as Firing), subject, missing, lane: open.length === 1 ? (open[0]?.lane ?? null) : null }
    found.push(
      outcome(rule, current, future, 'unjudged', side === 'current' ? whole : null, side === 'future' ? whole : null, {
        missing,
      }),
    )
  }
  return found
}

interface More {
  readonly missing?: readonly string[]
  readonly change?: number | null
  readonly difference?: Difference | null
  readonly endless?: boolean
  readonly note?: string | null
}

function outcome(
  rule: SurvivalRule,
  current: Side,
  future: Side,
  name: Outcome,
  a: Firing | null,
  b: Firing | null,
  more: More,
): Survival {
  const now = a?.subject ?? future.trace.back(b?.subject ?? [])
  const next = b?.subject ?? current.trace.of(a?.subject ?? [])
  const shown = (firing: Firing | null): number | null =>
    firing?.fires && firing.missing.length === 0 && Number.isFinite(firing.metric) ? firing.metric : null
  const nodes: Node[] = [
    ...(a ? now.flatMap((id) => current.view.graph.nodes.get(id) ?? []) : []),
    ...(b ? next.flatMap((id) => future.view.graph.nodes.get(id) ?? []) : []),
  ]
  const classes = (side: Side, ids: readonly string[]): string =>
    [...new Set(ids.map((id) => classAt(side, id)))].sort().join(' ')
  const difference = more.difference ?? null
  return {
    rule,
    outcome: name,
    severity: severityOf(name, a, b, rule),
    current: now,
    future: next,
    lanes: { current: a?.lane ?? null, future: b?.lane ?? null },
    metric: {
      ...rule.metric,
      current: shown(a),
      future: name === 'eliminated' ? 0 : shown(b),
      change: name === 'eliminated' ? 1 : (more.change ?? null),
      interval: difference ? [difference.low, difference.high] : null,
    },
    loads: loadsOf(a, b),
    minutes: { current: a?.minutes ?? null, future: name === 'eliminated' ? 0 : (b?.minutes ?? null) },
    facts: [
      ...(a?.facts ?? []).map((fact) => ({ ...fact, side: 'current' as const })),
      ...(b?.facts ?? []).map((fact) => ({ ...fact, side: 'future' as const })),
    ],
    level: levelOf(nodes),
    missing: more.missing ?? [],
    mediumChanged: a !== null && b !== null && classes(current, now) !== classes(future, next),
    note: more.endless
      ? 'The queue never ends on at least one side: the load is compared instead of the wait.'
      : (more.note ?? null),
  }
}

function loadsOf(a: Firing | null, b: Firing | null): Survival['loads'] {
  const loads = { current: a?.load ?? null, future: b?.load ?? null }
  const told = loads.current !== null || loads.future !== null
  return told && (isEndless(a) || isEndless(b)) ? loads : null
}

/** The role is asked for all its hours or more: the wait only grows. */
function isEndless(firing: Firing | null): boolean {
  return firing?.fires === true && firing.missing.length === 0 && !Number.isFinite(firing.metric)
}

/**
 * What is gone is good news, what shrank is at most a warning; a place nobody could judge counts as unknown, not as fine.
 * A queue that still never ends has not shrunk for anybody in it, however much the load fell.
 */
function severityOf(name: Outcome, a: Firing | null, b: Firing | null, rule: SurvivalRule): Severity {
  if (name === 'eliminated') return 'info'
  if (name === 'unjudged') return a?.fires ? a.severity : b?.fires ? b.severity : 'info'
  const own = b?.severity ?? a?.severity ?? rule.severity
  return name === 'reduced' && !isEndless(b) && (own === 'critical' || own === 'error') ? 'warning' : own
}
