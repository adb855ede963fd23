/** One line per rule and place: how bad, what, where, how many of how many, whose, and what was decided about it. */
import { PathCode } from '../../components/path-code.tsx'
import { Pill } from '../../components/severity-mark.tsx'
import { formatDate, formatNumber, formatPercent } from '../../format.ts'
import styles from './data.module.css'
import { type ListedFinding, statusWords } from './findings.ts'

export interface FindingsTableProps {
  readonly shown: readonly ListedFinding[]
  readonly open: ListedFinding | null
  readonly hrefOf: (fingerprint: string) => string
  /** Number of the run that counts are compared with, or null. */
  readonly against: number | null
}

export function FindingsTable({ shown, open, hrefOf, against }: FindingsTableProps) {
  return (
    <table className={styles.findings}>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">What</th>
          <th scope="col">Where</th>
          <th scope="col" className="number">
            Count
          </th>
          <th scope="col" className="number">
            Patients
          </th>
          {against !== null && (
            <th scope="col" className="number">
              Since #{against}
            </th>
          )}
          <th scope="col">Status</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((listed) => (
          <FindingRow
            key={`${listed.finding.fingerprint}${listed.finding.severity}`}
            listed={listed}
            open={listed === open}
            href={hrefOf(listed.finding.fingerprint)}
            compared={against !== null}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly listed: ListedFinding
  readonly open: boolean
  readonly href: string
  readonly compared: boolean
}

function FindingRow({ listed, open, href, compared }: RowProps) {
  const { finding, wording, input } = listed
  const share =
    finding.denominator !== null && finding.denominator > 0
      ? `of ${formatNumber(finding.denominator)} (${formatPercent(finding.count / finding.denominator)})`
      : ''
  return (
    <tr className={open ? styles.open : undefined}>
      <td>
        <Pill mark={finding.severity} />
      </td>
      <td>
        <a href={href} aria-current={open ? 'true' : undefined}>
          {wording.title}
        </a>
      </td>
      <td>
        {input !== null && <div>{input}</div>}
        <PathCode path={finding.place === '' ? 'the file' : finding.place} />
      </td>
      <td className="number">
        {formatNumber(finding.count)}
        {share !== '' && <span className={`muted ${styles.share}`}>{share}</span>}
      </td>
      <td className="number">{finding.patients === null ? '—' : formatNumber(finding.patients)}</td>
      {compared && <td className="number">{changeWords(listed)}</td>}
      <td>{statusWords[listed.status]}</td>
      <td>
        <StateWords listed={listed} />
        {(listed.owner !== null || listed.due !== null) && (
          <div className="muted caption">
            {listed.owner ?? 'no owner'}
            {listed.due !== null && `, due ${formatDate(listed.due)}`}
          </div>
        )}
      </td>
    </tr>
  )
}

function StateWords({ listed }: { readonly listed: ListedFinding }) {
  const { state, acceptance, notAccepted } = listed
  if (state === 'fixed') return <Pill mark="ok">Fixed</Pill>
  if (!acceptance) return 'New'
  if (notAccepted !== null)
    return (
      <>
        New
        <div className="muted caption">acceptance {notAccepted === 'expired' ? 'expired' : `does not count: ${notAccepted}`}</div>
      </>
    )
  return (
    <>
      Known
      <div className="muted caption">
        {acceptance.by}
        {acceptance.expires !== null && `, until ${formatDate(acceptance.expires)}`}
      </div>
    </>
  )
}

/** "first seen", "+3", "−2" or "same". */
export function changeWords({ finding, before }: Pick<ListedFinding, 'finding' | 'before'>): string {
  if (before === undefined) return ''
  if (before === null) return 'first seen'
  const change = finding.count - before
  return change === 0 ? 'same' : `${change > 0 ? '+' : '−'}${formatNumber(Math.abs(change))}`
}
