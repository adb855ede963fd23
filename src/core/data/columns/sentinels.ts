/** Numbers that look like codes for "nothing recorded", such as 99 or -9: proposed to a person, never taken for nulls. */
import { compareText } from '../../finding.ts'
import type { ColumnState } from './column-state.ts'

/** A code for "nothing" occurs so many times as often as the values beside it. */
const timesItsNeighbours = 5
const mostProposed = 3

/** Values outside p1 to p99 of all others that stand alone and far more often than their neighbours (codes of nines, or below zero). */
export function sentinelsOf({ distinct, traits }: ColumnState): { readonly value: string; readonly count: number }[] {
  if (distinct.kind !== 'exact') return []
  const numbers = [...distinct.values.values()]
    .flatMap(({ text, count }) => (text !== null && /^-?\d+(\.\d+)?$/.test(text) ? [{ text, value: Number(text), count }] : []))
    .sort((a, b) => a.value - b.value || compareText(a.text, b.text))
  const total = traits.numbers.decimals
  const proposed: { value: string; count: number }[] = []
  numbers.forEach((candidate, i) => {
    if (!/^-?9+$|^-\d+$|^-?0?8{2,}$/.test(candidate.text)) return
    const before = numbers[i - 1]
    const after = numbers[i + 1]
    if ((before === undefined) === (after === undefined)) return
    const neighbour = Math.max(before?.count ?? 0, after?.count ?? 0)
    if (candidate.count < timesItsNeighbours * neighbour || candidate.count < 5) return
    const others = total - candidate.count
    const next = (before ?? after)?.value ?? candidate.value
    if (others > 0 && isApart(candidate.value, next, numbers, others))
      proposed.push({ value: candidate.text, count: candidate.count })
  })
  return proposed.slice(0, mostProposed)
}

/** Further from the rest than the middle ninety-eight percent of the rest are wide, or on the other side of zero. */
function isApart(
  value: number,
  next: number,
  numbers: readonly { readonly value: number; readonly count: number }[],
  others: number,
): boolean {
  let seen = 0
  let low = Number.NaN
  let high = Number.NaN
  for (const number of numbers) {
    if (number.value === value) continue
    seen += number.count
    if (Number.isNaN(low) && seen >= others * 0.01) low = number.value
    if (Number.isNaN(high) && seen >= others * 0.99) high = number.value
  }
  if (value >= low && value <= high) return false
  return (value < 0 && low >= 0) || Math.abs(value - next) > (high - low) / 4
}
