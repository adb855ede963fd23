/** How many of the filled legacy cells are carried, left behind with reason and name, only suggested, or open. */
import type { ReactNode } from 'react'
import type { Coverage } from '../../../../core/data/crosswalk/plan/crosswalk.ts'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import styles from './mapping.module.css'

export function CoverageBar({ share }: { readonly share: Coverage | null }) {
  if (!share) return <p className="muted">Check the files to see how many filled cells the mapping covers.</p>
  const of = Math.max(1, share.filled)
  const { carried, notCarried } = share
  return (
    <div className={`below ${styles.coverage}`}>
      <p>
        <strong>{share.filled === 0 ? 'no cells' : formatPercent((carried + notCarried) / of)}</strong> of{' '}
        {formatNumber(share.filled)} filled legacy cells decided
      </p>
      <svg className={`full ${styles.track}`} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.rest} width="100" height="1" />
        <rect className={styles.carried} width={(carried / of) * 100} height="1" />
        <rect className={styles.left} x={(carried / of) * 100} width={(notCarried / of) * 100} height="1" />
      </svg>
      <ul className={`dense muted across spread ${styles.legend}`}>
        <Count swatch={styles.carried} count={carried}>
          carried: their line is confirmed
        </Count>
        <Count swatch={styles.left} count={notCarried}>
          left behind: a confirmed line says why
        </Count>
        <Count swatch={styles.rest} count={share.suggested + share.open}>
          open: {formatNumber(share.suggested)} suggested, {formatNumber(share.open)} unmapped
        </Count>
      </ul>
    </div>
  )
}

function Count(props: { readonly swatch: string | undefined; readonly count: number; readonly children: ReactNode }) {
  return (
    <li>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <rect className={props.swatch} x="0.5" y="0.5" width="11" height="11" stroke="currentColor" />
      </svg>
      {formatNumber(props.count)} {props.children}
    </li>
  )
}
