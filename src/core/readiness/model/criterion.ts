/** A criterion: a rule over the evidence of a project. One file each in `criteria/`. */
import type { Wording } from '../../rule.ts'
import type { EvidenceOf, Given, Kind } from './artifact.ts'
import type { PhaseId } from './phase.ts'

/** One offending place that a person can open. */
export interface Cell {
  readonly name: string
  /** Hash route without `#`, or null where the place has no screen. */
  readonly route: string | null
}

/** What a computation says. `value` of `of` against `threshold`, in words, with every place that made it so. */
export interface Measure {
  /** `not-due`: there is nothing yet that it could speak about. */
  readonly state: 'proven' | 'failed' | 'missing' | 'unknown' | 'not-due'
  readonly value: number | null
  readonly of: number | null
  readonly threshold: number | null
  /** "3 of 41 steps lead nowhere" – the number first. */
  readonly words: string
  readonly cells: readonly Cell[]
}

export type Thresholds = Readonly<Record<string, number>>

/** A piece of evidence small enough to read, for examples: only the kinds that the criterion needs. */
export interface EvidenceExample {
  readonly name: string
  readonly evidence: Partial<EvidenceOf>
  readonly asOf?: string
  /** What the measure's value is, worked out by hand; null where it must have none. */
  readonly value: number | null
}

/** The evidence for which a criterion fails and for which it holds: in `x.examples.ts` beside `x.ts`. */
export interface EvidenceExamples {
  readonly code: string
  /** What has to be true for the criterion to hold, for somebody who reads no code. */
  readonly decides: string
  readonly flags: readonly EvidenceExample[]
  readonly passes: readonly EvidenceExample[]
  /** Evidence that holds nothing of what is judged: it neither holds nor fails. */
  readonly silent?: readonly EvidenceExample[]
}

/** What a named person may say about a computed criterion; it counts as claimed, and as long as nothing is computed. */
export interface Sayable {
  /** Words of the button. */
  readonly action: string
  /** The sentence that is proposed. */
  readonly text: string
}

export interface Criterion<K extends Kind = Kind> extends Wording {
  /** Numbers of readiness.md §3. */
  readonly items: readonly number[]
  readonly phase: PhaseId
  /** Artifact kinds; their digests become the evidence, and a change of one re-evaluates exactly the criteria that name it. */
  readonly needs: readonly K[]
  /** Codes of the findings that it counts. */
  readonly counts?: readonly string[]
  readonly thresholds: Thresholds
  /** Evidence of a run older than this no longer counts. */
  readonly maxAgeDays: number
  /** True where a named person may state it as long as nothing can be computed. */
  readonly claimable: boolean
  /** The one thing that a named person may say where the evidence is there and silent about it (a measure that is `missing`). */
  readonly sayable?: Sayable
  compute(given: Given<K>, thresholds: Thresholds, asOf: string): Measure
}

/** `readiness/rollback-plan` → `rollback-plan`: how a criterion is named in a route. */
export function slugOf(code: string): string {
  return code.slice(code.indexOf('/') + 1)
}

/** For a criterion nothing can compute yet: missing until a named person states it. */
export const onlyByStatement = {
  needs: [],
  thresholds: {},
  maxAgeDays: 90,
  claimable: true,
  compute: (): Measure => ({
    state: 'missing',
    value: null,
    of: null,
    threshold: null,
    words: 'nobody has stated it yet, and nothing in the project can compute it',
    cells: [],
  }),
} as const

/** Proven when no place offends beyond the threshold, failed otherwise. */
export function atMost(
  threshold: number,
  of: number | null,
  words: string,
  cells: readonly Cell[],
  value = cells.length,
): Measure {
  return { state: value <= threshold ? 'proven' : 'failed', value, of, threshold, words, cells }
}

/** For evidence that is there but holds nothing to judge. */
export function nothingToJudge(words: string): Measure {
  return { state: 'missing', value: null, of: 0, threshold: null, words, cells: [] }
}

/** For a line that speaks of something only once there is any of it: it shuts no gate, and proves nothing. */
export function nothingYet(words: string): Measure {
  return { ...nothingToJudge(words), state: 'not-due' }
}
