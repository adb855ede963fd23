/** The three facts of the first run, each a way into the place where it can be checked, and the way into the tour. */
import { useEffect, useMemo } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { allergyFact, bottleneckFact, type FirstRunFact, reviewFact } from '../../../../core/readiness/evidence/first-run.ts'
import { Button } from '../../../components/button.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useActions } from '../../../frame/actions.ts'
import { useWorkspace } from '../../../session/state.ts'
import { readTour, startTour, useTour } from '../../../session/tour.ts'
import { linkTo } from '../../../window/address.ts'
import { runAllChecks } from '../../data/acts/run.ts'
import styles from './readiness.module.css'
import { useMovedBottlenecks } from './use-board.ts'

declare const __VERSION__: string

export function FirstRunCards({ project }: { readonly project: Project }) {
  const moved = useMovedBottlenecks()
  const running = useWorkspace((w) => w.running !== null)
  const compared = useWorkspace((w) => w.results.size > 0)
  const paired = project.runs.some((run) => !run.partial && run.pairing !== null)
  const toRun = 'Run all checks to compute this.'
  const facts: readonly (readonly [title: string, fact: FirstRunFact | null, none: string])[] = [
    ['A bottleneck you were about to digitize', bottleneckFact(moved), compared ? 'None found by the last run.' : toRun],
    ['An allergy that did not arrive', allergyFact(project), paired ? 'None found by the last run.' : toRun],
    ['A sign-off is waiting', reviewFact(project), 'No sample is drawn yet.'],
  ]
  return (
    <>
      <section className="below-wide tiles no-print" aria-label="Three facts of this sample">
        {facts.map(([title, fact, none]) =>
          fact ? (
            <Card key={title} fact={fact} />
          ) : (
            <Pending key={title} title={title} words={running ? 'Being computed from the files…' : none} />
          ),
        )}
      </section>
      <TourWay />
      <PreparedNote />
    </>
  )
}

function TourWay() {
  const { at, left } = useTour()
  const running = useWorkspace((w) => w.running !== null)
  useEffect(() => {
    void readTour()
  }, [])
  const label = left === null ? 'Take the tour' : `Resume the tour: stop ${left.stop + 1} of ${left.of}`
  useActions(useMemo(() => [{ id: 'tour', label, run: startTour }], [label]))
  if (at !== null) return null
  return (
    <p className="below-wide row no-print">
      <Button isDisabled={running} onPress={startTour}>
        {label}
      </Button>
      <span className="muted">A few minutes, by keyboard or mouse. Escape ends it.</span>
    </p>
  )
}

/** Nobody has to take prepared answers on trust: one press computes them again from the files. */
function PreparedNote() {
  const prepared = useWorkspace((w) => w.run?.prepared === true && w.running === null)
  if (!prepared) return null
  return (
    <p className="below-wide row no-print muted">
      <span>
        The checks of this sample ran when Carryover {__VERSION__} was built. The same checks run here in a few seconds.
      </span>
      <Button onPress={() => void runAllChecks()}>Compute them here</Button>
    </p>
  )
}

function Card({ fact }: { readonly fact: FirstRunFact }) {
  return (
    <a className={styles.card} href={linkTo(fact.route)} data-fact={fact.mark}>
      <span className="strong line-start">
        <SeverityMark mark={fact.mark} label={fact.mark === 'critical' ? 'Critical' : fact.mark === 'ok' ? 'Done' : 'Open'} />
        {fact.title}
      </span>
      <span>{fact.sentence}</span>
      <span className={`link ${styles.cardAction}`}>{fact.action}</span>
    </a>
  )
}

function Pending({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <div className={`${styles.card} ${styles.pending}`}>
      <span className="strong line-start">
        <SeverityMark mark="waiting" />
        {title}
      </span>
      <span className="muted">{words}</span>
    </div>
  )
}
