/** All records read: the result as a sentence with its exact bound, and what to do next. */
import { useEffect, useMemo } from 'react'
import { eventsOfDraw } from '../../../core/project/draw-events.ts'
import { decisionsOf } from '../../../core/review/decision.ts'
import { claimResults, progressSentence, resultSentence, reviewProgress } from '../../../core/review/result.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Note, PageHead } from '../../components/panel.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './records.module.css'

export function DoneReview() {
  const project = useWorkspace((w) => w.project)
  const result = useMemo(() => {
    const { plan, draw } = project?.review ?? { plan: null, draw: null }
    if (!project || !plan || !draw) return null
    const decisions = decisionsOf(eventsOfDraw(project))
    return { progress: reviewProgress(draw.records, decisions), claims: claimResults(plan, draw.records, decisions) }
  }, [project])
  // The last record that had the focus is gone.
  useEffect(() => document.getElementById('page-title')?.focus(), [])
  if (!result) return null
  const { progress, claims } = result
  const failed = claims.filter((claim) => !claim.holds)
  return (
    <div className={styles.done}>
      <PageHead title="Review records">
        <ButtonLink look="primary" href="#/review/certificate">
          Sign
        </ButtonLink>
      </PageHead>
      <p>
        <strong>{progressSentence(progress)}</strong>
      </p>
      {claims.map((claim) => (
        <Note key={claim.claim} mark={claim.holds ? 'ok' : 'error'}>
          {resultSentence(claim)}
        </Note>
      ))}
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
