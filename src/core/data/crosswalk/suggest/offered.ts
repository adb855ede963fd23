/** What targets offer, and proposals in the form and order that all of them have. */
import { compareText } from '../../../finding.ts'
import type { Suggestion } from '../plan/crosswalk.ts'
import type { OfferedField } from './column-fit.ts'
import type { TargetTable } from './samples.ts'

/** A target with everything it offers, met or only defined. */
export interface OfferedTable {
  readonly table: TargetTable
  readonly fields: readonly OfferedField[]
}

export function shapeSuggestion(line: Suggestion['line'], shape: string): Suggestion {
  return {
    line,
    score: 0.9,
    evidence: [{ kind: 'known', score: 1, words: `known shape: ${shape}` }],
    alternatives: [],
    values: null,
  }
}

/** Suggestions of one table in a stable order: best first. */
export function inOrder(list: readonly Suggestion[]): readonly Suggestion[] {
  return list.toSorted(
    (a, b) =>
      b.score - a.score || compareText(a.line.fields.join(), b.line.fields.join()) || compareText(a.line.target, b.line.target),
  )
}
