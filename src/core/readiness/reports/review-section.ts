/** What clinicians read and what it proves, for pages that a committee decides on: the claims with their figures, signed or not, of now or of before. */
import { meaningWords } from '../../project/certificate.ts'
import { signaturesOf } from '../../project/coverage.ts'
import { eventsOfDraw } from '../../project/draw-events.ts'
import type { Project } from '../../project/project.ts'
import { trapResultOf } from '../../project/trap-list.ts'
import { decisionsOf } from '../../review/decision.ts'
import { claimResults, progressSentence, recordsAsked, resultSentence, reviewProgress } from '../../review/result.ts'
import { dayText } from '../day.ts'

/** Sentences, the standing of the result last; one alone where nothing was read. */
export function clinicalResult(project: Project): readonly string[] {
  const { plan, draw } = project.review
  const signed = signaturesOf(project)
  const last = signed.findLast(({ payload }) => payload.meaning !== 'review') ?? signed.at(-1)
  if (last) {
    const { payload, coverage } = last
    const who = `${payload.name} (${payload.part ? 'reviewed a part' : meaningWords[payload.meaning].toLowerCase()}, ${dayText(payload.time)})`
    const standing =
      coverage.covers === 'current'
        ? `Signed by ${who}; it covers what is here now.`
        : `Stale: signed by ${who} over an earlier state. ${coverage.changed[0]?.sentence ?? ''}`.trim()
    return [progressSentence(payload.progress), ...payload.claims.map(resultSentence), standing]
  }
  if (!plan || !draw) return ['No sample was drawn: clinicians have read nothing.']
  const decisions = decisionsOf(eventsOfDraw(project))
  const traps = trapResultOf(project)
  const progress = reviewProgress(recordsAsked(plan, draw.records, decisions, traps), decisions)
  return [
    progressSentence(progress),
    ...claimResults(plan, draw.records, decisions, traps).map(resultSentence),
    'Nobody has signed it.',
  ]
}
