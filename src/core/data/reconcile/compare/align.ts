/** Which legacy entry became which resource: by key, else by code and time, else by the assignment in which most of what is known agrees; never by position. */
import { assign } from '../../../assignment.ts'
import { compareText } from '../../../finding.ts'
import { noZones, type SideZones } from '../../meaning/compare-times.ts'
import { keyTexts, type LegacyItem, type TargetItem } from '../entries/items.ts'
import { Candidates, mostCompared } from './candidates.ts'
import { bareOf, type Identity, identityOf } from './identity.ts'
import { type Likeness, likenessOf, otherKey } from './likeness.ts'

/** How two entries were recognised as one; `rivals` are others that fit just as well and are not the same. */
export interface AlignedPair {
  readonly from: LegacyItem
  readonly to: TargetItem
  readonly method: 'key' | 'composite' | 'likeness'
  readonly rivals: readonly TargetItem[]
}

export interface Alignment {
  readonly pairs: readonly AlignedPair[]
  readonly lost: readonly LegacyItem[]
  readonly appeared: readonly TargetItem[]
  /** Legacy entries of which only the nearest in time were looked at, because there are too many alike. */
  readonly limited: number
}

const none: readonly never[] = []

/** Aligns the entries of one patient and one table. The result does not depend on the order of either side. */
export function align(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  zones: SideZones = noZones,
  links: LinkAgreement = nothingLinked,
): Alignment {
  const pairs: AlignedPair[] = []
  const keyed = legacy[0]?.table.key === null ? { legacy, target } : joinEqual(legacy, target, keyTexts, 'key', pairs)
  if (keyed.legacy.length === 0 || keyed.target.length === 0)
    return { pairs, lost: keyed.legacy, appeared: keyed.target, limited: 0 }
  const known = new Map<LegacyItem | TargetItem, Identity>()
  const of = (item: LegacyItem | TargetItem): Identity => {
    let identity = known.get(item)
    if (identity === undefined) {
      identity = identityOf(item, zones)
      known.set(item, identity)
    }
    return identity
  }
  const exact = joinEqual(keyed.legacy, keyed.target, (item) => marks(of(item), of(item).when), 'composite', pairs)
  if (exact.legacy.length === 0 || exact.target.length === 0)
    return { pairs, lost: exact.legacy, appeared: exact.target, limited: 0 }
  const likeness = oncePerContent((from, to, alone) =>
    likenessOf(from, of(from), to, of(to), alone, zones, links.agreement(from, to)),
  )
  const alike = joinAlike(exact.legacy, exact.target, of, likeness, pairs)
  if (alike.legacy.length === 0 || alike.target.length === 0)
    return { pairs, lost: alike.legacy, appeared: alike.target, limited: 0 }
  const repeated = new Set([...repeatedCodes(legacy, of), ...repeatedCodes(target, of)])
  const candidates = new Candidates(of)
  const rest = joinByLikeness(alike.legacy, alike.target, of, repeated, likeness, candidates, pairs)
  return { pairs, lost: rest.legacy, appeared: rest.target, limited: candidates.limited.size }
}

interface Sides {
  readonly legacy: LegacyItem[]
  readonly target: TargetItem[]
}

type IdentityOf = (item: LegacyItem | TargetItem) => Identity
type LikenessBy = (from: LegacyItem, to: TargetItem, alone: boolean) => Likeness

/** Entries that say the same are as like another as one of them: a patient may have hundreds that nothing tells apart. */
function oncePerContent(likeness: LikenessBy): LikenessBy {
  const numbers = new Map<string, number>()
  const held = new Map<LegacyItem | TargetItem, number>()
  const numberOf = (item: LegacyItem | TargetItem): number => {
    const known = held.get(item)
    if (known !== undefined) return known
    const content = wholeOf(item)
    const number = numbers.get(content) ?? numbers.size
    numbers.set(content, number)
    held.set(item, number)
    return number
  }
  const found = new Map<string, Likeness>()
  return (from, to, alone) => {
    const pair = `${numberOf(from)} ${numberOf(to)} ${alone}`
    const known = found.get(pair) ?? likeness(from, to, alone)
    found.set(pair, known)
    return known
  }
}

/** All that two entries are compared by. */
function wholeOf(item: LegacyItem | TargetItem): string {
  return JSON.stringify('values' in item ? ['t', item.values, item.links] : ['l', item.raw, item.carried, item.links])
}

/** How many links of the two lead to the same record, less those that do not. */
interface LinkAgreement {
  agreement(from: LegacyItem, to: TargetItem): number
}

const nothingLinked: LinkAgreement = { agreement: () => 0 }

/** Code and time together; nothing where one of them is unknown. */
function marks({ tokens }: Identity, when: string): readonly string[] {
  return when === '' ? none : tokens.map((token) => `${token}\n${when}`)
}

/** Joins where exactly one entry on each side carries the text. */
function joinEqual(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  textsOf: (item: LegacyItem | TargetItem) => readonly string[],
  method: AlignedPair['method'],
  pairs: AlignedPair[],
): Sides {
  if (legacy.length === 0 || target.length === 0) return { legacy: [...legacy], target: [...target] }
  const [first, second] = legacy
  const [to, another] = target
  // Most tables hold one entry of a patient, and one needs no index.
  if (first && to && second === undefined && another === undefined) {
    const found = textsOf(to)
    if (!textsOf(first).some((text) => found.includes(text)) || otherKey(first, to)) return { legacy: [first], target: [to] }
    pairs.push({ from: first, to, method, rivals: none })
    return { legacy: [], target: [] }
  }
  const right = new Map<string, TargetItem | null>()
  for (const item of target) for (const text of distinct(textsOf(item))) right.set(text, right.has(text) ? null : item)
  const left = new Map<string, LegacyItem | null>()
  for (const item of legacy) for (const text of distinct(textsOf(item))) left.set(text, left.has(text) ? null : item)
  // Where the texts of one lead to several of the other side, no text decides.
  const forward = new Map<LegacyItem, TargetItem | null>()
  const back = new Map<TargetItem, LegacyItem | null>()
  for (const [text, item] of left) {
    const other = right.get(text)
    if (!item || !other || otherKey(item, other)) continue
    forward.set(item, (forward.get(item) ?? other) === other && forward.get(item) !== null ? other : null)
    back.set(other, (back.get(other) ?? item) === item && back.get(other) !== null ? item : null)
  }
  const joined = new Set<LegacyItem | TargetItem>()
  for (const [item, other] of forward) {
    if (other === null || back.get(other) !== item) continue
    joined.add(item).add(other)
    pairs.push({ from: item, to: other, method, rivals: none })
  }
  return { legacy: legacy.filter((item) => !joined.has(item)), target: target.filter((item) => !joined.has(item)) }
}

function distinct(texts: readonly string[]): Iterable<string> {
  return texts.length < 2 ? texts : new Set(texts)
}

/** Entries that nothing tells apart: where all of one code and time are alike on each side, and one is like the other, they pair by their number. */
function joinAlike(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  of: IdentityOf,
  likenessBy: LikenessBy,
  pairs: AlignedPair[],
): Sides {
  const [left, right] = [new AlikeEntries(legacy, of), new AlikeEntries(target, of)]
  const joined = new Set<LegacyItem | TargetItem>()
  const back = new Map<readonly TargetItem[], readonly LegacyItem[] | null>()
  const forward = new Map<readonly LegacyItem[], readonly TargetItem[] | null>()
  for (const [text, items] of left.byText) {
    const others = right.byText.get(text)
    if (!items || !others || items.length + others.length === 2) continue
    forward.set(items, (forward.get(items) ?? others) === others && forward.get(items) !== null ? others : null)
    back.set(others, (back.get(others) ?? items) === items && back.get(others) !== null ? items : null)
  }
  for (const [items, others] of forward) {
    if (others === null || back.get(others) !== items) continue
    const [from, to] = [byContent(items), byContent(others)]
    // Entries without code and time share both, and may still say quite different things.
    if (likenessBy(from[0] as LegacyItem, to[0] as TargetItem, false).score <= 0) continue
    for (let i = 0; i < Math.min(from.length, to.length); i++) {
      const [one, other] = [from[i] as LegacyItem, to[i] as TargetItem]
      if (otherKey(one, other)) continue
      joined.add(one).add(other)
      pairs.push({ from: one, to: other, method: 'composite', rivals: none })
    }
  }
  return { legacy: legacy.filter((item) => !joined.has(item)), target: target.filter((item) => !joined.has(item)) }
}

/** Entries of a side that say the same, by code and time; null where the entries of one code and time do not all say the same. */
class AlikeEntries<Item extends LegacyItem | TargetItem> {
  readonly byText = new Map<string, Item[] | null>()

  constructor(items: readonly Item[], of: IdentityOf) {
    const byContent = new Map<string, Item[]>()
    for (const item of items) push(byContent, wholeOf(item), item)
    for (const alike of byContent.values()) {
      const [first] = alike
      if (first === undefined) continue
      const identity = of(first)
      for (const code of codesOf(identity)) {
        const text = `${code}\n${identity.when}`
        this.byText.set(text, this.byText.has(text) ? null : alike)
      }
    }
  }
}

interface Edge extends Likeness {
  readonly from: LegacyItem
  readonly to: TargetItem
}

/** Entries that share a code first, then those that only share their time, so that a changed code is not taken for a loss. */
function joinByLikeness(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  of: IdentityOf,
  repeated: ReadonlySet<string>,
  likenessBy: LikenessBy,
  candidates: Candidates,
  pairs: AlignedPair[],
): Sides {
  const coded = joinEdges(legacy, target, edgesByCode(legacy, target, of, repeated, likenessBy, candidates), pairs)
  return joinEdges(coded.legacy, coded.target, edgesByTime(coded.legacy, coded.target, of, likenessBy, candidates), pairs)
}

/** Codes that a side holds more than once: there a far date is more likely another entry than a changed one. */
function repeatedCodes(items: readonly (LegacyItem | TargetItem)[], of: IdentityOf): Iterable<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const item of items) for (const code of codesOf(of(item))) (seen.has(code) ? twice : seen).add(code)
  return twice
}

function edgesByCode(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  of: IdentityOf,
  repeated: ReadonlySet<string>,
  likenessBy: LikenessBy,
  candidates: Candidates,
): Edge[] {
  const right = new Map<string, TargetItem[]>()
  for (const item of target) for (const code of codesOf(of(item))) push(right, code, item)
  const left = new Map<string, LegacyItem[]>()
  for (const item of legacy) for (const code of codesOf(of(item))) push(left, code, item)
  const edges: Edge[] = []
  const met = new Map<LegacyItem, Set<TargetItem>>()
  for (const [code, items] of left) {
    const others = right.get(code)
    if (others === undefined) continue
    const alone = !repeated.has(code)
    for (const [from, to] of candidates.of(items, others)) {
      const seen = met.get(from) ?? new Set()
      if (seen.has(to)) continue
      met.set(from, seen.add(to))
      const likeness = likenessBy(from, to, alone)
      if (likeness.score > 0) edges.push({ ...likeness, from, to })
    }
  }
  return edges
}

function edgesByTime(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  of: IdentityOf,
  likenessBy: LikenessBy,
  candidates: Candidates,
): Edge[] {
  if (legacy.length === 0 || target.length === 0) return []
  const dayOf = (item: LegacyItem | TargetItem): string => of(item).day || of(item).when
  const right = new Map<string, TargetItem[]>()
  for (const item of target) push(right, dayOf(item), item)
  const left = new Map<string, LegacyItem[]>()
  for (const item of legacy) push(left, dayOf(item), item)
  const edges: Edge[] = []
  for (const [day, items] of left) {
    const near = day === '' ? none : (right.get(day) ?? none)
    for (const [from, to] of candidates.of(items, near)) {
      const likeness = likenessBy(from, to, false)
      if (likeness.score > 0) edges.push({ ...likeness, from, to })
    }
  }
  return edges
}

/** A table without codes has one code for all. */
function codesOf({ tokens }: Identity): Iterable<string> {
  return tokens.length === 0 ? [''] : new Set(tokens.map(bareOf))
}

function joinEdges(
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  edges: readonly Edge[],
  pairs: AlignedPair[],
): Sides {
  const joined = new Set<LegacyItem | TargetItem>()
  for (const component of componentsOf(edges)) {
    const chosen = new Map(bestOf(component).map((edge) => [edge.to, edge]))
    for (const edge of chosen.values()) {
      joined.add(edge.from).add(edge.to)
      pairs.push({ from: edge.from, to: edge.to, method: 'likeness', rivals: rivalsOf(edge, chosen, component) })
    }
  }
  return { legacy: legacy.filter((item) => !joined.has(item)), target: target.filter((item) => !joined.has(item)) }
}

interface Component {
  readonly from: readonly LegacyItem[]
  readonly to: readonly TargetItem[]
  readonly edges: ReadonlyMap<LegacyItem, ReadonlyMap<TargetItem, Edge>>
}

/** Entries that hang together by edges; items in an order that their content gives. */
function componentsOf(edges: readonly Edge[]): readonly Component[] {
  const parent = new Map<LegacyItem | TargetItem, LegacyItem | TargetItem>()
  const rootOf = (item: LegacyItem | TargetItem): LegacyItem | TargetItem => {
    let at = item
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next
    parent.set(item, at)
    return at
  }
  for (const { from, to } of edges) {
    const [a, b] = [rootOf(from), rootOf(to)]
    parent.set(a, a)
    parent.set(b, a)
  }
  const groups = new Map<LegacyItem | TargetItem, Edge[]>()
  for (const edge of edges) push(groups, rootOf(edge.from), edge)
  return [...groups.values()].map((group) => {
    const table = new Map<LegacyItem, Map<TargetItem, Edge>>()
    for (const edge of group) table.set(edge.from, (table.get(edge.from) ?? new Map<TargetItem, Edge>()).set(edge.to, edge))
    return { from: byContent(table.keys()), to: byContent(group.map(({ to }) => to)), edges: table }
  })
}

function byContent<Item extends LegacyItem | TargetItem>(items: Iterable<Item>): readonly Item[] {
  const all = [...new Set(items)]
  if (all.length < 2) return all
  const texts = new Map(all.map((item) => [item, contentOf(item)]))
  return all.sort(
    (a, b) =>
      compareText(texts.get(a) ?? '', texts.get(b) ?? '') ||
      a.place.input - b.place.input ||
      a.place.byte - b.place.byte ||
      a.place.record - b.place.record,
  )
}

function contentOf(item: LegacyItem | TargetItem): string {
  return 'values' in item ? JSON.stringify(item.values) : item.raw.join('\n')
}

/** How much a pair weighs: its score, and among equal scores the nearer in time. */
function weightOf({ score, apart }: Likeness): number {
  return score * 100_000 - Math.min(99_999, Math.round(apart / 600))
}

function bestOf({ from, to, edges }: Component): readonly Edge[] {
  const edgeAt = (i: number, j: number): Edge | undefined => edges.get(from[i] as LegacyItem)?.get(to[j] as TargetItem)
  if (from.length === 1 || to.length === 1 || from.length * to.length > mostCompared) return greedyOf(from, edges, to)
  const most = 200 * 100_000
  const scores = from.map((_, i) => Float64Array.from(to, (__, j) => Math.max(0, weightOf(edgeAt(i, j) ?? nothing)) / most))
  const columns = assign(scores)
  return from.flatMap((_, i) => edgeAt(i, columns[i] ?? -1) ?? [])
}

const nothing: Likeness = { score: 0, apart: 0, perfect: false }

/** The best pair, then the best of what is left: exact with one entry on a side, a stated fallback for very many. */
function greedyOf(from: readonly LegacyItem[], edges: Component['edges'], to: readonly TargetItem[]): readonly Edge[] {
  const place = new Map<LegacyItem | TargetItem, number>([...from, ...to].map((item, i) => [item, i]))
  const all = from.flatMap((item) => [...(edges.get(item)?.values() ?? [])])
  all.sort(
    (a, b) =>
      weightOf(b) - weightOf(a) ||
      (place.get(a.from) ?? 0) - (place.get(b.from) ?? 0) ||
      (place.get(a.to) ?? 0) - (place.get(b.to) ?? 0),
  )
  const taken = new Set<LegacyItem | TargetItem>()
  return all.filter((edge) => {
    if (taken.has(edge.from) || taken.has(edge.to)) return false
    taken.add(edge.from).add(edge.to)
    return true
  })
}

/** Records that the entry fits as well as the one it was given, as far as it matters: something differs, and the records are not alike. */
function rivalsOf(chosen: Edge, best: ReadonlyMap<TargetItem, Edge>, { edges }: Component): readonly TargetItem[] {
  if (chosen.perfect) return none
  const own = contentOf(chosen.to)
  const rivals: TargetItem[] = []
  for (const [to, edge] of edges.get(chosen.from) ?? []) {
    if (to === chosen.to || edge.score < chosen.score - 40) continue
    const holder = best.get(to)
    if (holder === undefined) {
      if (weightOf(edge) === weightOf(chosen) && contentOf(to) !== own) rivals.push(to)
      continue
    }
    // Two entries that could change their records: undecided only where both ways are equally good and the entries are not alike.
    const back = edges.get(holder.from)?.get(chosen.to)
    const swapped = back !== undefined && weightOf(edge) + weightOf(back) === weightOf(chosen) + weightOf(holder)
    if (swapped && contentOf(to) !== own && contentOf(holder.from) !== contentOf(chosen.from)) rivals.push(to)
  }
  return byContent(rivals)
}

function push<Key, Item>(into: Map<Key, Item[]>, key: Key, item: Item): void {
  const held = into.get(key)
  if (held) held.push(item)
  else into.set(key, [item])
}
