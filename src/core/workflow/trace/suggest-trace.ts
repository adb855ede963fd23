/** Which future step a current step probably became: the best three with reasons, and links that fit together. Never accepted by itself. */

import { assign } from '../../assignment.ts'
import { compareText } from '../../finding.ts'
import type { Graph, TraceLink } from '../map/workflow.ts'
import { type Likeness, likenesses, type Traits, traitsOf } from './likeness.ts'

export interface Candidate {
  readonly future: string
  /** 0 to 1. */
  readonly score: number
  /** Why, in words; the strongest reason first. */
  readonly reasons: readonly string[]
}

export interface StepSuggestion {
  readonly current: string
  /** At most three, best first. */
  readonly candidates: readonly Candidate[]
}

/** A link that could be drawn; several `from` are a merge, several `to` a split. */
export interface SuggestedLink {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly score: number
  /** Sure enough to be filled in for a person to confirm: high score, and the next best is far behind. */
  readonly clear: boolean
}

export interface Suggestions {
  readonly steps: readonly StepSuggestion[]
  readonly links: readonly SuggestedLink[]
}

/** Conventions: a score below `least` is no suggestion, a second partner needs `second` of the first one's score. */
const least = 0.42
const second = 0.8
const overlap = 0.3
const clearScore = 0.8
const clearMargin = 0.15

/** Steps that `settled` links already answer are left alone and help to place the others. */
export function suggestTrace(current: Graph, future: Graph, settled: Iterable<TraceLink> = []): Suggestions {
  const a = traitsOf(current)
  const b = traitsOf(future)
  const known = [...settled].filter((link) => !link.suggested)
  const traced = { from: new Set(known.flatMap((link) => link.from)), to: new Set(known.flatMap((link) => link.to)) }
  const rowOf = new Map(a.nodes.map((node, index) => [node.id, index]))
  const columnOf = new Map(b.nodes.map((node, index) => [node.id, index]))
  const fixed = known.flatMap((link) =>
    link.from.flatMap((from) =>
      link.to.flatMap((to): [number, number][] => {
        const [x, y] = [rowOf.get(from), columnOf.get(to)]
        return x === undefined || y === undefined ? [] : [[x, y]]
      }),
    ),
  )
  const rows = a.nodes.flatMap((node, index) => (traced.from.has(node.id) ? [] : [index]))
  const columns = b.nodes.flatMap((_, index) => [index])
  const free = b.nodes.flatMap((node, index) => (traced.to.has(node.id) ? [] : [index]))
  const first = likenesses(a, b, fixed)
  const sure = pairsOf(first, rows, free).filter(([x, y]) => (first[x]?.[y]?.score ?? 0) >= 0.6)
  const table = likenesses(a, b, [...fixed, ...sure])
  const pairs = pairsOf(table, rows, free).filter(([x, y]) => (table[x]?.[y]?.score ?? 0) >= least)
  return {
    steps: rows.map((row) => ({ current: a.nodes[row]?.id ?? '', candidates: candidatesOf(a, b, table, row, columns) })),
    links: linked(a, b, table, pairs, rows, free),
  }
}

function pairsOf(
  table: readonly (readonly Likeness[])[],
  rows: readonly number[],
  columns: readonly number[],
): [number, number][] {
  const scores = rows.map((row) => Float64Array.from(columns, (column) => table[row]?.[column]?.score ?? 0))
  const columnOf = assign(scores)
  return rows.flatMap((row, index): [number, number][] => {
    const column = columns[columnOf[index] ?? -1]
    return column === undefined ? [] : [[row, column]]
  })
}

/** Steps left over join a pair where they fit nearly as well as its own partner does: merges from today, splits into the future. */
function linked(
  a: Traits,
  b: Traits,
  table: readonly (readonly Likeness[])[],
  pairs: readonly (readonly [number, number])[],
  rows: readonly number[],
  columns: readonly number[],
): readonly SuggestedLink[] {
  const groups = pairs.map(([row, column]) => ({ rows: [row], columns: [column], row, column }))
  const taken = { rows: new Set(pairs.map(([row]) => row)), columns: new Set(pairs.map(([, column]) => column)) }
  const fits = (row: number, column: number, of: number): boolean => {
    const here = table[row]?.[column]
    return (
      here !== undefined && here.score >= second * of && (here.label >= overlap || here.data >= overlap) && here.score >= least
    )
  }
  const own = (group: (typeof groups)[number]): number => table[group.row]?.[group.column]?.score ?? 0
  for (const row of rows) {
    if (taken.rows.has(row)) continue
    const best = bestGroup(groups, (group) =>
      fits(row, group.column, own(group)) ? (table[row]?.[group.column]?.score ?? 0) : 0,
    )
    if (best) best.rows.push(row)
  }
  for (const column of columns) {
    if (taken.columns.has(column)) continue
    const best = bestGroup(groups, (group) =>
      group.rows.length === 1 && fits(group.row, column, own(group)) ? (table[group.row]?.[column]?.score ?? 0) : 0,
    )
    if (best) best.columns.push(column)
  }
  return groups
    .map((group) => {
      const score = own(group)
      const next = columns.reduce(
        (most, column) => (column === group.column ? most : Math.max(most, table[group.row]?.[column]?.score ?? 0)),
        0,
      )
      return {
        from: group.rows.map((row) => a.nodes[row]?.id ?? '').sort(compareText),
        to: group.columns.map((column) => b.nodes[column]?.id ?? '').sort(compareText),
        score: rounded(score),
        clear: score >= clearScore && score - next >= clearMargin,
      }
    })
    .sort((x, y) => y.score - x.score || compareText(x.from.join(' '), y.from.join(' ')))
}

function bestGroup<T>(groups: readonly T[], of: (group: T) => number): T | null {
  let best: T | null = null
  let most = 0
  for (const group of groups) {
    const score = of(group)
    if (score > most) {
      best = group
      most = score
    }
  }
  return best
}

function candidatesOf(
  a: Traits,
  b: Traits,
  table: readonly (readonly Likeness[])[],
  row: number,
  columns: readonly number[],
): readonly Candidate[] {
  return columns
    .map((column) => ({ column, likeness: table[row]?.[column] }))
    .flatMap(({ column, likeness }) => (likeness ? [{ column, likeness }] : []))
    .sort((x, y) => y.likeness.score - x.likeness.score || x.column - y.column)
    .slice(0, 3)
    .map(({ column, likeness }) => ({
      future: b.nodes[column]?.id ?? '',
      score: rounded(likeness.score),
      reasons: reasonsOf(a, b, row, column, likeness),
    }))
}

function reasonsOf(a: Traits, b: Traits, row: number, column: number, likeness: Likeness): readonly string[] {
  const reasons: string[] = []
  if (likeness.label >= 0.95) reasons.push('same words')
  else if (likeness.label >= 0.5) reasons.push('similar words')
  else if (likeness.label >= 0.25) reasons.push('a word in common')
  if (likeness.data > 0.5) {
    const shared = [...(a.data[row] ?? [])].filter((each) => b.data[column]?.has(each)).sort(compareText)
    if (shared.length > 0) reasons.push(`same data (${shared.slice(0, 3).join(', ')})`)
  }
  if (likeness.role >= 0.8) reasons.push('same role')
  if (likeness.neighbours >= 0.6) reasons.push('same steps before and after')
  if (likeness.position >= 0.85) reasons.push('same place in the flow')
  return reasons.length === 0 ? ['nothing fits better'] : reasons
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000
}
