/** What was asked for and not judged, with the reason: coverage is said, never implied. */
import { formatCount, formatNumber } from '../../../components/format.ts'
import styles from '../data.module.css'

export function NotEvaluatedList(props: {
  readonly entries: readonly { readonly what: string; readonly why: string }[]
  readonly rulesRun: number
}) {
  return (
    <details className={`above-wide ${styles.coverage}`}>
      <summary>
        {formatCount(props.rulesRun, 'rule')} ran, {formatNumber(props.entries.length)}{' '}
        {props.entries.length === 1 ? 'thing was' : 'things were'} not run
      </summary>
      <ul>
        {props.entries.map(({ what, why }) => (
          <li key={`${what}${why}`}>
            <strong>{what}</strong>: {why}
          </li>
        ))}
      </ul>
    </details>
  )
}
