/** Every line of the board: its state, what must hold and what the evidence says, and where that comes from; what is open first. */

import { useEffect, useRef, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { type JudgedCriterion, type JudgedPhase, type ReadinessBoard, shutsGate } from '../../../../core/readiness/board/board.ts'
import { gateWord, lineWord, nameOf, wordsOf } from '../../../../core/readiness/board/report.ts'
import { dueWords } from '../../../../core/readiness/evidence/due.ts'
import { originSentence, originWords } from '../../../../core/readiness/kept-files/origin.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { standings, tallyOf } from '../../../../core/readiness/model/standing.ts'
import { Pill } from '../../../components/severity-mark.tsx'
import { Unbroken } from '../../../components/unbroken.tsx'
import { type BoardActions, CriterionDetail } from './criterion-list.tsx'
import styles from './gates.module.css'
import { lineMark } from './marks.ts'
import { OriginIcon } from './origin-icon.tsx'

/** Sources named in a line; all are in its detail. */
const sourcesShown = 3

/** @param criterion slug of the criterion that an address asks to show; @param phase one that was chosen above */
export function GatesTable({
  board,
  criterion,
  phase,
  ...actions
}: { readonly board: ReadinessBoard; readonly criterion: string | null; readonly phase: string | null } & BoardActions) {
  return (
    <section className="box" aria-label="Lines of the board">
      <div className={`caption muted strong ${styles.head}`} aria-hidden="true">
        <span>State</span>
        <span>What must hold, and what the evidence says</span>
        <span>Where it comes from</span>
      </div>
      {board.phases.map((judged, index) => (
        <PhaseRows
          key={judged.phase.id}
          judged={judged}
          number={index + 1}
          asked={criterion}
          chosen={phase === judged.phase.id}
          {...actions}
        />
      ))}
    </section>
  )
}

interface RowsProps extends BoardActions {
  readonly judged: JudgedPhase
  readonly number: number
  readonly asked: string | null
  readonly chosen: boolean
}

function PhaseRows({ judged, number, asked, chosen, ...actions }: RowsProps) {
  const { phase, gate, criteria } = judged
  const holdsAsked = criteria.some((each) => slugOf(each.criterion.code) === asked)
  const [open, setOpen] = useState(gate === 'blocked' || gate === 'at risk')
  const [all, setAll] = useState(false)
  const isOpen = open || holdsAsked || chosen
  const telling = criteria.filter((each) => each.state !== 'proven' && each.state !== 'not-due')
  const shown = all || chosen || holdsAsked || telling.length === 0 ? sorted(criteria) : sorted(telling)
  const hidden = criteria.length - shown.length
  return (
    <section aria-label={phase.title} id={`phase-${phase.id}`}>
      <div className={`row-start apart sunken ${styles.phase}`}>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <path d={isOpen ? 'm3 5.5 5 5 5-5' : 'm5.5 3 5 5-5 5'} fill="none" stroke="currentColor" strokeWidth="2" />
          </svg>{' '}
          {number} {phase.title}
        </button>
        <span className="muted">
          {countWords(judged)}
          {isOpen && hidden > 0 && (
            <>
              {' · '}
              <button type="button" className={`light link ${styles.more}`} onClick={() => setAll(true)}>
                {hidden} more proven or not due
              </button>
            </>
          )}
        </span>
      </div>
      {isOpen && (
        <ul className={styles.rows} aria-label={`Criteria of ${phase.title}`}>
          {shown.map((each) => (
            <Line key={each.criterion.code} judged={each} asked={slugOf(each.criterion.code) === asked} {...actions} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** "Blocked: 2 of 15", "18 not due, first counts from 15-Dec-2026". */
function countWords({ gate, criteria }: JudgedPhase): string {
  if (gate === 'not due') {
    const first = criteria.map(({ due }) => due).toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))[0]
    return `${criteria.length} not due${first ? `. ${dueWords(first)}` : ''}`
  }
  const { blocked, claimed } = tallyOf(criteria)
  const parts = [
    ...(blocked > 0 ? [`${blocked} of ${criteria.length}`] : []),
    ...(claimed > 0 ? [`${claimed} only claimed`] : []),
  ]
  return parts.length > 0 ? `${gateWord(gate)}: ${parts.join(', ')}` : gateWord(gate)
}

const order: readonly JudgedCriterion['state'][] = ['failed', 'unknown', 'stale', 'missing', 'claimed', 'proven', 'not-due']

/** What blocks first, then what is claimed, proven and not due; within one word the order of the board. */
function sorted(criteria: readonly JudgedCriterion[]): readonly JudgedCriterion[] {
  return criteria.toSorted(
    (a, b) =>
      Number(shutsGate(b)) - Number(shutsGate(a)) ||
      standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
      order.indexOf(a.state) - order.indexOf(b.state),
  )
}

function Line({ judged, asked, ...actions }: { readonly judged: JudgedCriterion; readonly asked: boolean } & BoardActions) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (asked) setOpen(true)
  }, [asked])
  const line = useRef<HTMLLIElement>(null)
  const { state, reason } = judged
  // A line that is stated or taken back moves in its list, and stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state moves the line
  useEffect(() => {
    if (asked && open) line.current?.scrollIntoView({ block: 'center' })
  }, [asked, open, state])
  return (
    <li ref={line} data-asked={asked || undefined}>
      <div className={styles.line}>
        <div>
          <Pill mark={lineMark(judged)}>{lineWord(judged)}</Pill>
        </div>
        <div>
          <button type="button" className={`strong ${styles.name}`} aria-expanded={open} onClick={() => setOpen(!open)}>
            {nameOf(judged)}
          </button>
          <p className="dense muted breaks">
            {state === 'stale' ? <s>{wordsOf(judged)}</s> : wordsOf(judged)}
            {state === 'stale' && ` stale: ${reason}`}
          </p>
          {judged.thresholdNote && <p className="dense muted breaks">{judged.thresholdNote}</p>}
        </div>
        <Sources judged={judged} />
      </div>
      {open && (
        <div className={`sunken ${styles.detail}`}>
          <CriterionDetail judged={judged} {...actions} />
        </div>
      )}
    </li>
  )
}

/** What proves nothing by where it comes from stands first. */
function Sources({ judged }: { readonly judged: JudgedCriterion }) {
  const sources = new Map(judged.evidence.map(({ origin }) => [originSentence(origin), origin]))
  const doubts =
    judged.state === 'claimed' ? judged.evidence.filter(({ origin }) => judged.reason?.includes(originWords(origin).rest)) : []
  const first = new Set(doubts.map(({ origin }) => originSentence(origin)))
  const list = [...sources].toSorted(([a], [b]) => Number(first.has(b)) - Number(first.has(a)))
  if (list.length === 0)
    return (
      <p className={`stack-tight caption breaks ${styles.from} muted`}>
        No evidence yet.{judged.owner === null ? '' : ` Owner: ${judged.owner}`}
      </p>
    )
  return (
    <ul className={`stack-tight caption breaks ${styles.from}`}>
      {list.slice(0, sourcesShown).map(([key, origin]) => (
        <li key={key}>
          <OriginIcon kind={origin.kind} />
          <span>
            <b>{originWords(origin).how}</b> <Unbroken>{originWords(origin).rest}</Unbroken>
          </span>
        </li>
      ))}
      {list.length > sourcesShown && <li className="muted">and {counted(list.length - sourcesShown, 'more source')}</li>}
    </ul>
  )
}
