/** The hazards of the log: risk as shape and word before and after its controls, and what can be done with each. */

import type { Grade, Hazard, HazardState, HazardTexts } from '../../../../core/project/format/hazard-acts.ts'
import type { SourceStanding } from '../../../../core/project/hazards/hazard-evidence.ts'
import {
  likelihoodWords,
  residualRisk,
  riskOf,
  riskWords,
  severityWords,
} from '../../../../core/project/hazards/log/hazard-log.ts'
import { sourceText } from '../../../../core/project/reports/hazard-report.ts'
import { Button } from '../../../components/button.tsx'
import cards from '../../../components/cards.module.css'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { type Mark, SeverityMark } from '../../../components/severity-mark.tsx'
import styles from './hazards.module.css'
import type { Settling } from './settle-hazard-dialog.tsx'

const riskMarks: Readonly<Record<Grade, Mark>> = { 1: 'ok', 2: 'info', 3: 'warning', 4: 'error', 5: 'critical' }

const stateMarks: Readonly<Record<HazardState, Mark>> = {
  open: 'waiting',
  controlled: 'at-risk',
  accepted: 'proven',
  closed: 'ok',
}

const stateWords: Readonly<Record<HazardState, string>> = {
  open: 'Open',
  controlled: 'Controlled',
  accepted: 'Accepted',
  closed: 'Closed',
}

/** "Risk 4" beside its shape, with what the matrix says of it below. */
export function Risk({ severity, likelihood }: { readonly severity: Grade; readonly likelihood: Grade }) {
  const risk = riskOf(severity, likelihood)
  return (
    <>
      <span className={`line-start ${styles.mark}`}>
        <SeverityMark mark={riskMarks[risk]} />
        <strong>Risk {risk}</strong>
      </span>
      <p>{riskWords[risk - 1]}</p>
      <p className="muted">
        {severityWords[severity - 1]}, {likelihoodWords[likelihood - 1]}
      </p>
    </>
  )
}

export function HazardTable({
  rows,
  canAct,
  onEdit,
  onSettle,
}: {
  readonly rows: readonly { readonly hazard: Hazard; readonly texts: HazardTexts; readonly source: SourceStanding }[]
  readonly canAct: boolean
  readonly onEdit: (hazard: Hazard) => void
  readonly onSettle: (settling: Settling) => void
}) {
  return (
    <ScrollRegion label="Hazards" className={`box scroll ${styles.scroll}`}>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th scope="col">Hazard</th>
            <th scope="col">Initial risk</th>
            <th scope="col">Controls</th>
            <th scope="col">Residual risk</th>
            <th scope="col">State</th>
            <th scope="col">Act</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ hazard, texts, source }) => (
            <tr key={hazard.id}>
              <td>
                <strong>{texts.hazard}</strong>
                {texts.cause !== '' && <p>Cause: {texts.cause}</p>}
                {texts.effect !== '' && <p>Effect: {texts.effect}</p>}
                <p className="muted">
                  <code>{hazard.id}</code>, {sourceText(hazard.from)}
                </p>
              </td>
              <td data-label="Initial risk">
                <Risk severity={hazard.severity} likelihood={hazard.likelihood} />
              </td>
              <td data-label="Controls">
                {texts.controls === '' ? <span className="muted">None written</span> : texts.controls}
                <p className="muted">{texts.owner === '' ? 'No owner' : `Owner: ${texts.owner}`}</p>
              </td>
              <td data-label="Residual risk">
                {hazard.residualSeverity === null || hazard.residualLikelihood === null || residualRisk(hazard) === null ? (
                  <span className="muted">Not judged</span>
                ) : (
                  <Risk severity={hazard.residualSeverity} likelihood={hazard.residualLikelihood} />
                )}
              </td>
              <td data-label="State">
                <span className={`line-start ${styles.mark}`}>
                  <SeverityMark mark={stateMarks[hazard.status]} />
                  <span>{stateWords[hazard.status]}</span>
                </span>
                {hazard.status === 'closed' && source.standing === 'there' ? (
                  <p className={`line-start ${styles.mark}`}>
                    <SeverityMark mark="error" label="Back" />
                    <span>Its cause is back. {source.why} Judge it again.</span>
                  </p>
                ) : (
                  <p className="muted">{source.why}</p>
                )}
              </td>
              <td data-label="Act">
                <div className="row-start">
                  <Button onPress={() => onEdit(hazard)} isDisabled={!canAct} aria-label={`Judge ${hazard.id}`}>
                    Judge
                  </Button>
                  {hazard.status === 'controlled' && (
                    <Button
                      onPress={() => onSettle({ how: 'accept', hazard })}
                      isDisabled={!canAct}
                      aria-label={`Accept ${hazard.id}`}
                    >
                      Accept
                    </Button>
                  )}
                  {hazard.status !== 'closed' && (
                    <Button
                      onPress={() => onSettle({ how: 'close', hazard })}
                      isDisabled={!canAct}
                      aria-label={`Close ${hazard.id}`}
                    >
                      Close
                    </Button>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
