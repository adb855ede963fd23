/** Did the problem survive? Matches what fires today with what fires tomorrow and names the outcome, in the order of judgement. */
import { compareText, type EvidenceLevel, type Fact, type Severity } from '../finding.ts'
import { isUntouched, looksAgain, type Past, settled } from './past.ts'
import type { Side, Sides } from './rules/side.ts'
import type { Firing, SurvivalRule } from './rules/survival-rule.ts'
import { type Difference, pairedDifference } from './simulation/student.ts'
import { classOf, factLevels, type Medium } from './workflow.ts'

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

/** What a rule said: where it fires on both sides, and what became of each place. */
export interface Judged {
  readonly now: readonly Told[]
  readonly next: readonly Told[]
  readonly survivals: readonly Survival[]
  /** What became of each firing of today that fires in the future too, and of each that is new. */
  readonly pairs: ReadonlyMap<Told, Paired>
}

interface Paired {
  readonly partner: Told | null
  readonly survival: Survival
}

/** With what the rule said before an edit, only that is judged again which the edit can change; the answer is the same. */
export function judge(rule: SurvivalRule, { current, future }: Sides, past: Past | null): Judged {
  const before = past?.judged.get(rule) ?? null
  const now = before && past && !looksAgain(rule, 'current', past) ? before.now : settled(told(rule, current), before?.now)
  const next = before && past && !looksAgain(rule, 'future', past) ? before.next : settled(told(rule, future), before?.next)
  if (before && past?.sameGround && before.now === now && before.next === next) return before
  return { now, next, ...survivalsOf(rule, now, next, { current, future }, past) }
}

/** Only what an edit leaves as it was is taken over: the same firing on the same steps, with the same partner. */
function survivalsOf(
  rule: SurvivalRule,
  now: readonly Told[],
  next: readonly Told[],
  { current, future }: Sides,
  past: Past | null,
): Pick<Judged, 'survivals' | 'pairs'> {
  const known = past?.sameTrace ? past.judged.get(rule)?.pairs : undefined
  const pairs = new Map<Told, Paired>()
  const settle = (
    firing: Told,
    partner: Told | null,
    before: readonly string[],
    after: readonly string[],
    say: () => Survival,
  ): Survival => {
    const earlier = known?.get(firing)
    const holds =
      past !== null && earlier?.partner === partner && isUntouched(past, 'current', before) && isUntouched(past, 'future', after)
    const survival = holds ? earlier.survival : say()
    pairs.set(firing, { partner, survival })
    return survival
  }
  const fired = now.filter((firing) => firing.fires && !firing.faint)
  const ahead = next.filter((firing) => firing.fires && !firing.faint)
  const matched = match(rule, fired, ahead, current)
  const below = match(
    rule,
    fired.filter((firing) => !matched.has(firing)),
    next.filter((firing) => firing.faint),
    current,
  )
  const used = new Set(matched.values())
  const worst = [...ahead].sort((a, b) => b.metric - a.metric || bySubject(a, b))
  const found: Survival[] = []
  for (const firing of fired) {
    const partner = matched.get(firing) ?? null
    if (partner !== null) {
      const reach = partner.subject.concat(current.trace.of(firing.subject))
      found.push(settle(firing, partner, firing.subject, reach, () => lived(rule, current, future, firing, partner, next)))
      continue
    }
    const missing = missingFor(firing, null, next, current)
    const moved = missing.length > 0 ? null : relocation(firing, worst, used, current, future)
    const fainter = below.get(firing)
    if (moved === null && fainter !== undefined) {
      found.push(sank(rule, current, future, firing, fainter, next))
      continue
    }
    if (firing.endsQuietly && missing.length === 0 && current.trace.of(firing.subject).length > 0) continue
    if (moved) used.add(moved)
    const gone = moved ? 'relocated' : 'eliminated'
    found.push(outcome(rule, current, future, missing.length > 0 ? 'unjudged' : gone, firing, moved, { missing }))
  }
  const fresh = ahead.filter((firing) => !used.has(firing))
  const rose = new Map(
    [
      ...match(
        rule,
        now.filter((firing) => firing.faint),
        fresh,
        current,
      ),
    ].map(([before, after]) => [after, before]),
  )
  for (const firing of fresh) {
    const fainter = rose.get(firing)
    if (fainter !== undefined) {
      const survival = grown(rule, current, future, fainter, firing)
      if (survival) found.push(survival)
      continue
    }
    const before = future.trace.back(firing.subject)
    found.push(
      settle(firing, null, before, firing.subject, () => appeared(rule, current, future, firing, unknownAt(now, before))),
    )
  }
  found.push(...untold(rule, current, future, now, next))
  return { survivals: found, pairs }
}

/** What fires in both maps. */
function lived(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told, next: readonly Told[]): Survival {
  const missing = missingFor(firing, partner, next, current)
  return missing.length > 0
    ? outcome(rule, current, future, 'unjudged', firing, partner, { missing })
    : compareFirings(rule, current, future, firing, partner)
}

/** It fires today, and tomorrow it is under the limit: gone only where it is clearly less, and not by a hair. */
function sank(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told, next: readonly Told[]): Survival {
  const survival = lived(rule, current, future, firing, partner, next)
  if (survival.outcome !== 'reduced') return survival
  return { ...survival, outcome: 'eliminated', severity: 'info', underLimit: true }
}

/** Under the limit today, above it tomorrow: worse where the numbers grew, and nothing where they did not. */
function grown(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told): Survival | null {
  const survival = compareFirings(rule, current, future, firing, partner)
  if (survival.outcome !== 'worsened') return null
  return firing.metric === 0 ? outcome(rule, current, future, 'introduced', null, partner, {}) : survival
}

/** What fires in the future and matches nothing of today; a rule over both graphs may have seen where it came from. */
function appeared(rule: SurvivalRule, current: Side, future: Side, firing: Told, unknown: readonly string[]): Survival {
  const missing = [...firing.missing, ...(firing.lane === null ? [] : unknown)]
  if (missing.length > 0) return outcome(rule, current, future, 'unjudged', null, firing, { missing })
  if (firing.cameFrom === null) return outcome(rule, current, future, 'introduced', null, firing, {})
  const { subject, lane, metric } = firing.cameFrom
  const origin: Told = { ...firing, subject, lane, metric, series: null, load: null, minutes: null, facts: [], cameFrom: null }
  return outcome(rule, current, future, 'relocated', origin, firing, {})
}

/** Facts that the rule needed at these steps of today: what nobody can tell of today is not new tomorrow. */
function unknownAt(now: readonly Told[], steps: readonly string[]): readonly string[] {
  const open = now.filter((firing) => !firing.fires && firing.subject.some((id) => steps.includes(id)))
  return [...new Set(open.flatMap(({ missing }) => missing))]
}

/** A firing whose facts say which map they are about. */
export interface Told extends Firing {
  readonly facts: Survival['facts']
}

function told(rule: SurvivalRule, side: Side): readonly Told[] {
  const { name } = side
  const found: Told[] = []
  for (const firing of rule.find(side)) {
    const facts = firing.facts.map((fact) => sided(fact, name))
    const { subject, lane, fires, missing, metric, series, load, severity, minutes, endsQuietly, faint, at, cameFrom } = firing
    found.push({
      subject,
      lane,
      fires,
      missing,
      metric,
      series,
      load,
      severity,
      minutes,
      facts,
      endsQuietly,
      faint,
      at,
      cameFrom,
    })
  }
  return found
}

/** Written out member by member: a map of hundreds of steps has thousands of facts, and merging objects is slow. */
function sided(fact: Fact, side: Side['name']): Told['facts'][number] {
  const { name, value, unit, level, source } = fact
  if (unit === undefined || level === undefined) return { ...fact, side }
  return source === undefined ? { name, value, unit, level, side } : { name, value, unit, level, source, side }
}

/** Jaccard over T(S) and S′; best pairs first, ties by id; each future firing is used once. */
function match(rule: SurvivalRule, before: readonly Told[], ahead: readonly Told[], current: Side): ReadonlyMap<Told, Told> {
  const matched = new Map<Told, Told>()
  const [first, second] = [before[0], ahead[0]]
  if (rule.whole && first && second) return matched.set(first, second)
  if (before.length === 0 || ahead.length === 0) return matched
  const byStep = new Map<string, Told[]>()
  for (const firing of ahead)
    for (const id of firing.subject) {
      const list = byStep.get(id)
      if (list) list.push(firing)
      else byStep.set(id, [firing])
    }
  const pairs: { a: Told; b: Told; score: number }[] = []
  for (const a of before) {
    const reach = current.trace.of(a.subject)
    const shared = new Map<Told, number>()
    for (const id of reach) for (const b of byStep.get(id) ?? []) shared.set(b, (shared.get(b) ?? 0) + 1)
    for (const [b, n] of shared) pairs.push({ a, b, score: n / (reach.length + b.subject.length - n) })
  }
  pairs.sort((x, y) => y.score - x.score || bySubject(x.b, y.b) || bySubject(x.a, y.a))
  const taken = new Set<Told>()
  for (const { a, b } of pairs) {
    if (matched.has(a) || taken.has(b)) continue
    matched.set(a, b)
    taken.add(b)
  }
  return matched
}

function bySubject(a: Told, b: Told): number {
  const n = Math.min(a.subject.length, b.subject.length)
  for (let i = 0; i < n; i++) {
    const order = compareText(a.subject[i] ?? '', b.subject[i] ?? '')
    if (order !== 0) return order
  }
  return a.subject.length - b.subject.length
}

/** Outcome 1: absent facts on either side, or steps with neither link nor fate. */
function missingFor(firing: Told, partner: Told | null, next: readonly Told[], current: Side): readonly string[] {
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
function relocation(firing: Told, worst: readonly Told[], used: ReadonlySet<Told>, current: Side, future: Side): Told | null {
  const least = 1 - future.policy.reduced.value
  const traced = current.trace.of(firing.subject)
  const lanes = new Set(traced.map((id) => future.view.graph.nodes.get(id)?.lane))
  const here = traced.flatMap((id) => future.view.indexOf.get(id) ?? [])
  for (const other of worst) {
    if (!(other.metric >= least * firing.metric)) break
    if (used.has(other)) continue
    const nodes = other.subject.flatMap((id) => future.view.graph.nodes.get(id) ?? [])
    if (nodes.length === 0 || nodes.every((node) => lanes.has(node.lane))) continue
    const there = other.subject.flatMap((id) => future.view.indexOf.get(id) ?? [])
    if (there.some((b) => here.some((a) => future.view.reaches(a, b) || future.view.reaches(b, a)))) return other
  }
  return null
}

function compareFirings(rule: SurvivalRule, current: Side, future: Side, a: Told, b: Told): Survival {
  if (isCarriedOver(a, b, current, future)) return outcome(rule, current, future, 'relocated', a, b, {})
  const endless = !Number.isFinite(a.metric) || !Number.isFinite(b.metric)
  const before = endless ? (a.load ?? a.metric) : a.metric
  const after = endless ? (b.load ?? b.metric) : b.metric
  const difference = !endless && a.series && b.series ? pairedDifference(a.series, b.series) : null
  const sure = difference === null || difference.low > 0 || difference.high < 0
  const change = before === 0 ? (after === 0 ? 0 : null) : 1 - after / before
  // Of a wait without an end there is no share.
  const shared = change !== null && Number.isFinite(change) && Number.isFinite(before) && Number.isFinite(after)
  const extra = { change: shared ? change : null, difference, endless }
  const grew = before === 0 ? after > 0 : after > (1 + future.policy.worsened.value) * before
  if (grew && sure && !asksForMore(a, b, future)) {
    const note =
      a.lane === null
        ? 'Work changes hands no more often than today.'
        : 'The role is not asked for more work than today; cases only come to it at other times.'
    return outcome(rule, current, future, 'kept', a, b, { ...extra, note })
  }
  if (grew && sure) return outcome(rule, current, future, 'worsened', a, b, extra)
  if (before > 0 && after === 0 && sure) return outcome(rule, current, future, 'eliminated', a, b, extra)
  const shrank = before > 0 && 1 - after / before >= future.policy.reduced.value
  if (shrank && sure) return outcome(rule, current, future, 'reduced', a, b, extra)
  const note = (grew || shrank) && !sure ? 'Run more replications: the difference is not certain yet.' : null
  return outcome(rule, current, future, movedToScreen(a, b, current, future) ? 'digitized' : 'kept', a, b, { ...extra, note })
}

/** A wait for a role is its own fault only where more work is asked of it; a return is one hand-over more only where there are more. */
function asksForMore(a: Told, b: Told, { policy }: Side): boolean {
  return a.load === null || b.load === null || b.load > a.load * (1 + policy.worsened.value)
}

/** The work itself went to a step of another role, while the step that had it goes on without. */
function isCarriedOver(a: Told, b: Told, current: Side, future: Side): boolean {
  if (a.at === null || b.at === null || b.faint || b.metric < (1 - future.policy.reduced.value) * a.metric) return false
  const heirs = current.trace.of([a.at])
  return !heirs.includes(b.at) && roleAt(current, a.at) !== roleAt(future, b.at)
}

/** By its label: ids are the names of one map. */
function roleAt({ view: { graph } }: Side, id: string): string | null {
  const lane = graph.nodes.get(id)?.lane ?? null
  return lane === null ? null : graph.lanes.get(lane)?.label || lane
}

/** Outcome 6: something physical, and every traced partner of it that still fires is digital now. */
function movedToScreen(a: Told, b: Told, current: Side, future: Side): boolean {
  const physical = a.subject.filter((id) => classAt(current, id) === 'physical')
  const still = new Set(b.subject)
  const partners = current.trace.of(physical).filter((id) => still.has(id))
  return partners.length > 0 && partners.every((id) => becameDigital(mediaBehind(current, physical, id), mediumAt(future, id)))
}

/** Media of those of these steps that became the future step: what a neighbour changed to says nothing about it. */
function mediaBehind(current: Side, ids: readonly string[], id: string): readonly Medium[] {
  const behind = new Set(current.trace.back([id]))
  return ids.flatMap((each) => (behind.has(each) ? (mediumAt(current, each) ?? []) : []))
}

/** A spreadsheet beside the record is no record, yet a log book that became one was digitized; from one spreadsheet to the next nothing was. */
export function becameDigital(before: readonly Medium[], after: Medium | null): boolean {
  if (after === null) return false
  if (classOf(after) === 'screen') return before.some((medium) => classOf(medium) === 'physical')
  return after === 'spreadsheet' && before.some((medium) => classOf(medium) === 'physical' && medium !== 'spreadsheet')
}

function mediumAt(side: Side, id: string): Medium | null {
  return side.view.graph.nodes.get(id)?.medium ?? null
}

function classAt(side: Side, id: string): ReturnType<typeof classOf> | null {
  const medium = mediumAt(side, id)
  return medium === null ? null : classOf(medium)
}

/** Places where the rule could not tell, on steps that no firing covers: one finding with every absent fact of both maps named. */
function untold(
  rule: SurvivalRule,
  current: Side,
  future: Side,
  now: readonly Told[],
  next: readonly Told[],
): readonly Survival[] {
  const [a, b] = [together(now), together(next)]
  if (a === null && b === null) return []
  const missing = [...new Set([...(a?.missing ?? []), ...(b?.missing ?? [])])]
  return [outcome(rule, current, future, 'unjudged', a, b, { missing })]
}

function together(list: readonly Told[]): Told | null {
  const open = list.filter((firing) => !firing.fires)
  const [first] = open
  if (!first) return null
  const subject = [...new Set(open.flatMap((firing) => firing.subject))].sort(compareText)
  const missing = [...new Set(open.flatMap((firing) => firing.missing))]
  return { ...first, subject, missing, lane: open.length === 1 ? first.lane : null }
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
  a: Told | null,
  b: Told | null,
  more: More,
): Survival {
  const now = a?.subject ?? future.trace.back(b?.subject ?? [])
  const next = b !== null && b.subject.length > 0 ? b.subject : current.trace.of(a?.subject ?? [])
  const shown = (firing: Told | null): number | null =>
    firing?.fires && firing.missing.length === 0 && Number.isFinite(firing.metric) ? firing.metric : null
  const difference = more.difference ?? null
  return {
    rule,
    outcome: name,
    severity: severityOf(name, a, b, rule),
    current: now,
    future: next,
    lanes: { current: a?.lane ?? null, future: b?.lane ?? null },
    metric: {
      name: rule.metric.name,
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
