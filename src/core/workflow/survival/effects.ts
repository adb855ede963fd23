/** What each traced piece of work costs today and tomorrow: what a redesign gained is said as plainly as what survived it. */
import type { EvidenceLevel } from '../../finding.ts'
import { meanOf } from '../map/distribution.ts'
import type { Medium, Node, Workflow } from '../map/workflow.ts'
import { levelOf, type Side, type Sides } from '../rules/side.ts'
import { isDetour } from '../times/detours.ts'
import { isSettled } from '../trace/trace.ts'
import { type Group, groupsOf } from '../trace/trace-groups.ts'
import {
  type Burden,
  type BurdenName,
  burdenList,
  burdenNames,
  burdenOf,
  type Costs,
  costsOf,
  handoversOf,
  isMachine,
} from './costs.ts'
import { type Felt, feltBy, isFelt, passing, type Way, waitOfPassing, wayOf, whySame } from './felt.ts'
import { becameDigital, type Outcome } from './outcomes.ts'
import { shareText, valueText } from './sentence.ts'

/** `gained`: something good that today has nothing of, such as a check that runs by itself. */
export type EffectOutcome = Exclude<Outcome, 'relocated'> | 'gained'

export interface Effect {
  readonly current: readonly string[]
  readonly future: readonly string[]
  readonly outcome: EffectOutcome
  /** The burden that decides the outcome, first; then every other that changed. */
  readonly burdens: readonly Burden[]
  readonly sentence: string
  readonly level: EvidenceLevel
  /** Minutes of cases per week on each side; null where the deciding burden is no time or nothing arrives. */
  readonly minutesPerWeek: { readonly current: number | null; readonly future: number | null }
  /** Absent facts, where the outcome is unjudged. */
  readonly missing: readonly string[]
}

/** Both maps as a whole, per case. */
export interface Balance {
  readonly burdens: readonly Burden[]
}

export function effectsOf(workflow: Workflow, { current, future }: Sides): readonly Effect[] {
  const found: Effect[] = []
  const groups = groupsOf(workflow)
  for (const group of groups) {
    const effect = group.from.length === 0 ? newWork(group, future) : changed(group, current, future)
    if (effect) found.push(effect)
  }
  return found
}

/** What a map as a whole costs each case. A check by eye is no cost by itself: it is told only where a machine makes it. */
export function balanceOf({ current, future }: Sides): Balance {
  const all = (side: Side): Costs => ({
    ...costsOf(
      side,
      side.view.steps.flatMap((at) => side.view.nodes[at]?.id ?? []),
    ),
    handoffs: handoversOf(side),
  })
  const [before, after] = [all(current), all(future)]
  return {
    burdens: burdenList.filter((name) => name !== 'checks').map((name) => burdenOf(name, before[name], after[name])),
  }
}

interface Change {
  readonly burden: Burden
  readonly way: Way
}

function changed(group: Group, current: Side, future: Side): Effect | null {
  const nodes = nodesOf(current, group.from)
  if (nodes.length === 0) return null
  if (group.to.length === 0 && !group.links.every(isSettled)) return null
  if (isSameWork(group, current, future)) return stillHurts(group, current, future, nodes)
  const [before, after] = [costsOf(current, group.from), costsOf(future, group.to)]
  const { policy } = future
  const [passed, passes] = [passing(current, group.from), passing(future, group.to)]
  const felt = feltBy(Math.max(passed, passes) || 1)
  const changes = new Map(
    burdenList.map((name): [BurdenName, Change] => {
      const burden = burdenOf(name, before[name], after[name])
      return [name, { burden, way: wayOf(burden, policy, felt) }]
    }),
  )
  const longest = Math.max(waitOfPassing(before, passed), waitOfPassing(after, passes))
  const onlyWaits = nodes.every(({ type }) => type === 'wait')
  const waits = longest >= (onlyWaits ? feltBy(1).time : policy['unmeasured-wait.least'].value) - 1e-9
  const order: readonly BurdenName[] = [
    ...(waits ? (['time'] as const) : []),
    ...((before.copies ?? 0) > 0 ? (['copies'] as const) : []),
    'work',
    'touches',
    'exceptions',
    'handoffs',
  ]
  const ways = order.flatMap((name) => changes.get(name) ?? [])
  const [first] = ways
  if (!first) return null
  // Where a wait stands on one side and nobody gave the other, nobody can say what became of it.
  if (first.way === 'unknown' && waits) return unjudged(group, current, future, [...before.missing, ...after.missing])
  if (waits && first.way === 'same') return stays(group, current, future, first.burden, nodes, felt)
  const shown = burdenList.flatMap((name) => {
    const change = changes.get(name)
    return change && isTold(change, group, future) ? [change] : []
  })
  const main = ways.find(isMoved)
  if (main === undefined)
    return sameAsBefore(group, current, future, (ways.find(({ way }) => way === 'same') ?? first).burden, nodes, felt)
  const rest = shown.filter((each) => each !== main).map(({ burden }) => burden)
  if (main.way !== 'worsened') return effectOf(group, current, future, main.way, [main.burden, ...rest])
  return worsened(group, current, future, main, { before, after, rest, felt })
}

type Moved = Change & { readonly way: Exclude<Way, 'same' | 'unknown'> }

function isMoved(change: Change): change is Moved {
  return change.way !== 'same' && change.way !== 'unknown'
}

/** Which changes are worth a word beside the one that decides. */
function isTold(change: Change, group: Group, future: Side): change is Moved {
  const { burden } = change.burden
  if (!isMoved(change)) return false
  return burden !== 'checks' || nodesOf(future, group.to).some((node) => isMachine(node) && node.kind === 'check')
}

/** More work is a fault only where nothing speaks for it: no shorter wait, no other role, no new purpose that somebody gave. */
function worsened(
  group: Group,
  current: Side,
  future: Side,
  { burden }: Change,
  {
    before,
    after,
    rest,
    felt,
  }: { readonly before: Costs; readonly after: Costs; readonly rest: readonly Burden[]; readonly felt: Felt },
): Effect | null {
  if (group.links.some(({ from }) => from.length === 0)) return null
  const saved = before.time !== null && after.time !== null && before.time > after.time
  if (burden.burden === 'work' && saved && isFelt(burdenOf('time', before.time, after.time), felt)) {
    const [was, is] = [before.time + (before.work ?? 0), after.time + (after.work ?? 0)]
    const way = wayOf(burdenOf('time', was, is), future.policy, felt)
    if (way === 'reduced' || way === 'eliminated') {
      const waiting = rest.filter((each) => each.burden === 'time')
      return effectOf(group, current, future, 'reduced', [...waiting, burden, ...rest.filter((each) => each.burden !== 'time')])
    }
    if (way === 'same') return null
  }
  const lanes = new Set(lanesOf(current, group.from))
  // One longer step in the place of several is a trade where it saves as large a share as it costs: no fault, and no gain that decides.
  if (burden.burden === 'work' && group.from.length > group.to.length && rest.some((each) => outweighs(each, burden))) return null
  if (burden.burden !== 'time' && !lanesOf(future, group.to).some((lane) => lanes.has(lane))) return null
  return effectOf(group, current, future, 'worsened', [burden, ...rest])
}

const saves: ReadonlySet<BurdenName> = new Set(['touches', 'copies', 'handoffs'])

function outweighs({ burden, change }: Burden, cost: Burden): boolean {
  return saves.has(burden) && change !== null && cost.change !== null && change >= -cost.change
}

/** By label: ids are the names of one map. */
function lanesOf(side: Side, ids: readonly string[]): readonly string[] {
  return nodesOf(side, ids).map(({ lane }) => (lane === null ? '' : side.view.graph.lanes.get(lane)?.label || lane))
}

/** The very step of today, on no detour: that more or fewer cases come by is no merit and no fault of it. */
function isSameWork({ from, to }: Group, current: Side, future: Side): boolean {
  const [a, b] = [from, to].map(([id = '']) => id)
  const now = current.view.graph.nodes.get(a ?? '')
  const next = future.view.graph.nodes.get(b ?? '')
  if (from.length !== 1 || to.length !== 1 || !now || !next) return false
  const alike = (name: (typeof sameMembers)[number]): boolean =>
    now[name] === next[name] || JSON.stringify(now[name]) === JSON.stringify(next[name])
  return sameMembers.every(alike) && !isDetour(current.view, now.id)
}

const sameMembers = ['lane', 'kind', 'medium', 'service', 'wait', 'batch', 'writes', 'external', 'type'] as const

function stillHurts(group: Group, current: Side, future: Side, nodes: readonly Node[]): Effect | null {
  const spent = costsOf(current, group.from)
  const passed = passing(current, group.from)
  const waits = waitOfPassing(spent, passed) >= future.policy['unmeasured-wait.least'].value - 1e-9
  const name = waits ? 'time' : 'work'
  const value = spent[name]
  if (value === null) return null
  const burden = burdenOf(name, value, value)
  const felt = feltBy(passed || 1)
  return waits ? stays(group, current, future, burden, nodes, felt) : sameAsBefore(group, current, future, burden, nodes, felt)
}

const sheets: ReadonlySet<Medium> = new Set(['paper', 'fax', 'spreadsheet'])

/** Work that stays as long is told where its medium is what the change is about: it went to a screen, or it stays on a sheet. */
function sameAsBefore(
  group: Group,
  current: Side,
  future: Side,
  burden: Burden,
  nodes: readonly Node[],
  felt: Felt,
): Effect | null {
  const effect = stays(group, current, future, burden, nodes, felt)
  const isSheet = ({ medium }: Node): boolean => medium !== null && sheets.has(medium)
  const hurts = nodes.some(({ pains }) => pains.length > 0)
  const left = effect.outcome === 'digitized' && nodes.some(isSheet)
  return left || hurts || nodesOf(future, group.to).some(isSheet) ? effect : null
}

/** The same time as today: on another medium it was digitized, on the same it was kept. */
function stays(group: Group, current: Side, future: Side, burden: Burden, nodes: readonly Node[], felt: Felt): Effect {
  const after = nodesOf(future, group.to)
  const media = nodes.flatMap(({ medium }) => medium ?? [])
  const digital = after.length > 0 && after.every(({ medium }) => becameDigital(media, medium))
  return effectOf(group, current, future, digital ? 'digitized' : 'kept', [burden], whySame(burden, future.policy, felt))
}

function unjudged(group: Group, current: Side, future: Side, missing: readonly string[]): Effect {
  const effect = effectOf(group, current, future, 'unjudged', [])
  const facts = [...new Set(missing)]
  const place = namesOf(current, group.from)
  return {
    ...effect,
    missing: facts,
    sentence: `${place} can not be judged: ${facts.join(', ')} ${facts.length === 1 ? 'is' : 'are'} not known.`,
  }
}

/** A check of safety is gained, and one that no person makes costs nobody a step; other new work is work. */
function newWork(group: Group, future: Side): Effect | null {
  const nodes = nodesOf(future, group.to)
  if (nodes.length === 0) return null
  const checks = nodes.every(({ kind }) => kind === 'check')
  if (checks && nodes.every((node) => isMachine(node))) {
    const effect = effectOf(group, future, future, 'gained', [])
    return { ...effect, sentence: `${namesOf(future, group.to)} checks every case by itself; today nobody does.` }
  }
  if (checks && nodes.every((node) => node.safety && !holdsUp(node, future))) {
    const effect = effectOf(group, future, future, 'gained', [])
    const price = valueText(costsOf(future, group.to).work, burdenNames.work.unit)
    return { ...effect, sentence: `${namesOf(future, group.to)} is a check that today nobody makes. It takes ${price}.` }
  }
  if (!nodes.some((node) => isHurt(node, future))) return null
  const after = costsOf(future, group.to)
  const burden = burdenOf('work', 0, after.work)
  return after.work !== null && after.work >= feltBy(1).work ? effectOf(group, future, future, 'introduced', [burden]) : null
}

/** New work with a purpose is a price; a new approval, copy, sheet, trip, wait or look for news is a burden. */
function isHurt(node: Node, future: Side): boolean {
  const { kind, medium, safety } = node
  if (holdsUp(node, future)) return true
  if (kind === 'check') return !safety
  if (kind === 'approve' || kind === 'transcribe' || kind === 'handoff') return true
  return medium !== null && sheets.has(medium)
}

/** Every case waits for it, and long enough to be felt. */
function holdsUp({ wait }: Node, { policy }: Side): boolean {
  return wait !== null && meanOf(wait) / 60 >= policy['unmeasured-wait.least'].value - 1e-9
}

/** @param instead of the shares: why what differs counts as the same */
function effectOf(
  group: Group,
  current: Side,
  future: Side,
  outcome: EffectOutcome,
  burdens: readonly Burden[],
  instead: string | null = null,
): Effect {
  const [main] = burdens
  const perWeek = current.times.casesPerWeek
  const weekly = (value: number | null | undefined): number | null =>
    value === null || value === undefined || perWeek === null || !Number.isFinite(value) ? null : value * perWeek
  const timely = main !== undefined && (main.burden === 'time' || main.burden === 'work')
  return {
    current: group.from,
    future: group.to,
    outcome,
    burdens,
    sentence: sentenceOf(group, current, future, outcome, burdens, instead),
    level: levelOf([...nodesOf(current, group.from), ...nodesOf(future, group.to)]),
    minutesPerWeek: timely ? { current: weekly(main.before), future: weekly(main.after) } : { current: null, future: null },
    missing: [],
  }
}

function sentenceOf(
  group: Group,
  current: Side,
  future: Side,
  outcome: EffectOutcome,
  burdens: readonly Burden[],
  instead: string | null,
): string {
  const place = group.from.length > 0 ? namesOf(current, group.from) : namesOf(future, group.to)
  const parts = burdens.slice(0, 3).map((burden) => partOf(burden, instead))
  const last =
    outcome === 'digitized'
      ? ' Moved, not removed.'
      : outcome === 'kept'
        ? ' Nothing is gained.'
        : outcome === 'introduced'
          ? ' This work is new.'
          : ''
  return `${place}: ${parts.join('; ')}.${last}`
}

/** @param instead of the share: nothing stays as it was and is 60 % less */
function partOf({ burden, before, after, change }: Burden, instead: string | null): string {
  const { name, unit } = burdenNames[burden]
  const [was, is] = [valueText(before, unit), valueText(after, unit)]
  if (was === is) return `${name} stays at ${was}`
  return `${name}: ${was} today, ${after === 0 ? 'none' : is} in the future workflow${instead ?? (change === 1 ? '' : shareText(change))}`
}

function nodesOf({ view }: Side, ids: readonly string[]): readonly Node[] {
  return ids.flatMap((id) => view.graph.nodes.get(id) ?? [])
}

function namesOf(side: Side, ids: readonly string[]): string {
  const labels = nodesOf(side, ids).map(({ label, id }) => `“${label || id}”`)
  const shown = labels.length > 3 ? [...labels.slice(0, 2), `${labels.length - 2} more`] : labels
  return shown.length <= 1 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
