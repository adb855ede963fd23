/** What the verdicts prove about each claim of the plan, and whether a signature stands under it that covers the present data. */

import type { Project } from '../../project/format/project.ts'
import { unjudgedParts } from '../../project/review/unjudged-parts.ts'
import { eventsOfDraw } from '../../project/sample/draw-events.ts'
import { trapResultOf } from '../../project/sample/trap-list.ts'
import { signaturesOf } from '../../project/verify/coverage.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import { agreementGate, doubleReadingOf } from '../../review/result/double-reading.ts'
import { claimResults, recordsAsked, reviewProgress, withUnjudged } from '../../review/result/result.ts'
import type { ReviewResult, SignedResult } from '../model/evidence-values.ts'

/** Null as long as no verdict is given on the sample drawn last. */
export function reviewResult(project: Pick<Project, 'ledger' | 'review' | 'private' | 'runs'>): ReviewResult | null {
  const { plan, draw } = project.review
  const events = eventsOfDraw(project)
  if (!plan || !draw || events.length === 0) return null
  const decisions = decisionsOf(events)
  const traps = trapResultOf(project)
  const records = recordsAsked(plan, draw.records, decisions, traps)
  const { judged, sample } = reviewProgress(records, decisions)
  const apart = agreementGate({ ...draw, records }, decisions, doubleReadingOf(draw, plan))
  return {
    judged,
    drawn: sample,
    apart,
    outcomes: withUnjudged(claimResults(plan, draw.records, decisions, traps), unjudgedParts(project)),
  }
}

/** Null as long as nobody has signed. Whether the signatures are genuine is what `verify` says; the evidence joins both. */
export function signedResult(project: Project): SignedResult | null {
  const all = signaturesOf(project)
  const latest = all.at(-1)
  if (!latest) return null
  const covering = all.filter((each) => each.coverage.covers === 'current')
  const counted = covering.length > 0 ? covering : all
  return {
    signatures: counted.map(({ payload: { name, meaning, part } }) => ({ name, meaning: part === true ? 'review' : meaning })),
    last: (covering.at(-1) ?? latest).payload.time,
    notCovered: covering.length > 0 ? null : withoutStop(latest.coverage.changed[0]?.sentence ?? 'it covers an earlier version'),
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
