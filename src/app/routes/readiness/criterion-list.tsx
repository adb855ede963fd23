/** The criteria of one phase: state, value, threshold, date, evidence by digest, and what to do. */

import type { JudgedCriterion } from '../../../core/readiness/board.ts'
import type { Cell } from '../../../core/readiness/criterion.ts'
import { slugOf } from '../../../core/readiness/criterion.ts'
import { nameOf, nextStep, stateWord, wordsOf } from '../../../core/readiness/report.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Pill } from '../../components/severity-mark.tsx'
import { formatDate } from '../../format.ts'
import type { BoardActions } from './board-table.tsx'
import { EvidenceItem } from './evidence-item.tsx'
import { stateMark } from './marks.ts'
import styles from './readiness.module.css'
import { thresholdText } from './threshold-words.ts'
import { viewHref } from './view-of.ts'

const cellsShown = 8

interface ListProps extends BoardActions {
  readonly title: string
  readonly criteria: readonly JudgedCriterion[]
  readonly asked: string | null
}

export function CriterionList({ title, criteria, asked, ...actions }: ListProps) {
  return (
    <ul className={styles.criteria} aria-label={`Criteria of ${title}`}>
      {criteria.map((judged) => (
        <li key={judged.criterion.code} className={slugOf(judged.criterion.code) === asked ? styles.asked : undefined}>
          <CriterionRow judged={judged} {...actions} />
        </li>
      ))}
    </ul>
  )
}

function CriterionRow({ judged, onClaim, onThresholds }: { readonly judged: JudgedCriterion } & BoardActions) {
  const { criterion, state, measure, evidence } = judged
  const settled = state === 'proven' || state === 'claimed'
  const view = viewHref(criterion.code)
  return (
    <div className={styles.criterion}>
      <div>
        <Pill mark={stateMark(judged)}>{stateWord(state)}</Pill>
      </div>
      <div className={styles.said}>
        <strong>{nameOf(judged)}</strong>
        <p>{state === 'stale' ? <s>{wordsOf(judged)}</s> : wordsOf(judged)}</p>
        {state === 'stale' && <p className={styles.cause}>stale: {judged.reason}. It no longer counts.</p>}
        {judged.claim && judged.claim.void !== null && (
          <p className={styles.cause}>
            <s>{judged.claim.statement.text}</s> ({judged.claim.statement.by}) does not count: {judged.claim.void}
          </p>
        )}
        {judged.claim && state === 'claimed' && (
          <p className={styles.quote}>
            “{judged.claim.statement.text}” {judged.claim.statement.reason}
          </p>
        )}
        {!settled && (
          <p className="muted">
            {criterion.why} {nextStep(judged)}
          </p>
        )}
        {!settled && measure && measure.cells.length > 0 && <Cells cells={measure.cells} />}
      </div>
      <div className={styles.limits}>
        <span>{thresholdText(judged)}</span>
        {judged.thresholdNote && <span className={styles.cause}>{judged.thresholdNote}</span>}
        {judged.until && <span className="muted">counts until {formatDate(judged.until)}</span>}
        {judged.owner && <span className="muted">owner {judged.owner}</span>}
      </div>
      <div className={styles.evidence}>
        {evidence.map((artifact) => (
          <EvidenceItem key={artifact.kind} artifact={artifact} />
        ))}
        {evidence.length === 0 && <span className="muted">no evidence</span>}
      </div>
      <div className={`${styles.actions} no-print`}>
        {!settled && criterion.needs.length > 0 && (
          <ButtonLink href={`#${judged.action.route}`}>{judged.action.label}</ButtonLink>
        )}
        {view !== null && <ButtonLink href={view}>Open its view</ButtonLink>}
        {criterion.claimable && (
          <Button onPress={() => onClaim(judged)} aria-label={`State a claim: ${nameOf(judged)}`}>
            State a claim…
          </Button>
        )}
        {Object.keys(judged.thresholds).length > 0 && (
          <Button look="quiet" onPress={() => onThresholds(judged)} aria-label={`Threshold of ${nameOf(judged)}`}>
            Threshold…
          </Button>
        )}
      </div>
    </div>
  )
}

function Cells({ cells }: { readonly cells: readonly Cell[] }) {
  return (
    <ul className={styles.cells}>
      {cells.slice(0, cellsShown).map((cell) => (
        <li key={`${cell.name}${cell.route}`}>{cell.route === null ? cell.name : <a href={`#${cell.route}`}>{cell.name}</a>}</li>
      ))}
      {cells.length > cellsShown && <li className="muted">and {cells.length - cellsShown} more</li>}
    </ul>
  )
}
