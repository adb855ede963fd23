/**
 * The parameters of the model from the records themselves (Fellegi and Sunter 1969): chance agreement from seeded random pairs, the share
 * of matches from strict rules, agreement among matches by expectation maximisation over the patterns of blocked pairs.
 */
import { seededRandom } from '../../random.ts'
import { blockingRules } from './blocking.ts'
import { type Comparer, comparisons, silent } from './comparisons.ts'
import type { LinkModel } from './linkage-types.ts'
import type { People } from './people.ts'

/** Pairs drawn for chance agreement, where there are as many. */
const drawnPairs = 1_000_000
/** Share of true pairs that the strict rules are taken to find. */
export const strictRecall = 0.6
const roundsMost = 50
const settled = 1e-4
/** Fewer expected matches than this teach nothing about their agreement. */
const matchesLeast = 5

/** Share of matches from which on the pairs of a rule teach well. */
const clearShare = 0.1

/** m and u by comparison and level. */
export interface Parameters {
  readonly m: readonly Float64Array[]
  readonly u: readonly Float64Array[]
  /** Share of all pairs that are matches. */
  readonly prior: number
  /** Share of all pairs that are two people of one home. */
  readonly household: number
  readonly warnings: readonly string[]
}

export type PatternsRecord = readonly (readonly (readonly [code: number, count: number])[])[]

/** Counts of patterns of levels, by blocking rule. */
export class Patterns {
  private readonly counts = blockingRules.map(() => new Map<number, number>())

  add(levels: Int8Array, rule: number): void {
    const counts = this.counts[rule]
    if (!counts) return
    let code = 0
    for (let i = 0; i < levels.length; i++) code = code * 10 + (levels[i] as number) + 1
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }

  /** By rule, patterns with their counts; plain data. */
  record(): PatternsRecord {
    return this.counts.map((counts) => [...counts])
  }

  /** Adds patterns that were counted elsewhere. */
  merge(others: PatternsRecord): void {
    for (const [rule, counts] of this.counts.entries())
      for (const [code, count] of others[rule] ?? []) counts.set(code, (counts.get(code) ?? 0) + count)
  }

  /** Patterns of a rule with their counts, in an order that follows the patterns alone. */
  of(rule: number): { readonly levels: Int8Array; readonly count: number }[] {
    return [...(this.counts[rule] ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([code, count]) => {
        const levels = new Int8Array(comparisons.length)
        let rest = code
        for (let i = levels.length - 1; i >= 0; i--) {
          levels[i] = (rest % 10) - 1
          rest = Math.floor(rest / 10)
        }
        return { levels, count }
      })
  }
}

const zeros = (): Float64Array[] => comparisons.map(({ levels }) => new Float64Array(levels.length))

/** Chance agreement: levels of random pairs, each level seen at least half a time. Yields the pairs drawn. */
export function* chanceAgreement(
  people: People,
  comparer: Comparer,
  seed: string,
  into: { u: Float64Array[] },
): Generator<number> {
  const random = seededRandom(seed)
  const counts = zeros()
  const draws = Math.min(drawnPairs, (people.size * (people.size - 1)) / 2)
  if (people.size >= 2)
    for (let i = 1; i <= draws; i++) {
      const a = random.below(people.size)
      const b = random.below(people.size - 1)
      const levels = comparer.compare(a, b < a ? b : b + 1)
      for (let c = 0; c < levels.length; c++) {
        const level = levels[c] as number
        const of = counts[c]
        if (level !== silent && of) of[level] = (of[level] ?? 0) + 1
      }
      if ((i & 0x3fff) === 0) yield i
    }
  into.u = counts.map((of) => shares(of, 0.5))
}

function shares(counts: Float64Array, smoothing: number): Float64Array {
  const total = counts.reduce((sum, count) => sum + count + smoothing, 0)
  return counts.map((count) => (count + smoothing) / total)
}

/** Where nothing can be learned: matches agree mostly, and differ a little in every way. */
function startingM(): Float64Array[] {
  return comparisons.map(({ levels }) => {
    const rest = 0.15 / (levels.length - 1)
    return Float64Array.from(levels, (_, level) => (level === 0 ? 0.85 : rest))
  })
}

/** Pairs counted while the patterns were. */
export interface CountedPairs {
  /** Found by the strict rules. */
  readonly strict: number
  /** One home, but other first names and birth dates. */
  readonly household: number
}

const at = (name: (typeof comparisons)[number]['name']): number => comparisons.findIndex((one) => one.name === name)
const [givenAt, birthAt, phoneAt, addressAt] = [at('given'), at('birth'), at('phone'), at('address')]
const isLast = (comparison: number, level: number | undefined): boolean =>
  level === (comparisons[comparison]?.levels.length ?? 0) - 1

/** Two people of one home: telephone or address agree, first name and birth date do not. */
export function isHousehold(levels: Int8Array): boolean {
  if (levels[phoneAt] !== 0 && levels[addressAt] !== 0) return false
  return isLast(givenAt, levels[givenAt]) && levels[birthAt] !== 0
}

/** Agreement among matches: one run per blocking rule, each for the comparisons that it does not fix, weighed by its expected matches. */
export function estimate(
  patterns: Patterns,
  u: readonly Float64Array[],
  counted: CountedPairs,
  size: number,
  model: LinkModel,
): Parameters {
  const sums = zeros()
  const start = startingM()
  const lessons = blockingRules.flatMap((rule, number) => {
    if (rule.householdToo === true) return []
    const free = comparisons.map(({ name }) => !rule.fixes.includes(name))
    const lesson = maximise(patterns.of(number), u, start, free)
    return lesson.matches < matchesLeast ? [] : [{ ...lesson, free }]
  })
  // Among many strangers a few matches are learned badly: what strangers have in common by chance passes for them.
  const clear = lessons.filter(({ share }) => share >= clearShare)
  for (const { m, free } of clear.length >= 2 ? clear : lessons)
    comparisons.forEach(({ levels }, c) => {
      const sum = sums[c]
      if (free[c] && sum)
        for (let level = 0; level < levels.length; level++) sum[level] = (sum[level] ?? 0) + (m[c]?.[level] ?? 0)
    })
  const unestimated: string[] = []
  const m = sums.map((sum, c) => {
    const total = sum.reduce((all, one) => all + one, 0)
    if (total >= matchesLeast) return shares(sum, 0.5)
    unestimated.push(comparisons[c]?.levels[0]?.words.replace(/^same /, '') ?? '')
    return start[c] ?? new Float64Array(0)
  })
  const warnings =
    unestimated.length === 0
      ? []
      : [`Too few probable matches to estimate how often these agree, so common shares are used: ${unestimated.join(', ')}.`]
  const pairs = (size * (size - 1)) / 2
  const share = (count: number): number => (pairs === 0 ? 0.5 : Math.min(0.5, Math.max(count, 0.5) / pairs))
  const prior = model.prior ?? share(counted.strict / strictRecall)
  return given({ m, u, prior, household: share(counted.household), warnings }, model)
}

/** Expected numbers of matches by level, with u fixed and the comparisons that the block fixes left out. */
function maximise(
  patterns: readonly { readonly levels: Int8Array; readonly count: number }[],
  u: readonly Float64Array[],
  start: readonly Float64Array[],
  free: readonly boolean[],
): { readonly m: readonly Float64Array[]; readonly matches: number; readonly share: number } {
  let m = start
  let expected = zeros()
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  let share = 0.2
  let matches = 0
  for (let round = 0; round < roundsMost && total > 0; round++) {
    expected = zeros()
    matches = 0
    for (const { levels, count } of patterns) {
      let odds = share / (1 - share)
      for (let c = 0; c < levels.length; c++) {
        const level = levels[c] as number
        if (free[c] && level !== silent) odds *= (m[c]?.[level] ?? 1) / (u[c]?.[level] ?? 1)
      }
      const g = (count * odds) / (1 + odds)
      matches += g
      for (let c = 0; c < levels.length; c++) {
        const level = levels[c] as number
        const of = expected[c]
        if (level !== silent && of) of[level] = (of[level] ?? 0) + g
      }
    }
    const next = expected.map((of) => shares(of, 0.01))
    const change = Math.max(
      ...next.map((of, c) => (free[c] ? Math.max(...of.map((one, level) => Math.abs(one - (m[c]?.[level] ?? 0)))) : 0)),
    )
    m = next
    share = Math.min(0.99, Math.max(1e-6, matches / total))
    if (change < settled) break
  }
  return { m: expected, matches, share }
}

/** What a person gave instead of an estimate, and a warning where matches agree less often than chance. */
function given(parameters: Parameters, model: LinkModel): Parameters {
  const pick = (which: 'm' | 'u'): Float64Array[] =>
    comparisons.map(({ name, levels }, c) => {
      const own = model.comparisons?.find(({ comparison }) => comparison === name)
      return Float64Array.from(
        levels,
        ({ level }, at) => own?.levels.find((one) => one.level === level)?.[which] ?? parameters[which][c]?.[at] ?? 0,
      )
    })
  const [m, u] = [pick('m'), pick('u')]
  const warnings = comparisons.flatMap(({ name, levels }, c) =>
    (m[c]?.[0] ?? 1) < (u[c]?.[0] ?? 0)
      ? [`"${levels[0]?.words}" is rarer among matches than by chance; look at the column behind ${name}.`]
      : [],
  )
  return { ...parameters, m, u, warnings: [...parameters.warnings, ...warnings] }
}

/** The parameters as a model that can be given back. */
export function modelOf({ m, u, prior }: Parameters, { nicknames }: LinkModel): LinkModel {
  return {
    prior,
    ...(nicknames === undefined ? {} : { nicknames }),
    comparisons: comparisons.map(({ name, levels }, c) => ({
      comparison: name,
      levels: levels.map(({ level }, at) => ({ level, m: m[c]?.[at] ?? 0, u: u[c]?.[at] ?? 0 })),
    })),
  }
}
