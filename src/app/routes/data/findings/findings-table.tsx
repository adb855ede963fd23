/** One line per cause, or per finding: how bad, what, where, how many of how many, whose, and what was decided about it. */

import { dayText } from '../../../../core/values/day.ts'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { PathCode } from '../../../components/path-code.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import type { Address } from '../../../window/address.ts'
import styles from '../data.module.css'
import { type FindingLine, stateWordsOf } from './finding-causes.ts'
import { type ListedFinding, stateWordOf, statusWords } from './findings.ts'

export interface FindingsTableProps {
  readonly lines: readonly FindingLine[]
  readonly open: FindingLine | null
  readonly hrefOf: (line: FindingLine) => Address
  /** Number of the run that counts are compared with, or null. */
  readonly against: number | null
}

export function FindingsTable({ lines, open, hrefOf, against }: FindingsTableProps) {
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
        {lines.map((line) => (
          <FindingRow
            key={`${line.key}${line.first.finding.severity}`}
            line={line}
            open={line.key === open?.key}
            href={hrefOf(line)}
            compared={against !== null}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly line: FindingLine
  readonly open: boolean
  readonly href: Address
  readonly compared: boolean
}

function FindingRow({ line, open, href, compared }: RowProps) {
  const { first, parts, count, denominator, patients, status } = line
  const { finding, wording, input } = first
  const share =
    denominator !== null && denominator > 0 ? `of ${formatNumber(denominator)} (${formatPercent(count / denominator)})` : ''
  return (
    <tr className={open ? 'tinted' : undefined}>
      <td>
        <Pill mark={finding.severity} />
      </td>
      <td>
        <a href={href} aria-current={open ? 'true' : undefined}>
          {wording.title}
        </a>
        {finding.cause !== undefined && <div className="muted caption">{finding.cause}</div>}
      </td>
      <td>
        {parts.length > 1 ? <div>{formatNumber(parts.length)} files</div> : input !== null && <div>{input}</div>}
        <PathCode path={finding.place === '' ? 'the file' : finding.place} />
      </td>
      <td className="number">
        {formatNumber(count)}
        {share !== '' && <span className={`muted caption nowrap ${styles.share}`}>{share}</span>}
      </td>
      <td className="number">{patients === null ? '—' : formatNumber(patients)}</td>
      {compared && <td className="number">{changeWords(line)}</td>}
      <td>{statusWords[status]}</td>
      <td>{parts.length > 1 ? stateWordsOf(parts) : <StateOf listed={first} />}</td>
    </tr>
  )
}

function StateOf({ listed }: { readonly listed: ListedFinding }) {
  return (
    <>
      <StateWords listed={listed} />
      {(listed.owner !== null || listed.due !== null) && (
        <div className="muted caption">
          {listed.owner ?? 'no owner'}
          {listed.due !== null && `, due ${dayText(listed.due)}`}
        </div>
      )}
    </>
  )
}

function StateWords({ listed }: { readonly listed: ListedFinding }) {
  const { state, acceptance, notAccepted } = listed
  if (state === 'fixed') return <Pill mark="ok">Fixed</Pill>
  if (!acceptance) return stateWordOf(listed)
  if (notAccepted !== null)
    return (
      <>
        {stateWordOf(listed)}
        <div className="muted caption">acceptance {notAccepted === 'expired' ? 'expired' : `does not count: ${notAccepted}`}</div>
      </>
    )
  return (
    <>
      Known
      <div className="muted caption">
        {acceptance.by}
        {acceptance.expires !== null && `, until ${dayText(acceptance.expires)}`}
      </div>
    </>
  )
}

/** "first seen", "+3", "−2" or "same count". */
function changeWords({ count, before }: Pick<FindingLine, 'count' | 'before'>): string {
  if (before === undefined) return ''
  if (before === null) return 'first seen'
  const change = count - before
  return change === 0 ? 'same count' : `${change > 0 ? '+' : '−'}${formatNumber(Math.abs(change))}`
}
