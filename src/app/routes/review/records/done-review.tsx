/** All records read: the result as a sentence with its exact bound, and what to do next. */
import { useEffect, useMemo } from 'react'
import { whyNotExtended } from '../../../../core/project/review/extend-sample.ts'
import { readingsMissing } from '../../../../core/project/review/readings-missing.ts'
import { unjudgedParts } from '../../../../core/project/review/unjudged-parts.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { trapResultOf } from '../../../../core/project/sample/trap-list.ts'
import { decisionsOf } from '../../../../core/review/decision/decision.ts'
import {
  agreementSentence,
  doubleProgress,
  doubleReadingOf,
  doubleSentence,
  reviewAgreement,
} from '../../../../core/review/result/double-reading.ts'
import { claimResults, recordsAsked, resultSentence, withUnjudged } from '../../../../core/review/result/result.ts'
import { ButtonLink } from '../../../components/button.tsx'
import { Note, PageHead } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { progressWords } from '../progress/progress-words.ts'

export function DoneReview() {
  const project = useWorkspace((w) => w.project)
  const result = useMemo(() => {
    const { plan, draw } = project?.review ?? { plan: null, draw: null }
    if (!project || !plan || !draw) return null
    const decisions = decisionsOf(eventsOfDraw(project))
    const double = doubleReadingOf(draw, plan)
    const traps = trapResultOf(project)
    const records = recordsAsked(plan, draw.records, decisions, traps)
    return {
      second: double && {
        progress: doubleProgress({ ...draw, records }, decisions, double),
        agreement: reviewAgreement({ ...draw, records }, decisions),
      },
      missing: readingsMissing(project),
      mayExtend: whyNotExtended(project) === null,
      progress: progressWords(project, records, decisions),
      claims: withUnjudged(claimResults(plan, draw.records, decisions, traps), unjudgedParts(project)),
    }
  }, [project])
  // The last record that had the focus is gone.
  useEffect(() => document.getElementById('page-title')?.focus(), [])
  if (!result) return null
  const { progress, claims, second, missing, mayExtend } = result
  const failed = claims.filter((claim) => !claim.holds)
  return (
    <div className="stack large prose">
      <PageHead title="Review records">
        {missing === null && (
          <ButtonLink look="primary" href="#/review/certificate">
            Sign
          </ButtonLink>
        )}
      </PageHead>
      <p>
        <strong>{progress}</strong>
      </p>
      {missing !== null && (
        <Note mark="waiting">
          You have read everything that waits for you. {missing} They take this project from here, on this device or from its
          file, and read under their own name.
        </Note>
      )}
      {second && missing === null && (
        <Note mark={second.agreement?.gate === 'met' ? 'info' : 'error'}>
          {doubleSentence(second.progress)} {second.agreement ? agreementSentence(second.agreement) : ''}
        </Note>
      )}
      {claims.map((claim) => (
        <Note key={claim.claim} mark={claim.holds ? 'ok' : 'error'}>
          {resultSentence(claim)}
        </Note>
      ))}
      {mayExtend && (
        <p>
          The list ended before the evidence sufficed, and only reading every record could still prove it. Whoever owns the review
          can put every record on it, in the same order: <a href="#/review/plan">Sample plan</a>.
        </p>
      )}
      {failed.length > 0 && (
        <p>
          {failed.length === 1 ? 'One claim does' : `${failed.length} claims do`} not hold. Correct the migration and run all
          checks again, then plan a new sample; or sign that you do not approve, so that the result stands in the ledger.
        </p>
      )}
      <p>
        <a href="#/review/records/1">Look at the records again</a>
      </p>
    </div>
  )
}
