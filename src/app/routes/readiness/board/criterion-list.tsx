/** The criteria of one phase: state, value, threshold, date, evidence by digest, and what to do. */

import type { JudgedCriterion } from '../../../../core/readiness/board/board.ts'
import { nameOf, nextStep, sourcesOf } from '../../../../core/readiness/board/report.ts'
import type { Cell } from '../../../../core/readiness/model/criterion.ts'
import { dayText } from '../../../../core/values/day.ts'
import { CommentsOn } from '../../../comments/comments-on.tsx'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { RuleLink } from '../../../components/rule-link.tsx'
import { linkTo } from '../../../window/address.ts'
import { withdrawStatement } from '../acts/board-acts.ts'
import { EvidenceItem } from './evidence-item.tsx'
import styles from './readiness.module.css'
import { thresholdText } from './threshold-words.ts'
import { viewHref } from './view-of.ts'

const cellsShown = 8

/** What a line of the board opens to: why it matters, its places, its limits and its evidence by digest. */
export function CriterionDetail({ judged, onClaim, onThresholds }: { readonly judged: JudgedCriterion } & BoardActions) {
  const { criterion, state, measure, evidence } = judged
  const settled = state === 'proven' || (state === 'claimed' && !judged.lacksProof)
  const view = viewHref(criterion.code)
  return (
    <div className={styles.criterion}>
      <div className={styles.said}>
        {state === 'stale' && <p className="is-error">stale: {judged.reason}. It no longer counts.</p>}
        {state === 'claimed' && judged.reason && <p className="is-error">Only claimed: {judged.reason}.</p>}
        {sourcesOf(judged).map((from) => (
          <p key={from}>{from}.</p>
        ))}
        {judged.claim && judged.claim.void !== null && (
          <p className="is-error">
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
        <RuleLink code={criterion.code} />
        {!settled && measure && measure.cells.length > 0 && <Cells cells={measure.cells} />}
        <CommentsOn about={{ kind: 'criterion', id: criterion.code }} title={`the criterion “${nameOf(judged)}”`} />
      </div>
      <div className={`stack-tight digits ${styles.limits}`}>
        <span>{thresholdText(judged)}</span>
        {judged.thresholdNote && <span className="is-error">{judged.thresholdNote}</span>}
        {judged.until && <span className="muted">counts until {dayText(judged.until)}</span>}
        {judged.owner && <span className="muted">owner {judged.owner}</span>}
      </div>
      <div className={`breaks ${styles.evidence}`}>
        {evidence.map((artifact) => (
          <EvidenceItem key={artifact.kind} artifact={artifact} />
        ))}
        {evidence.length === 0 && <span className="muted">no evidence</span>}
      </div>
      <div className={`row-start above ${styles.actions} no-print`}>
        {!settled && criterion.needs.length > 0 && (
          <ButtonLink href={linkTo(judged.action.route)}>{judged.action.label}</ButtonLink>
        )}
        {view !== null && <ButtonLink href={view}>Open its view</ButtonLink>}
        {(criterion.claimable || (criterion.sayable && measure?.state === 'missing')) && (
          <Button
            onPress={() => onClaim(judged)}
            aria-label={`${criterion.sayable?.action.replace('…', '') ?? 'State a claim'}: ${nameOf(judged)}`}
          >
            {criterion.sayable?.action ?? 'State a claim…'}
          </Button>
        )}
        {judged.claim && (
          <Button
            look="quiet"
            onPress={() => void withdrawStatement(criterion.code)}
            aria-label={`Take the statement back: ${nameOf(judged)}`}
          >
            Take the statement back
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
    <ul className={`above spread ${styles.cells}`}>
      {cells.slice(0, cellsShown).map((cell) => (
        <li key={`${cell.name}${cell.route}`}>
          {cell.route === null ? cell.name : <a href={linkTo(cell.route)}>{cell.name}</a>}
        </li>
      ))}
      {cells.length > cellsShown && <li className="muted">and {cells.length - cellsShown} more</li>}
    </ul>
  )
}

export interface BoardActions {
  readonly onClaim: (judged: JudgedCriterion) => void
  readonly onThresholds: (judged: JudgedCriterion) => void
}
