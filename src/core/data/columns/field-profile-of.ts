/** The state of a column in the words that are shown: what is estimated says so, and small groups are folded. */
import { compareText } from '../../finding.ts'
import type { DateProfile, FieldProfile, GroupProfile, NumberProfile, TopValues } from '../model/field-profile.ts'
import { usualReason } from '../nulls/dictionary.ts'
import type { ColumnState, CountedValue } from './column-state.ts'
import { commaNumbersOf } from './comma-numbers.ts'
import { dateCandidates } from './date-traits.ts'
import { dayNumber, yearOf } from './day-number.ts'
import { sentinelsOf } from './sentinels.ts'

/** Groups of fewer cells could point at one person. */
export const smallestShown = 11
const shownValues = 20
const shownShapes = 10
const shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]

export function fieldProfileOf(state: ColumnState, groups: readonly GroupProfile[] = []): FieldProfile {
  const { traits, filled } = state
  const characters = traits.characters.entries()
  const [min, max] = extremesOf(state)
  return {
    field: state.field,
    total: state.total,
    filled,
    nulls: nullsOf(state),
    nullTokens: state.nulls
      .map((entry, i) => ({ ...entry, count: state.nullCounts[i] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || compareText(a.token, b.token)),
    proposedNulls: [...traits.undeclared]
      .map(([token, count]) => ({ token, reason: usualReason(token, state.field) ?? 'unknown', count }))
      .sort((a, b) => b.count - a.count || compareText(a.token, b.token)),
    distinct: distinctOf(state),
    distinctIsExact: state.distinct.kind === 'exact',
    types: typesOf(state),
    min,
    max,
    length: { min: characters[0]?.[0] ?? 0, max: characters.at(-1)?.[0] ?? 0 },
    lengths: { characters, bytes: traits.bytes.entries() },
    patterns: [...(traits.shapes.counts ?? [])]
      .map(([shape, count]) => ({ shape, count }))
      .sort((a, b) => b.count - a.count || compareText(a.shape, b.shape))
      .slice(0, shownShapes),
    top: topOf(state),
    numbers: numbersOf(state),
    dates: datesOf(state),
    text: { nonAscii: traits.nonAscii, mojibake: traits.mojibake, replaced: traits.replaced },
    groups,
  }
}

function nullsOf({ nulls, nullCounts }: ColumnState): Record<string, number> {
  const counts: Record<string, number> = {}
  nulls.forEach(({ reason }, i) => {
    const count = nullCounts[i] ?? 0
    if (count > 0) counts[reason] = (counts[reason] ?? 0) + count
  })
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => compareText(a, b)))
}

export function distinctOf({ distinct, filled }: ColumnState): number {
  return distinct.kind === 'exact' ? distinct.values.size : Math.min(filled, distinct.sketch.estimate())
}

function typesOf({ traits }: ColumnState): Record<string, number> {
  const types: Record<string, number> = {}
  const commas = commaNumbersOf(traits.shapes.counts)
  if (traits.numbers.integers > 0) types.integer = traits.numbers.integers
  if (commas !== null) types['number with decimal comma'] = commas.count
  // A column with both marks says so: one of its sources wrote the other.
  const points = traits.numbers.decimals - (commas?.wholeGroups ?? 0)
  if (points > (commas === null ? 0 : traits.numbers.integers)) types.number = points
  if (traits.booleans > 0) types.boolean = traits.booleans
  dateCandidates.forEach(({ type, format }, i) => {
    const n = traits.dates.votes[i] ?? 0
    if (n > 0) types[format === 'default' ? type : `${type} ${format}`] = n
  })
  return types
}

/** Numbers where all cells are such, else dates of the first format that reads all cells, else texts. */
function extremesOf({ traits, filled }: ColumnState): readonly [string | null, string | null] {
  if (filled === 0) return [null, null]
  const { numbers, dates } = traits
  if (numbers.decimals === filled) return [numbers.extremes.lowest?.text ?? null, numbers.extremes.highest?.text ?? null]
  const read = dates.votes.indexOf(filled)
  const extremes = read < 0 ? undefined : dates.extremes[read]
  return extremes ? [extremes.lowest?.text ?? null, extremes.highest?.text ?? null] : traits.texts.texts()
}

/** Frequent values first; the rest is one number, of at least two groups or of none. */
function topOf({ distinct }: ColumnState): TopValues | null {
  if (distinct.kind !== 'exact') return null
  const sorted = [...distinct.values.values()].sort(byFrequency)
  const large = sorted.filter(({ count }) => count >= smallestShown).length
  let shown = Math.min(large, shownValues)
  if (sorted.length - shown === 1 && shown > 0) shown--
  const folded = sorted.slice(shown)
  return {
    values: sorted.slice(0, shown).map(({ text, count }) => ({ value: text, count })),
    folded: { groups: folded.length, count: folded.reduce((sum, { count }) => sum + count, 0) },
  }
}

function byFrequency(a: CountedValue, b: CountedValue): number {
  return b.count - a.count || (a.a >>> 0) - (b.a >>> 0) || (a.b >>> 0) - (b.b >>> 0)
}

function numbersOf(state: ColumnState): NumberProfile | null {
  const { numbers } = state.traits
  if (numbers.decimals === 0) return null
  const [p1 = 0, p5 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0, p99 = 0] = numbers.quantiles(shares)
  return {
    count: numbers.decimals,
    sum: numbers.sum(),
    quantiles: { p1, p5, p25, p50, p75, p95, p99 },
    sentinels: sentinelsOf(state),
  }
}

function datesOf({ traits }: ColumnState): DateProfile | null {
  const { dates } = traits
  const { best } = dates
  const count = dates.votes[best] ?? 0
  const days = dates.days[best]
  if (count === 0 || !days) return null
  const years = new Map<number, number>()
  const counted = days.entries()
  // Days come in order, so a year is reckoned once for all of its days.
  let year = 0
  let yearEnd = Number.NEGATIVE_INFINITY
  for (const [day, n] of counted) {
    if (day >= yearEnd) {
      year = yearOf(day)
      yearEnd = dayNumber(year + 1, 1, 1)
    }
    years.set(year, (years.get(year) ?? 0) + n)
  }
  const sorted = [...years].map(([year, n]) => ({ year, count: n })).sort((a, b) => b.count - a.count || a.year - b.year)
  let shown = sorted.filter((entry) => entry.count >= smallestShown).length
  if (sorted.length - shown === 1 && shown > 0) shown--
  const folded = sorted.slice(shown)
  return {
    count,
    order: { ...dates.order },
    days: counted.length,
    years: sorted.slice(0, shown).sort((a, b) => a.year - b.year),
    folded: { groups: folded.length, count: folded.reduce((sum, entry) => sum + entry.count, 0) },
  }
}
