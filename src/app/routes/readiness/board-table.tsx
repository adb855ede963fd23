/** Six phases with risk, lever, evidence and gate; a row opens to its criteria. */
import { Fragment, useState } from 'react'
import type { JudgedCriterion, JudgedPhase, ReadinessBoard } from '../../../core/readiness/board.ts'
import { slugOf } from '../../../core/readiness/criterion.ts'
import type { PhaseId } from '../../../core/readiness/phase.ts'
import { gateWord, isBlocker, nameOf, provenOf, wordsOf } from '../../../core/readiness/report.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import cards from '../../components/cards.module.css'
import { Pill, SeverityMark } from '../../components/severity-mark.tsx'
import { CriterionList } from './criterion-list.tsx'
import { gateMark, stateMark } from './marks.ts'
import styles from './readiness.module.css'

export interface BoardActions {
  readonly onClaim: (judged: JudgedCriterion) => void
  readonly onThresholds: (judged: JudgedCriterion) => void
}

/** @param criterion slug of the criterion that an address asks to show, or null */
export function BoardTable({
  board,
  criterion,
  ...actions
}: { readonly board: ReadinessBoard; readonly criterion: string | null } & BoardActions) {
  const [open, setOpen] = useState<ReadonlySet<PhaseId>>(new Set())
  const asked = board.phases.find(({ criteria }) => criteria.some((judged) => slugOf(judged.criterion.code) === criterion))
  const isOpen = (id: PhaseId): boolean => open.has(id) !== (asked?.phase.id === id)
  const toggle = (id: PhaseId): void => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return (
    <section className={styles.scroll} aria-label="Board">
      <table className={`${cards.cards} ${styles.board}`}>
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">Risk</th>
            <th scope="col">Lever</th>
            <th scope="col">Evidence</th>
            <th scope="col">Gate</th>
          </tr>
        </thead>
        <tbody>
          {board.phases.map((judged, index) => {
            const { phase, gate } = judged
            const shown = isOpen(phase.id)
            return (
              <Fragment key={phase.id}>
                <tr className={shown ? `${styles.row} ${styles.open}` : styles.row}>
                  <th scope="row" className={styles.phase}>
                    <button
                      type="button"
                      aria-expanded={shown}
                      aria-controls={`criteria-${phase.id}`}
                      onClick={() => toggle(phase.id)}
                    >
                      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
                        <path d={shown ? 'm3 5.5 5 5 5-5' : 'm5.5 3 5 5-5 5'} fill="none" stroke="currentColor" strokeWidth="2" />
                      </svg>
                      {index + 1} {phase.title}
                    </button>
                  </th>
                  <td data-label="Risk">{phase.risk}</td>
                  <td data-label="Lever">{phase.lever}</td>
                  <td className={styles.shown}>
                    {gate === 'waiting' ? <Waiting judged={judged} onClaim={actions.onClaim} /> : <Summary judged={judged} />}
                  </td>
                  <td className={styles.gate}>
                    <Pill mark={gateMark(gate)}>{gateWord(gate)}</Pill>
                  </td>
                </tr>
                <tr id={`criteria-${phase.id}`} className={shown ? styles.details : `${styles.details} ${styles.closed}`}>
                  <td colSpan={5}>
                    <CriterionList title={phase.title} criteria={judged.criteria} asked={criterion} {...actions} />
                  </td>
                </tr>
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** Missing criteria named in a row; the others are counted. */
const namesShown = 4

/** What counts, the two worst things that do not, and what is not there. */
function Summary({ judged }: { readonly judged: JudgedPhase }) {
  const blockers = judged.criteria.filter(isBlocker)
  const telling = blockers.filter((each) => each.state !== 'missing')
  const missing = blockers.filter((each) => each.state === 'missing').map((each) => nameOf(each).toLowerCase())
  return (
    <div className={styles.summary}>
      <span>
        {provenOf(judged.criteria)}
        {blockers.length > 0 && ` · ${blockers.length} ${blockers.length === 1 ? 'blocker' : 'blockers'}`}
      </span>
      {telling.slice(0, 2).map((each) => (
        <span key={each.criterion.code} className={styles.worst}>
          <SeverityMark mark={stateMark(each)} label={each.state} />
          {each.state === 'stale' ? <s>{wordsOf(each)}</s> : wordsOf(each)}
        </span>
      ))}
      {missing.length > 0 && (
        <span className={styles.worst}>
          <SeverityMark mark="waiting" />
          Not there yet: {missing.slice(0, namesShown).join(', ')}
          {missing.length > namesShown && ` and ${missing.length - namesShown} more`}
        </span>
      )}
    </div>
  )
}

/** Nothing there yet: the one action that begins to change it. */
function Waiting({ judged, onClaim }: { readonly judged: JudgedPhase; readonly onClaim: BoardActions['onClaim'] }) {
  const [first] = judged.criteria
  const computed = judged.criteria.find((each) => each.criterion.needs.length > 0) ?? first
  return (
    <div className={styles.waiting}>
      <span className="muted">Waiting for evidence</span>
      {computed && computed.criterion.needs.length > 0 && (
        <ButtonLink href={`#${computed.action.route}`}>{computed.action.label}</ButtonLink>
      )}
      {computed && computed.criterion.needs.length === 0 && (
        <Button onPress={() => onClaim(computed)}>State: {nameOf(computed).toLowerCase()}…</Button>
      )}
    </div>
  )
}
