/** What the verdicts prove about each claim of the plan, and whether a signature stands under it that covers the present data. */
import type { Json } from '../canonical.ts'
import type { LedgerEntry } from '../project/ledger.ts'
import type { Project, ReviewDocuments } from '../project/project.ts'
import { stratifiedSampleHolds } from '../review/bound.ts'
import { type Claim, smallestIntolerable } from '../review/claim.ts'
import { decisionsOf, type RecordDecision, type Verdict } from '../review/decision.ts'
import type { DrawnRecord } from '../review/draw.ts'
import { populationOf, type SamplingPlan } from '../review/sampling-plan.ts'

/** One claim after the verdicts so far; a record without a verdict counts as wrong. */
export interface ClaimOutcome {
  readonly claim: Claim
  readonly wrong: number
  readonly holds: boolean
}

export interface ReviewResult {
  readonly judged: number
  readonly drawn: number
  readonly outcomes: readonly ClaimOutcome[]
}

/** Null as long as no sample is drawn. */
export function reviewResult(review: ReviewDocuments): ReviewResult | null {
  const { plan, draw, events } = review
  if (!plan || !draw || events.length === 0) return null
  const decisions = decisionsOf(events)
  const judged = draw.records.filter((record) => decisions.get(record.id)?.state === 'judged').length
  return {
    judged,
    drawn: draw.records.length,
    outcomes: plan.claims.map((claim) => outcomeOf(plan, draw.records, decisions, claim)),
  }
}

function outcomeOf(
  plan: SamplingPlan,
  drawn: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
  claim: Claim,
): ClaimOutcome {
  const takeAll = new Set(plan.strata.filter((stratum) => stratum.takeAll).map((stratum) => stratum.id))
  const wrong = drawn.filter((record) => isWrong(decisions.get(record.id), claim))
  const certain = wrong.filter((record) => takeAll.has(record.stratum)).length
  const intolerable = smallestIntolerable(populationOf(plan), claim.tolerablePpm) - certain
  const random = plan.strata.filter((stratum) => !stratum.takeAll)
  const holds = intolerable > 0 && stratifiedSampleHolds(random, intolerable, wrong.length - certain, claim.riskPpm)
  return { claim, wrong: wrong.length, holds }
}

function isWrong(decision: RecordDecision | undefined, claim: Claim): boolean {
  if (decision?.state !== 'judged') return true
  const verdict: Verdict | null = claim.domain === null ? decision.verdict : (decision.domains.get(claim.domain) ?? null)
  if (verdict === 'harmful' || verdict === 'cannot-tell') return true
  return verdict === 'wrong' && claim.class === 'wrong-or-worse'
}

export interface SignedResult {
  /** Who signed with which meaning, in ledger order. */
  readonly signatures: readonly { readonly name: string; readonly meaning: string }[]
  /** Moment of the last signature. */
  readonly last: string
  /** Why the signatures do not cover the present data, in words; null when they do. */
  readonly notCovered: string | null
}

/** Null as long as nobody has signed. */
export function signedResult(project: Project): SignedResult | null {
  const entries = project.ledger.filter((entry) => entry.action === 'signed')
  const last = entries.at(-1)
  if (!last) return null
  return { signatures: entries.map(signatureOf), last: last.time.wall, notCovered: null }
}

function signatureOf(entry: LedgerEntry): { readonly name: string; readonly meaning: string } {
  return { name: textOf(entry.payload, 'name'), meaning: textOf(entry.payload, 'meaning') }
}

function textOf(value: Json | undefined, name: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const member = Object.entries(value).find(([key]) => key === name)?.[1]
  return typeof member === 'string' ? member : ''
}
