/** What the verdicts prove about each claim of the plan, and whether a signature stands under it that covers the present data. */
import { signaturesOf } from '../project/coverage.ts'
import { eventsOfDraw } from '../project/draw-events.ts'
import type { Project } from '../project/project.ts'
import type { Meaning } from '../project/signature.ts'
import { decisionsOf } from '../review/decision.ts'
import { type ClaimResult, claimResults, reviewProgress } from '../review/result.ts'

export interface ReviewResult {
  readonly judged: number
  readonly drawn: number
  /** A record without a verdict counts as wrong. */
  readonly outcomes: readonly Pick<ClaimResult, 'claim' | 'x' | 'mustSeeWrong' | 'holds'>[]
}

/** Null as long as no verdict is given on the sample drawn last. */
export function reviewResult(project: Pick<Project, 'ledger' | 'review'>): ReviewResult | null {
  const { plan, draw } = project.review
  const events = eventsOfDraw(project)
  if (!plan || !draw || events.length === 0) return null
  const decisions = decisionsOf(events)
  const { judged, sample } = reviewProgress(draw.records, decisions)
  return { judged, drawn: sample, outcomes: claimResults(plan, draw.records, decisions) }
}

export interface SignedResult {
  /** Signatures that cover the present data, in ledger order; the last ones where none does. */
  readonly signatures: readonly { readonly name: string; readonly meaning: Meaning }[]
  /** Moment of the last of them. */
  readonly last: string
  /** Why no signature covers the present data, in words; null when one does. */
  readonly notCovered: string | null
}

/** Null as long as nobody has signed. Whether the signatures are genuine is the business of `verify`. */
export function signedResult(project: Project): SignedResult | null {
  const all = signaturesOf(project)
  const latest = all.at(-1)
  if (!latest) return null
  const covering = all.filter((each) => each.coverage.covers === 'current')
  const counted = covering.length > 0 ? covering : all
  return {
    signatures: counted.map(({ payload }) => ({ name: payload.name, meaning: payload.meaning })),
    last: (covering.at(-1) ?? latest).payload.time,
    notCovered: covering.length > 0 ? null : withoutStop(latest.coverage.changed[0]?.sentence ?? 'it covers an earlier version'),
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
