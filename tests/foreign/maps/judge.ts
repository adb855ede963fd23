/** Holds what the product says of a pair of maps against the truth about each of its steps; the README beside the pairs says what is right. */

import type { WorkflowSide } from '../../../src/core/workflow/map/workflow.ts'
import { type CompareFinding, type Comparison, mainFindings } from '../../../src/core/workflow/survival/compare.ts'
import type { Burden, BurdenName } from '../../../src/core/workflow/survival/costs.ts'
import type { Gain, TruthLine } from './pairs.ts'

/** One thing that was said, at steps of one or both maps. */
export interface Said {
  readonly outcome: CompareFinding['outcome'] | 'gained'
  readonly by: string
  readonly steps: readonly string[]
  readonly credits: readonly Gain[]
  readonly sentence: string
  /** A finding says it already: it adds its credits and is not counted again. */
  readonly told: boolean
}

export interface Held {
  readonly said: readonly (Said & { readonly right: boolean })[]
  /** Lines that ask for a verdict, and whether one of those said at the step is right. */
  readonly lines: readonly (TruthLine & { readonly met: boolean })[]
  /** What a reader should credit, and whether it was credited at the step. */
  readonly credits: readonly { readonly line: TruthLine; readonly gain: Gain; readonly met: boolean }[]
  /** What was credited, and whether one of its steps gained it; typing less is a touch less. */
  readonly credited: readonly { readonly by: Said; readonly gain: Gain; readonly right: boolean }[]
  /** Verdicts that lack a fact, and are counted neither as right nor as wrong. */
  readonly open: number
}

const better = new Set<Said['outcome']>(['reduced', 'eliminated', 'gained'])

const creditOf: Readonly<Record<BurdenName, readonly Gain[]>> = {
  time: ['waiting'],
  work: ['touches'],
  touches: ['touches'],
  entries: ['touches'],
  copies: ['touches', 'errors'],
  handoffs: ['hand-offs'],
  exceptions: ['errors'],
  checks: ['errors'],
}

/** One finding per cause, and every effect; questions to the maps are no verdicts. What lacks facts is no verdict, except that a step goes nowhere. */
export function saidOf(comparison: Comparison): readonly Said[] {
  const found = mainFindings(comparison.findings).filter(
    ({ outcome, code, question }) => !question && (outcome !== 'unjudged' || code === 'workflow/untraced-step'),
  )
  return [
    ...found.map((finding): Said => {
      const steps = stepsOf(finding.outcome === 'introduced' ? { current: [], future: finding.future } : finding)
      return { outcome: finding.outcome, by: finding.code, steps, credits: [], sentence: finding.sentence, told: false }
    }),
    ...comparison.effects
      .filter(({ outcome }) => outcome !== 'unjudged')
      .map(
        (effect): Said => ({
          outcome: effect.outcome,
          by: 'effect',
          steps: stepsOf(effect),
          credits: [
            ...new Set([
              ...(effect.outcome === 'gained' ? (['errors'] as const) : []),
              ...effect.burdens.filter(isLess).flatMap(({ burden }) => creditOf[burden]),
            ]),
          ],
          sentence: effect.sentence,
          told: effect.toldBy !== null,
        }),
      ),
  ]
}

function isLess({ before, after }: Burden): boolean {
  return before !== null && after !== null && after < before
}

function stepsOf(of: { readonly current: readonly string[]; readonly future: readonly string[] }): readonly string[] {
  return [...of.current.map((id) => key('current', id)), ...of.future.map((id) => key('future', id))]
}

function key(side: WorkflowSide, id: string): string {
  return `${side}/${id}`
}

export function hold(comparison: Comparison, truth: readonly TruthLine[]): Held {
  const lines = new Map(truth.map((line) => [key(line.side, line.element), line]))
  const all = saidOf(comparison)
  const said = all
    .filter(({ told }) => !told)
    .map((each) => ({
      ...each,
      right: bears(
        each,
        each.steps.flatMap((step) => lines.get(step) ?? []),
      ),
    }))
  const at = (line: TruthLine): readonly Said[] => all.filter(({ steps }) => steps.includes(key(line.side, line.element)))
  return {
    said,
    open:
      mainFindings(comparison.findings).filter(
        ({ outcome, code, question }) => !question && outcome === 'unjudged' && code !== 'workflow/untraced-step',
      ).length + comparison.effects.filter(({ outcome }) => outcome === 'unjudged').length,
    lines: truth
      .filter(({ outcomes }) => !outcomes.some((outcome) => outcome === 'unchanged' || outcome === 'neutral'))
      .map((line) => ({ ...line, met: at(line).some((each) => line.outcomes.some((outcome) => outcome === each.outcome)) })),
    credited: all.flatMap((by) =>
      by.credits.map((gain) => ({
        by,
        gain,
        right: by.steps.some((step) => lines.get(step)?.gained.includes(gain)),
      })),
    ),
    credits: truth.flatMap((line) =>
      line.gained.map((gain) => ({ line, gain, met: at(line).some(({ credits }) => credits.includes(gain)) })),
    ),
  }
}

/** One line that bears a finding out is enough; a credit is borne out by what is gained there. */
function bears({ outcome, credits }: Said, lines: readonly TruthLine[]): boolean {
  return lines.some(({ outcomes, gained }) => {
    if (outcomes.some((each) => each === outcome)) return true
    if (outcome === 'kept') return outcomes.includes('unchanged')
    if (outcome === 'gained') return gained.length > 0
    return better.has(outcome) && outcomes.includes('neutral') && gained.some((gain) => credits.includes(gain))
  })
}
