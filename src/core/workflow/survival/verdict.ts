/** What a comparison can say of a pair of maps at all: how much survived on a screen, or that nobody could judge and which facts are missing. */

import type { Workflow } from '../map/workflow.ts'
import { type CompareFinding, type Comparison, mainFindings } from './compare.ts'

export interface MissingGroup {
  /** One absent fact, in words. */
  readonly missing: string
  /** Findings that wait for it. */
  readonly findings: readonly CompareFinding[]
}

export type Verdict =
  | { readonly kind: 'not judged'; readonly why: string; readonly missing: readonly MissingGroup[] }
  | {
      readonly kind: 'judged'
      readonly digitized: number
      readonly survived: number
      readonly gained: number
      /** Facts that some judgement still waits for. */
      readonly missing: readonly MissingGroup[]
    }

export function verdictOf(workflow: Workflow, comparison: Comparison): Verdict {
  const missing = missingGroups(comparison.findings)
  const why = whyNot(workflow, comparison, missing)
  if (why !== null) return { kind: 'not judged', why, missing }
  const mains = mainFindings(comparison.findings).filter(({ question }) => !question)
  const untold = comparison.effects.filter(({ toldBy }) => toldBy === null)
  const digitized = [...mains, ...untold].filter(({ outcome }) => outcome === 'digitized').length
  const stays = [...mains, ...untold].filter(({ outcome }) => staying.has(outcome)).length
  const better = [...mains, ...untold].filter(({ outcome }) => improved.has(outcome)).length
  return { kind: 'judged', digitized, survived: stays, gained: better, missing }
}

const staying: ReadonlySet<string> = new Set(['digitized', 'kept', 'relocated', 'worsened', 'introduced'])

/** Outcomes in which something is better than today. */
export const improved: ReadonlySet<string> = new Set(['reduced', 'eliminated', 'gained'])

function whyNot(workflow: Workflow, comparison: Comparison, missing: readonly MissingGroup[]): string | null {
  const [first] = comparison.blocked
  if (first !== undefined) return first
  if (comparison.traced.of === 0) return 'The current map has no step.'
  if (workflow.future.nodes.size === 0) return 'The future map has no step.'
  if (comparison.traced.n === 0) return 'No step of today is traced to the future map.'
  const judged = [...comparison.findings, ...comparison.effects].some(
    (each) => each.outcome !== 'unjudged' && !('code' in each && each.code === 'workflow/unsourced-step'),
  )
  if (judged || missing.length === 0) return null
  return `${missing.length} ${missing.length === 1 ? 'fact is' : 'facts are'} missing.`
}

export interface MissingKind {
  /** The absent fact, said of any step, role, pain or piece of data: `what a step writes`. */
  readonly fact: string
  /** Names of what lacks it; empty for facts of the scenario. */
  readonly names: readonly string[]
  readonly findings: readonly CompareFinding[]
}

/** Absent facts of one kind together, for a list that is read and not filled in; the one that opens most first. */
export function missingKinds(findings: readonly CompareFinding[]): readonly MissingKind[] {
  const kinds = new Map<string, { readonly names: Set<string>; readonly findings: Set<CompareFinding> }>()
  for (const { missing, findings: waiting } of missingGroups(findings)) {
    const { fact, name } = saidOfAny(missing)
    const kind = kinds.get(fact) ?? { names: new Set(), findings: new Set() }
    if (name !== null) kind.names.add(name)
    for (const finding of waiting) kind.findings.add(finding)
    kinds.set(fact, kind)
  }
  return [...kinds]
    .map(([fact, kind]) => ({ fact, names: [...kind.names], findings: [...kind.findings] }))
    .sort((a, b) => b.findings.length - a.findings.length || (a.fact < b.fact ? -1 : 1))
}

/** How facts name what they are about: words before, the name, words behind; and the word for any of it. */
const about: readonly (readonly [RegExp, string])[] = [
  [/^((?:staff|licence) of )(.*)()$/, 'a role'],
  [/^(whether )(.*)( works in several places)$/, 'a role'],
  [/^(calendar “.*?” of )(.*)()$/, 'a role'],
  [/^(whether )“(.*)”( is carried over| belongs to the record)$/, 'a piece of data'],
  [/^(what becomes of )the pain “(.*)”()$/, 'a pain'],
  [/^(the step that causes )the workaround “(.*)”()$/, 'a workaround'],
  [/^((?:role|kind|medium|place|clicks|working time|working time or clicks) of )“(.*)”()$/, 'a step'],
  [/^(wait of )“(.*)”( \(or arrivals and staff to work it out\))$/, 'a step'],
  [/^(alerts at )“(.*)”()$/, 'a step'],
  [/^(share of alerts (?:overridden|that are appropriate) at )“(.*)”()$/, 'a step'],
  [/^(share of cases that (?:fit a protocol|goes each way) at )“(.*)”()$/, 'a step'],
  [/^(share of cases that )“(.*)”( stops| refuses)$/, 'a step'],
  [/^(what )“(.*)”( reads| writes)$/, 'a step'],
  [/^(what becomes of )“(.*)”()$/, 'a step'],
  [/^(delay between )“(.*)”( and what it documents)$/, 'a step'],
  [/^(the step that )“(.*)”( documents)$/, 'a step'],
]

/** A fact that names nothing known stays as it was said. */
export function saidOfAny(missing: string): { readonly fact: string; readonly name: string | null } {
  for (const [pattern, any] of about) {
    const [, before, name, behind] = pattern.exec(missing) ?? []
    if (name !== undefined) return { fact: `${before}${any}${behind}`, name }
  }
  return { fact: missing, name: null }
}

/** Each absent fact once, with what waits for it; the one that opens most first. */
export function missingGroups(findings: readonly CompareFinding[]): readonly MissingGroup[] {
  const groups = new Map<string, CompareFinding[]>()
  for (const finding of findings)
    if (finding.outcome === 'unjudged')
      for (const missing of finding.missing) groups.set(missing, [...(groups.get(missing) ?? []), finding])
  return [...groups]
    .map(([missing, waiting]) => ({ missing, findings: waiting }))
    .sort((a, b) => b.findings.length - a.findings.length || (a.missing < b.missing ? -1 : 1))
}
