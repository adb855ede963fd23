/** The locked plan, and the seed and draw that follow it: what was done when, by whom, and the one thing to do next. */
import { useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { durationText } from '../../../../core/duration-text.ts'
import { whyNotExtended } from '../../../../core/project/review/extend-sample.ts'
import { unjudgedParts } from '../../../../core/project/review/unjudged-parts.ts'
import { drawsOf, eventsOfDraw, extendedAt } from '../../../../core/project/sample/draw-events.ts'
import { trapResultOf } from '../../../../core/project/sample/trap-list.ts'
import { decisionsOf } from '../../../../core/review/decision/decision.ts'
import { assumedSeconds, readingPace } from '../../../../core/review/decision/reading-time.ts'
import { mustSeeStratum } from '../../../../core/review/draw/frame.ts'
import { percentText } from '../../../../core/review/model/claim.ts'
import { blindOf } from '../../../../core/review/plan/blind.ts'
import { noEntryWords } from '../../../../core/review/plan/known-parts.ts'
import { planSentence } from '../../../../core/review/plan/plan-sentence.ts'
import { populationOf, randomSampleOf, type SamplingPlan } from '../../../../core/review/plan/sampling-plan.ts'
import { readTwice } from '../../../../core/review/result/double-reading.ts'
import { claimResults, stoppingWords, withUnjudged } from '../../../../core/review/result/result.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { Note, PageHead } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { ask } from '../../../session/question.ts'
import { useWorkspace } from '../../../session/state.ts'
import { extendToAll, planAgain, rollAndDraw, sizesOf } from '../acts/review.ts'
import { SinceDrawNote } from '../progress/since-draw-note.tsx'
import { useWarmReview } from '../progress/warm.ts'
import styles from './plan.module.css'
import { claimWords } from './plan-claims.tsx'
import { knownFaultWords, StrataTable } from './plan-strata.tsx'
import { ReaderBundles } from './reader-bundles.tsx'
import { RollSeed } from './roll-seed.tsx'

export function PlanLocked({ plan }: { readonly plan: SamplingPlan }) {
  const drawn = useWorkspace((w) => w.project?.review.draw ?? null)
  const drawnBefore = useWorkspace((w) => drawsOf(w.project?.ledger ?? []).total > 0)
  const runs = useWorkspace((w) => w.project?.runs)
  const unjudged = useMemo(() => unjudgedParts({ runs: runs ?? [] }), [runs])
  const [again, setAgain] = useState(false)
  const [redraw, setRedraw] = useState(false)
  useWarmReview()
  const events = useWorkspace((w) => w.project?.review.events)
  const pace = useMemo(() => readingPace(events ?? []), [events])
  const provable = useMemo(() => provableClaims(plan), [plan])
  const total = plan.strata.reduce((sum, stratum) => sum + stratum.n, 0)
  return (
    <div className="stack">
      <PageHead title="Sample plan">
        <Button onPress={() => setAgain(true)}>Plan again…</Button>
        {drawn && !redraw && <Button onPress={() => setRedraw(true)}>Draw again…</Button>}
        {drawn && (
          <ButtonLink look="primary" href="#/review/records">
            Review records
          </ButtonLink>
        )}
      </PageHead>
      <SinceDrawNote />
      <div className={styles.columns}>
        <div className={styles.main}>
          <p className={`digits large ${styles.answer}`}>
            {planSentence(
              {
                patients: populationOf(plan),
                random: randomSampleOf(plan),
                chosen: total - randomSampleOf(plan),
                twice: readTwice(total, plan.secondReaderPpm),
                seeded: plan.traps ?? 0,
                early: plan.stopping === 'early',
                seconds: pace.seconds,
              },
              provable,
            )}
          </p>
          <p className="muted">
            {pace.measured > 0
              ? `${durationText(pace.seconds)} for each record, as the last ${pace.measured} took.`
              : `${counted(assumedSeconds / 60, 'minute')} for each record are assumed until some are read.`}{' '}
            Several readers share the hours.
          </p>
          <p>
            Review {plan.stopping === 'early' && 'up to '}
            <strong>{formatNumber(randomSampleOf(plan))}</strong> records drawn at random and{' '}
            <strong>{formatNumber(total - randomSampleOf(plan))}</strong> chosen on purpose, out of{' '}
            {formatNumber(populationOf(plan))}.
          </p>
          <section>
            <h2>Claims, locked</h2>
            <ul className="bullets">
              {plan.claims.map((claim) => (
                <li key={claim.id}>
                  {claimWords(claim)}: at most {percentText(claim.tolerablePpm)}, {percentText(1_000_000 - claim.riskPpm)} sure
                  {claim.domain !== null && unjudged.has(claim.domain) && `; can not be judged: ${noEntryWords(claim.domain)}`}
                </li>
              ))}
            </ul>
            <p className="muted">
              {promiseOf(plan)} Least look {plan.lookSeconds} s.{' '}
              {blindOf(plan) === 'none'
                ? 'Readers see what the program found at once. '
                : `What the program found is hidden ${plan.blind === 'all' ? 'on every record' : 'on records drawn at random'} until the reader has judged. `}
              {plan.calibration ? `Each session opens with ${plan.calibration} prepared records. ` : ''}
              {plan.secondReaderPpm === 0
                ? 'One reader only: agreement is not measured.'
                : `${percentText(plan.secondReaderPpm)} and every record with an error are read by two people, blind; a third decides where they differ.`}
            </p>
          </section>
          {plan.stopping === 'early' && drawn && <AuditState plan={plan} />}
          <section>
            <h2>Strata</h2>
            <StrataTable strata={plan.strata} />
            {plan.strata.some(({ id }) => id === mustSeeStratum) && <p className="muted">{knownFaultWords}</p>}
          </section>
          <section>
            <h2>What counts as harmful here</h2>
            <p className={styles.criteria}>{plan.criteria}</p>
          </section>
        </div>
        <aside className={styles.side} aria-label="Seed and draw">
          <Steps plan={plan} />
          {drawn && !redraw && <ReaderBundles />}
          {(!drawn || redraw) && (
            <RollSeed
              title={drawnBefore ? 'Draw again' : 'Roll the seed'}
              what="sample"
              again={drawnBefore}
              draw={rollAndDraw}
              onDone={() => setRedraw(false)}
            />
          )}
        </aside>
      </div>
      <PlanAgainDialog open={again} onClose={() => setAgain(false)} />
    </div>
  )
}

/** Claims that reading as planned can prove: the headline promises no other. */
function provableClaims({ claims, strata, errorsAllowed, traps = 0, stopping }: SamplingPlan): SamplingPlan['claims'] {
  const { unprovable } = sizesOf({ claims, errorsAllowed, traps: traps > 0, early: stopping === 'early' }, strata).sizes
  return claims.filter(({ id }) => !unprovable.includes(id))
}

function promiseOf({ stopping, errorsAllowed, traps }: SamplingPlan): string {
  const caught = traps ? `, where readers catch all ${traps} seeded defects` : ''
  if (stopping === 'early')
    return `Records are read in the order of the draw until the verdicts prove every claim, at the stated risk whenever that is${traps ? ', and not before all seeded defects were read' : ''}.`
  const errors = errorsAllowed === 0 ? 'no error' : `at most ${errorsAllowed} ${errorsAllowed === 1 ? 'error' : 'errors'}`
  return `The claims hold with ${errors} in the random sample and none on the must-see list${caught}.`
}

const standings = {
  accept: { mark: 'ok', label: 'Accepted' },
  continue: { mark: 'waiting', label: 'Read on' },
  'full-review': { mark: 'error', label: 'Not proven' },
} as const

const standingOf = (unjudged: boolean | undefined, decision: keyof typeof standings = 'full-review') =>
  unjudged ? ({ mark: 'unknown', label: 'Not judged' } as const) : standings[decision]

/** For who owns the review, not for who reads: where each claim stands, and whether reading may stop. */
function AuditState({ plan }: { readonly plan: SamplingPlan }) {
  const project = useWorkspace((w) => w.project)
  const results = useMemo(() => {
    const drawn = project?.review.draw?.records ?? []
    if (!project) return []
    const all = claimResults(plan, drawn, decisionsOf(eventsOfDraw(project)), trapResultOf(project))
    return withUnjudged(all, unjudgedParts(project))
  }, [project, plan])
  const whyNot = useMemo(() => project && whyNotExtended(project), [project])
  const isOver = results.length > 0 && results.every(({ stopping }) => stopping?.decision !== 'continue')
  const [problem, setProblem] = useState<string | null>(null)
  const extend = async (): Promise<void> => {
    const all = populationOf(plan)
    const answer = await ask({
      title: `Put all ${formatNumber(all)} records on the list?`,
      text: 'The list goes on in the order of the same tickets, and every verdict given so far stays. It can not be made shorter again.',
      choices: [
        { value: 'no', label: 'Cancel' },
        { value: 'yes', label: 'Read every record' },
      ],
    })
    if (answer === 'yes') setProblem(await extendToAll())
  }
  return (
    <section aria-label="May reading stop?">
      <h2>May reading stop?</h2>
      <ul className="bullets">
        {results.map(({ claim, stopping, class: worst, domain, unjudged }) => (
          <li key={claim}>
            <SeverityMark {...standingOf(unjudged, stopping?.decision)} /> {claimWords({ class: worst, domain })}:{' '}
            {unjudged && domain !== null ? noEntryWords(domain) : stopping && stoppingWords(stopping)}
          </li>
        ))}
      </ul>
      {project && whyNot === null && <Button onPress={() => void extend()}>Read every record…</Button>}
      {isOver && whyNot !== null && !results.every(({ holds }) => holds) && <p>{whyNot}</p>}
      {problem !== null && <Note mark="error">{problem}</Note>}
      {results.length > 0 && results.every(({ holds }) => holds) && (
        <p>
          Every claim is proven. <a href="#/review/certificate">Sign</a>
        </p>
      )}
    </section>
  )
}

const steps = [
  ['plan-locked', 'Plan locked'],
  ['frame-committed', 'List of records committed'],
  ['seed-rolled', 'Seed rolled'],
  ['sample-drawn', 'Sample drawn'],
] as const

function Steps({ plan }: { readonly plan: SamplingPlan }) {
  const ledger = useWorkspace((w) => w.project?.ledger ?? [])
  const drawn = useWorkspace((w) => w.project?.review.draw ?? null)
  const from = ledger.findLastIndex((entry) => entry.action === 'plan-locked')
  const first = plan.strata.reduce((sum, stratum) => sum + stratum.n, 0)
  const at = extendedAt(ledger)
  const extension = at > from ? ledger[at] : undefined
  return (
    <section className={`card stack-wide ${styles.card}`}>
      <h2>Seed and draw</h2>
      <ol className={`stack ${styles.steps}`}>
        {steps.map(([action, words]) => {
          const entry = ledger.findLast((each, index) => each.action === action && index >= from)
          return (
            <li key={action}>
              <SeverityMark mark={entry ? 'ok' : 'waiting'} label={entry ? 'Done' : 'To do'} />
              <div>
                <strong>{words}</strong>
                {entry && (
                  <p className="muted">
                    {formatMoment(entry.time.wall)} by {entry.actor}
                    {entry.digest !== null && action !== 'seed-rolled' && <code> {entry.digest.slice(0, 19)}…</code>}
                  </p>
                )}
                {action === 'seed-rolled' && drawn && (
                  <p className="muted">
                    <code>{drawn.seed}</code> rolled by {drawn.rolledBy.join(' and ')}
                  </p>
                )}
                {action === 'sample-drawn' && drawn && (
                  <p className="muted">
                    {formatNumber(first)} records. Drawn {timesWords(drawsOf(ledger))}
                    {drawn.reason !== null && `: ${drawn.reason}`}
                  </p>
                )}
              </div>
            </li>
          )
        })}
        {extension && drawn && (
          <li>
            <SeverityMark mark="ok" label="Done" />
            <div>
              <strong>List extended to every record</strong>
              <p className="muted">
                {formatMoment(extension.time.wall)} by {extension.actor}
                {extension.digest !== null && <code> {extension.digest.slice(0, 19)}…</code>}
              </p>
              <p className="muted">{formatNumber(drawn.records.length)} records, in the order of the same tickets.</p>
            </div>
          </li>
        )}
      </ol>
    </section>
  )
}

function timesWords({ frame, total }: { readonly frame: number; readonly total: number }): string {
  if (total <= 1) return 'once'
  return frame === total ? `${total} times` : `${total} times in this project, ${frame} from this list`
}

function PlanAgainDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [problem, setProblem] = useState<string | null>(null)
  const times = useWorkspace((w) => w.project?.ledger.filter((entry) => entry.action === 'sample-drawn').length ?? 0)
  return (
    <Dialog title="Plan again?" role="alertdialog" open={open} onClose={onClose}>
      <p>
        Claims, strata and sizes can be changed again, and a new list of records is committed. The earlier plan
        {times > 0 ? ' and its draw stay' : ' stays'} in the ledger. A certificate signed before reads "not covered" from then on.
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <DialogActions>
        <Button onPress={onClose}>Keep this plan</Button>
        <Button
          look="primary"
          onPress={() =>
            void planAgain().then((refusal) => {
              setProblem(refusal)
              if (refusal === null) onClose()
            })
          }
        >
          Plan again
        </Button>
      </DialogActions>
    </Dialog>
  )
}
