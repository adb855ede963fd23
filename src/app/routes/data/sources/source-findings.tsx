/** The findings of one file, each a way to its rows. */

import { formatNumber } from '../../../components/format.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import styles from '../data.module.css'
import { useAllFindings } from '../findings/use-findings.ts'

export function OwnFindings({ name, side }: { readonly name: string; readonly side: string }) {
  const { list } = useAllFindings()
  const own = list.filter((each) => each.input === name && each.side === side && each.state !== 'fixed')
  if (own.length === 0) return null
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>Findings</h2>
      <ul>
        {own.map(({ finding, wording }) => (
          <li key={finding.fingerprint + finding.severity}>
            <SeverityMark mark={finding.severity} label={finding.severity} />{' '}
            <a href={`#/data/findings/${finding.fingerprint}`}>
              {wording.title} — {finding.place === '' ? 'the file' : finding.place}
            </a>
            : {formatNumber(finding.count)}
          </li>
        ))}
      </ul>
    </section>
  )
}
