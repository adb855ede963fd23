/** What clinicians read and what it proves, for pages that a committee decides on: the claims with their figures, signed or not, of now or of before. */

import type { Project } from '../../project/format/project.ts'
import { unjudgedParts } from '../../project/review/unjudged-parts.ts'
import { eventsOfDraw } from '../../project/sample/draw-events.ts'
import { trapResultOf } from '../../project/sample/trap-list.ts'
import { meaningWords } from '../../project/verify/certificate.ts'
import { type SignatureState, signaturesOf } from '../../project/verify/coverage.ts'
import { heldSentence, ifVerified, nothingWhole } from '../../project/verify/signed-part.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import {
  claimResults,
  countedSentence,
  progressSentence,
  recordsAsked,
  resultSentence,
  reviewProgress,
  withUnjudged,
} from '../../review/result/result.ts'
import { dayText } from '../../values/day.ts'

/** Sentences, the standing of the result last; one alone where nothing was read. */
export function clinicalResult(project: Project): readonly string[] {
  const { plan, draw } = project.review
  const signed = signaturesOf(project)
  const last = signed.findLast(({ payload }) => payload.meaning !== 'review') ?? signed.at(-1)
  const isPart = signed.at(-1)?.payload.part === true
  if (last?.coverage.covers === 'current') {
    const { progress, claims } = last.payload
    // Beside a part no bound stands: it would be read as one that somebody signed.
    if (isPart) return [countedSentence(progress), `A part was signed by ${whoSigned(last)}. ${nothingWhole} ${ifVerified}`]
    return [
      progressSentence(progress),
      ...withUnjudged(claims, unjudgedParts(project)).map(resultSentence),
      `Signed by ${whoSigned(last)}; it covers what is here now.`,
    ]
  }
  // Figures of an earlier draw beside the word "stale" would still be read as those of now: the earlier page is only named.
  const standing = last?.coverage.part
    ? `A part was signed by ${whoSigned(last)}. ${heldSentence(last.coverage.part)} ${ifVerified}`
    : last
      ? `Stale: signed by ${whoSigned(last)} over an earlier state. ${last.coverage.changed[0]?.sentence ?? ''}`.trim()
      : 'Nobody has signed it.'
  if (!plan || !draw) return ['No sample was drawn: clinicians have read nothing.', ...(last ? [standing] : [])]
  const decisions = decisionsOf(eventsOfDraw(project))
  const traps = trapResultOf(project)
  const progress = reviewProgress(recordsAsked(plan, draw.records, decisions, traps), decisions)
  if (isPart) return [countedSentence(progress), standing]
  const results = withUnjudged(claimResults(plan, draw.records, decisions, traps), unjudgedParts(project))
  return [progressSentence(progress), ...results.map(resultSentence), standing]
}

function whoSigned({ payload }: SignatureState): string {
  const as = payload.part ? 'reviewed a part' : meaningWords[payload.meaning].toLowerCase()
  return `${payload.name} (${as}, ${dayText(payload.time)})`
}
