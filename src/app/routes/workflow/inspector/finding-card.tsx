/** One finding with its numbers, what they were computed from, why it matters and what to do. */

import type { CompareFinding } from '../../../../core/workflow/survival/compare.ts'
import { valueText } from '../../../../core/workflow/survival/sentence.ts'
import { Button } from '../../../components/button.tsx'
import { formatDuration, formatNumber, formatPercent } from '../../../components/format.ts'
import { RuleLink } from '../../../components/rule-link.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import type { PanelProps } from '../editor/comparison-view.ts'
import { fieldOf, type MissingFact, titleOf } from '../editor/findings.ts'
import { FindingAcceptance } from './finding-acceptance.tsx'
import styles from './inspector-panel.module.css'
import { Remedies } from './remedies.tsx'

export interface FindingCardProps extends PanelProps {
  readonly finding: CompareFinding
  readonly onJump: (missing: MissingFact) => void
}

export function FindingCard(props: FindingCardProps) {
  const { finding, workflow, view, readOnly, onJump } = props
  const judged = finding.outcome !== 'unjudged'
  return (
    <article className={`stack ${styles.card}`} data-finding={finding.code}>
      <div>
        <Pill mark={judged && !finding.question ? finding.severity : 'unknown'}>{titleOf(finding)}</Pill>
      </div>
      <h3>{finding.title}</h3>
      <p>{finding.sentence}</p>
      {!judged && <Missing finding={finding} workflow={workflow} onJump={onJump} />}
      {judged && <NowNext finding={finding} stale={view.stale} />}
      {finding.note !== null && <p className="muted">{finding.note}</p>}
      <Signs finding={finding} view={view} />
      <p>{finding.why}</p>
      <p>
        <b>Do: </b>
        {finding.remedy}
      </p>
      <RuleLink code={finding.code} />
      <Remedies {...props} />
      <Levers finding={finding} />
      <Evidence finding={finding} view={view} />
      <FindingAcceptance finding={finding} readOnly={readOnly} />
    </article>
  )
}

/** What else shows the same cause, so that nobody counts it twice. */
function Signs({ finding, view }: Pick<FindingCardProps, 'finding' | 'view'>) {
  const all = view.comparison?.findings ?? []
  const signs = all.filter(({ partOf }) => partOf === finding.fingerprint)
  const main = all.find(({ fingerprint }) => fingerprint === (finding.partOf ?? finding.countedWith))
  if (signs.length === 0 && main === undefined) return null
  return (
    <section aria-label="Same cause">
      {signs.length > 0 && (
        <>
          <h4>The same cause also shows as</h4>
          <ul className={`stack-tight caption above ${styles.evidence}`}>
            {signs.map((sign) => (
              <li key={sign.fingerprint}>
                <b>{sign.title}</b>: {sign.sentence}
              </li>
            ))}
          </ul>
        </>
      )}
      {main && (
        <p className="muted">
          {finding.partOf === null ? 'Its minutes are counted with' : 'A sign of'} “{main.title}”.
        </p>
      )}
    </section>
  )
}

function Missing({ finding, workflow, onJump }: Pick<FindingCardProps, 'finding' | 'workflow' | 'onJump'>) {
  return (
    <ul className="stack-tight">
      {finding.missing.map((missing) => {
        const place = fieldOf(missing, finding, workflow)
        return (
          <li key={missing} className={`row ${styles.row}`}>
            <span>Not known: {missing}</span>
            {place && (
              <Button className={styles.small ?? ''} onPress={() => onJump(place)} aria-label={`Give ${missing}`}>
                Give it
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function NowNext({ finding, stale }: { readonly finding: CompareFinding; readonly stale: boolean }) {
  const { metric, minutesPerWeek } = finding
  const hasStake = minutesPerWeek.current !== null || minutesPerWeek.future !== null
  const gone = finding.outcome === 'eliminated' ? 'gone' : 'none'
  return (
    <table>
      {stale ? (
        <caption className="muted">Times from before the last edit</caption>
      ) : (
        <caption className="visually-hidden">Numbers now and next</caption>
      )}
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Now</th>
          <th scope="col">Next</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row" className={styles.measure}>
            {metric.name}
          </th>
          <td>{metric.current === null ? 'none' : valueText(metric.current, metric.unit)}</td>
          <td>{metric.future === null ? gone : valueText(metric.future, metric.unit)}</td>
        </tr>
        {hasStake && (
          <tr>
            <th scope="row">At stake per week</th>
            <td>{stake(minutesPerWeek.current)}</td>
            <td>{stake(minutesPerWeek.future)}</td>
          </tr>
        )}
        {metric.change !== null && (
          <tr>
            <th scope="row">Change</th>
            <td colSpan={2}>
              {metric.change === 0 ? 'none' : `${formatPercent(Math.abs(metric.change))} ${metric.change > 0 ? 'less' : 'more'}`}
              {metric.interval &&
                ` (95 % interval of the difference: ${signed(metric.interval[0])} to ${signed(metric.interval[1])} ${metric.unit})`}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

const effects: Readonly<Record<'better' | 'worse' | 'either' | 'none', string>> = {
  better: 'better',
  worse: 'worse',
  either: 'either way',
  none: 'no effect named',
}

/** Redesign practices for this finding, with the effects that their authors describe. */
function Levers({ finding }: { readonly finding: CompareFinding }) {
  if (finding.levers.length === 0 || finding.outcome === 'eliminated') return null
  return (
    <details>
      <summary>What could be changed</summary>
      <ul className={`stack-tight caption above ${styles.evidence}`}>
        {finding.levers.map((lever) => (
          <li key={lever.title}>
            <b>{lever.title}</b>: {lever.how}{' '}
            <span className="muted">
              Cost {effects[lever.cost]}, time {effects[lever.time]}, quality {effects[lever.quality]}, flexibility{' '}
              {effects[lever.flexibility]}.
            </span>
          </li>
        ))}
        <li className="muted">Effects as described by Reijers and Limam Mansar (Omega 33:283, 2005); not measured here.</li>
      </ul>
    </details>
  )
}

function stake(minutes: number | null): string {
  return minutes === null ? 'none' : formatDuration(minutes * 60)
}

function signed(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 2
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`
}

function Evidence({ finding, view }: Pick<FindingCardProps, 'finding' | 'view'>) {
  const run = view.result?.results?.current ?? null
  return (
    <details>
      <summary>How this was computed</summary>
      <ul className={`stack-tight caption above ${styles.evidence}`}>
        {finding.facts.map((fact) => (
          <li key={`${fact.side} ${fact.name} ${String(fact.value)} ${fact.source ?? ''}`}>
            {fact.side === 'current' ? 'Now' : 'Next'} · {fact.name}: <b>{factText(fact.value, fact.unit)}</b>
            {(fact.level || fact.source) && (
              <span className="muted"> · {[fact.level, fact.source].filter(Boolean).join(', ')}</span>
            )}
          </li>
        ))}
        <li>
          Weakest evidence among these: <b>{finding.level}</b>
        </li>
        {finding.mediumChanged && <li>The medium changed between the two maps.</li>}
        {run && (
          <li>
            Simulated with seed <b>{run.seed}</b>, <b>{run.replications}</b> replications of <b>{formatNumber(run.cases)}</b>{' '}
            cases; the first <b>{formatNumber(Math.round(run.warmup))}</b> of each are left out as warm-up
            {view.stale ? '. That was before the last edit: what is marked “simulated” is about the map as it was.' : '.'}
          </li>
        )}
        {!run && <li>Not simulated: waits are estimated by formula.</li>}
        <li>
          Rule <code>{finding.code}</code>, number {finding.db} of the catalogue; fingerprint{' '}
          <code>{finding.fingerprint.slice(0, 16)}</code>
        </li>
      </ul>
    </details>
  )
}

function factText(value: number | string | boolean | null, unit: string | undefined): string {
  if (value === null) return 'not known'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (unit?.startsWith('minutes')) return valueText(value, unit)
  if (unit?.startsWith('share of ')) return `${formatPercent(value)} ${unit.slice('share '.length)}`
  const number = Number.isInteger(value) ? formatNumber(value) : String(Number(value.toPrecision(3)))
  return unit ? `${number} ${unit}` : number
}
