/** What the page of a rule, check or criterion says: its words, how it decides, its limits, and examples that flag and pass. */
import type { PairExample } from '../../data/model/pair-example.ts'
import type { TableExample } from '../../data/model/table-example.ts'
import type { EvidenceExample } from '../../readiness/model/criterion.ts'
import type { Example, Limit, Wording } from '../../rule.ts'
import type { SketchCase } from '../../workflow/rules/survival-rule.ts'

export type Wing = 'workflow' | 'data' | 'readiness'

export const wings: readonly Wing[] = ['workflow', 'data', 'readiness']

export type ShownExample =
  | { readonly kind: 'maps'; readonly name: string; readonly subject: SketchCase }
  | { readonly kind: 'map'; readonly name: string; readonly subject: string }
  | { readonly kind: 'tables'; readonly name: string; readonly subject: TableExample }
  | { readonly kind: 'pair'; readonly name: string; readonly subject: PairExample }
  | { readonly kind: 'evidence'; readonly name: string; readonly subject: EvidenceExample }

export interface RulePage {
  readonly wording: Wording
  readonly wing: Wing
  /** Heading that it stands under, and the page of `docs/rules` that holds it. */
  readonly group: string
  readonly decides: string
  /** What else there is to know, as name and value: number, phase, what it looks at. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly limits: readonly Limit[]
  readonly flags: readonly ShownExample[]
  readonly passes: readonly ShownExample[]
  /** Examples that hold nothing to judge; left out where a rule has none. */
  readonly silent?: readonly ShownExample[]
  /** Why an example is missing; null where none is. */
  readonly unshown: string | null
}

/** Hash route of the page of a code, without `#`. */
export function ruleAddress(code: string): string {
  return `/help/rules/${code}`
}

/** `conformance, value (verification)`: the category of Kahn et al. 2016. */
export function kahnWords({ kahn }: Wording): string | null {
  if (kahn === undefined) return null
  return `${kahn.category}${kahn.sub === null ? '' : `, ${kahn.sub}`} (${kahn.context})`
}

/** The page with the examples of its code; both lists hold the same codes, which a test watches. */
export function examplesBy<One extends { readonly code: string }>(all: readonly One[]): ReadonlyMap<string, One> {
  return new Map(all.map((one) => [one.code, one]))
}

export function shownAs<Kind extends ShownExample['kind'], Subject>(
  kind: Kind,
  examples: readonly Example<Subject>[],
): readonly { readonly kind: Kind; readonly name: string; readonly subject: Subject }[] {
  return examples.map(({ name, subject }) => ({ kind, name, subject }))
}
