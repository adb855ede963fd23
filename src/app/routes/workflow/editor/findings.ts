/** Findings of a comparison as the canvas, the table and the inspector show them. */

import { severities } from '../../../../core/finding.ts'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { CompareFinding } from '../../../../core/workflow/survival/compare.ts'
import type { Outcome } from '../../../../core/workflow/survival/outcomes.ts'
import { type NodeRef, refOf } from '../../../canvas/node-ref.ts'
import type { TraceLine } from '../../../canvas/scene-model.ts'
import type { Flag } from '../../../canvas/words.ts'

/** What a step says of itself on the canvas. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  digitized: 'moved, not removed',
  kept: 'still there',
  reduced: 'smaller, still there',
  eliminated: 'gone',
  relocated: 'moved to another role',
  worsened: 'gets worse',
  introduced: 'new problem',
  unjudged: 'not judged',
}

/** The heading of a finding. */
export const outcomeTitles: Readonly<Record<Outcome | 'gained', string>> = {
  gained: 'Gained',
  digitized: 'Digitized bottleneck',
  kept: 'Kept',
  reduced: 'Reduced',
  eliminated: 'Eliminated',
  relocated: 'Relocated',
  worsened: 'Worsened',
  introduced: 'Introduced',
  unjudged: 'Not judged',
}

/** A question is no fault, whatever its rule found. */
export function titleOf({ question, outcome }: Pick<CompareFinding, 'question' | 'outcome'>): string {
  return question && outcome !== 'unjudged' && outcome !== 'eliminated' ? 'Question' : outcomeTitles[outcome]
}

/** True for findings that stand on single steps; those about a whole role are shown with its lane. */
export function isAboutSteps(finding: CompareFinding): boolean {
  return finding.lanes.current === null && finding.lanes.future === null
}

/** Eliminated needs no flag; what could not be judged gets one only where a step goes nowhere. */
function isFlagged(finding: CompareFinding): boolean {
  if (finding.partOf !== null) return false
  if (!isAboutSteps(finding) || finding.outcome === 'eliminated') return false
  return finding.outcome !== 'unjudged' || finding.code === 'workflow/untraced-step'
}

/** A current step without a trace or a fate. */
export const untracedStep = 'workflow/untraced-step'

/** The worst flag of each step; of equal ones the digitized bottleneck. Where no future map is begun, no step lacks its trace. */
export function flagsOf(findings: readonly CompareFinding[], traceable = true): ReadonlyMap<NodeRef, Flag> {
  const worst = new Map<NodeRef, { readonly flag: Flag; readonly rank: number }>()
  for (const finding of findings) {
    if (!isFlagged(finding) || (!traceable && finding.code === untracedStep)) continue
    const words = finding.question ? 'a question' : finding.code === untracedStep ? 'goes nowhere' : outcomeWords[finding.outcome]
    const severity = finding.question ? 'info' : finding.severity
    const rank = severities.indexOf(severity) * 2 + (finding.outcome === 'digitized' && !finding.question ? 0 : 1)
    // What is new in the future is no problem of the steps it came from.
    for (const side of finding.outcome === 'introduced' ? (['future'] as const) : sides)
      for (const id of finding[side]) {
        const known = worst.get(refOf(side, id))
        if (!known || rank < known.rank) worst.set(refOf(side, id), { flag: { severity, words }, rank })
      }
  }
  return new Map([...worst].map(([ref, { flag }]) => [ref, flag]))
}

/** Findings that touch any of these steps, as ranked by the comparison; a sign stands on the card of its finding, where that is here too. */
export function findingsAt(findings: readonly CompareFinding[], refs: ReadonlySet<NodeRef>): readonly CompareFinding[] {
  const here = findings.filter((finding) => sides.some((side) => finding[side].some((id) => refs.has(refOf(side, id)))))
  const shown = new Set(here.map(({ fingerprint }) => fingerprint))
  return here.filter(({ partOf }) => partOf === null || !shown.has(partOf))
}

/** "Moved, not removed": from each step that hurts today to its partner that hurts tomorrow. */
export function movedLines(workflow: Workflow, findings: readonly CompareFinding[]): readonly TraceLine[] {
  const lines = new Map<string, TraceLine>()
  for (const finding of findings) {
    if (finding.outcome !== 'digitized' || !isAboutSteps(finding)) continue
    let said = false
    for (const link of workflow.trace.values())
      for (const current of link.from)
        for (const future of link.to) {
          if (!finding.current.includes(current) || !finding.future.includes(future)) continue
          const from = refOf('current', current)
          const to = refOf('future', future)
          const key = `${from} ${to}`
          // A finding over several steps says it once.
          if (!lines.has(key)) lines.set(key, { from, to, look: 'moved', words: said ? '' : 'moved, not removed' })
          said = true
        }
  }
  return [...lines.values()]
}

/** Which field of the inspector gives an absent fact. */
export type FactField =
  | 'lane'
  | 'kind'
  | 'medium'
  | 'place'
  | 'service'
  | 'wait'
  | 'clicks'
  | 'reads'
  | 'writes'
  | 'alerts'
  | 'protocol'
  | 'entry-delay'
  | 'documents'
  | 'flows'
  | 'trace'
  | 'staff'
  | 'licence'
  | 'mobile'
  | 'arrivals'

export interface MissingFact {
  readonly field: FactField
  /** The step, or the lane for facts of a role; null for facts of the scenario. */
  readonly at: NodeRef | null
}

const fields: readonly (readonly [RegExp, FactField])[] = [
  [/^role of “(.*)”/, 'lane'],
  [/^kind of “(.*)”/, 'kind'],
  [/^(?:working time|working time or clicks) of “(.*)”/, 'service'],
  [/^wait of “(.*)”/, 'wait'],
  [/^clicks of “(.*)”/, 'clicks'],
  [/^medium of “(.*)”/, 'medium'],
  [/^place of “(.*)”/, 'place'],
  [/^what “(.*)” reads/, 'reads'],
  [/^what “(.*)” writes/, 'writes'],
  [/^alerts at “(.*)”/, 'alerts'],
  [/^share of alerts .* at “(.*)”/, 'alerts'],
  [/^share of cases that fit a protocol at “(.*)”/, 'protocol'],
  [/^share of cases that “(.*)” stops/, 'flows'],
  [/^share of cases that goes each way at “(.*)”/, 'flows'],
  [/^delay between “(.*)” and what it documents/, 'entry-delay'],
  [/^the step that “(.*)” documents/, 'documents'],
  [/^share of cases that “(.*)” refuses/, 'flows'],
  [/^what becomes of “(.*)”/, 'trace'],
]

const laneFields: readonly (readonly [RegExp, FactField])[] = [
  [/^staff of (.*)$/, 'staff'],
  [/^licence of (.*)$/, 'licence'],
  [/^whether (.*) works in several places$/, 'mobile'],
]

/** True for facts that are given in the panel of a lane. */
export function isOfLane(field: FactField): boolean {
  return laneFields.some(([, each]) => each === field)
}

/** Where to go to say what is absent; null for sentences that name no field. */
export function fieldOf(missing: string, finding: CompareFinding, workflow: Workflow): MissingFact | null {
  if (missing.startsWith('arrivals')) return { field: 'arrivals', at: null }
  for (const side of sides) {
    const graph = workflow[side]
    for (const [pattern, field] of laneFields) {
      const label = pattern.exec(missing)?.[1]
      if (label !== undefined)
        for (const lane of graph.lanes.values()) if (lane.label === label) return { field, at: refOf(side, lane.id) }
    }
    for (const [pattern, field] of fields) {
      const label = pattern.exec(missing)?.[1]
      const id = finding[side].find((each) => graph.nodes.get(each)?.label === label)
      if (label !== undefined && id !== undefined) return { field, at: refOf(side, id) }
    }
  }
  return null
}
