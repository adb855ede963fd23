/** Which legacy entry became which resource: by key, else by code and onset, never by position. */
import { compareText } from '../../finding.ts'
import { codeTokens, keyText, type LegacyItem, onset, statuses, type TargetItem } from './items.ts'

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
}

/** Above this many candidate pairs only entries with equal identity are joined: a patient with thousands of entries without keys. */
const scoredPairs = 250_000

/** Aligns the entries of one patient and one table. The result does not depend on the order of either side. */
export function align(legacy: readonly LegacyItem[], target: readonly TargetItem[]): Alignment {
  const pairs: AlignedPair[] = []
  const keyed = legacy[0]?.table.key === null ? { legacy, target } : joinEqual(legacy, target, keysOf, 'key', pairs)
  const exact = joinEqual(keyed.legacy, keyed.target, identities, 'composite', pairs)
  const rest = joinScored(exact.legacy, exact.target, pairs)
  return { pairs, lost: rest.legacy, appeared: rest.target }
}

interface Sides {
  readonly legacy: LegacyItem[]
  readonly target: TargetItem[]
}

function keysOf(item: LegacyItem | TargetItem): string[] {
  const key = keyText(item)
  return key === '' ? [] : [key]
}

/** Code and onset and everything else that is text already: repeated prescriptions differ in dose or start. */
function identities(item: LegacyItem | TargetItem): string[] {
  const when = onset(item)
  return when === '' ? [] : codeTokens(item).map((token) => `${token}\n${when}`)
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
  const joined = new Set<LegacyItem | TargetItem>()
  for (const [text, item] of left) {
    const other = right.get(text)
    if (!item || !other || joined.has(item) || joined.has(other) || otherKey(item, other)) continue
    joined.add(item).add(other)
    pairs.push({ from: item, to: other, method, rivals: none })
  }
  return { legacy: legacy.filter((item) => !joined.has(item)), target: target.filter((item) => !joined.has(item)) }
}

function distinct(texts: readonly string[]): Iterable<string> {
  return texts.length < 2 ? texts : new Set(texts)
}

function joinScored(legacy: readonly LegacyItem[], target: readonly TargetItem[], pairs: AlignedPair[]): Sides {
  if (legacy.length === 0 || target.length === 0) return { legacy: [...legacy], target: [...target] }
  const candidates: { readonly score: number; readonly from: LegacyItem; readonly to: TargetItem }[] = []
  if (legacy.length * target.length <= scoredPairs)
    for (const from of legacy)
      for (const to of target) {
        const score = scoreOf(from, to)
        if (score >= acceptable) candidates.push({ score, from, to })
      }
  candidates.sort(
    (a, b) =>
      b.score - a.score || a.from.place.record - b.from.place.record || compareText(a.to.place.id ?? '', b.to.place.id ?? ''),
  )
  const joined = new Set<LegacyItem | TargetItem>()
  for (const [i, { score, from, to }] of candidates.entries()) {
    if (joined.has(from) || joined.has(to)) continue
    joined.add(from).add(to)
    pairs.push({ from, to, method: 'likeness', rivals: rivalsOf(candidates, i, score, joined) })
  }
  return { legacy: legacy.filter((item) => !joined.has(item)), target: target.filter((item) => !joined.has(item)) }
}

/** Others of the same score that are not the same entry twice, as far as nobody else has taken them. */
function rivalsOf(
  candidates: readonly { readonly score: number; readonly from: LegacyItem; readonly to: TargetItem }[],
  at: number,
  score: number,
  joined: ReadonlySet<LegacyItem | TargetItem>,
): readonly TargetItem[] {
  const chosen = candidates[at]
  if (!chosen) return none
  const text = JSON.stringify(chosen.to.values)
  const rivals: TargetItem[] = []
  for (let i = at + 1; candidates[i]?.score === score; i++) {
    const other = candidates[i]
    if (!other || other.from !== chosen.from || joined.has(other.to) || JSON.stringify(other.to.values) === text) continue
    rivals.push(other.to)
  }
  return rivals
}

const none: readonly never[] = []

const acceptable = 40

/** 40 or more: the same code, or another code on the same exact day. Below that two entries have nothing in common. */
function scoreOf(from: LegacyItem, to: TargetItem): number {
  if (otherKey(from, to)) return 0
  const wanted = codeTokens(from)
  const found = codeTokens(to)
  const codes = wanted.some((token) => found.includes(token)) ? 60 : wanted.some((token) => sameBare(token, found)) ? 50 : 0
  const [a, b] = [onset(from), onset(to)]
  const days = a === '' || b === '' ? 0 : a === b ? (a.length >= 10 ? 40 : 20) : isSwap(a, b) ? 15 : 0
  const status = statuses(from).every((one) => statuses(to).includes(one)) ? 2 : 0
  return codes + days + status + Math.min(5, sharedTexts(from, to))
}

/** Two different keys name two different entries, whatever else is alike. */
function otherKey(from: LegacyItem, to: TargetItem): boolean {
  const [a, b] = [keyText(from), keyText(to)]
  return a !== '' && b !== '' && a !== b
}

function sameBare(token: string, found: readonly string[]): boolean {
  const bare = token.slice(token.indexOf('|') + 1)
  return found.some((one) => one.slice(one.indexOf('|') + 1) === bare)
}

function isSwap(a: string, b: string): boolean {
  return a.length >= 10 && `${a.slice(0, 5)}${a.slice(8, 10)}-${a.slice(5, 7)}` === b.slice(0, 10)
}

function sharedTexts(from: LegacyItem, to: TargetItem): number {
  return from.carried.filter((carried, i) => {
    const [value] = to.values[i] ?? []
    if (carried?.kind === 'quantity')
      return typeof value === 'object' && JSON.stringify(value).includes(`"value":${carried.value}`)
    return (carried?.kind === 'text' || carried?.kind === 'date') && carried.text === value
  }).length
}
