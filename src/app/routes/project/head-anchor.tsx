/** The head of the ledger on paper, out of reach of an editor of the file: what the ledger page prints, with a place to sign by hand. */
import { useMemo } from 'react'
import type { Project } from '../../../core/project/format/project.ts'
import { headOf } from '../../../core/project/ledger/head.ts'
import { headCode } from '../../../core/project/ledger/head-code.ts'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { wallNow } from '../../session/ledger.ts'
import styles from './head-anchor.module.css'

export function HeadAnchor({ project }: { readonly project: Pick<Project, 'manifest' | 'ledger'> }) {
  const { manifest, ledger } = project
  const head = useMemo(() => headOf(ledger), [ledger])
  const code = useMemo(() => headCode(head.digest), [head])
  const last = ledger.at(-1)
  if (!last) return null
  return (
    <article className={styles.anchor} aria-label="Head of the ledger, to print">
      <p>Head of the ledger</p>
      <h2>
        {manifest.name}: {manifest.legacy} to {manifest.target}
      </h2>
      <div className={styles.code}>
        <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label="Head of the ledger as a QR code">
          <path d={code.path} />
        </svg>
        <p className={styles.digest}>{inGroups(head.digest)}</p>
      </div>
      <dl className={styles.facts}>
        <dt>Entries</dt>
        <dd>
          {formatNumber(ledger.length)} on {formatNumber(head.devices.length)} {head.devices.length === 1 ? 'device' : 'devices'},
          the last of {formatMoment(last.time.wall)}
        </dd>
        <dt>Project</dt>
        <dd>{manifest.id}</dd>
        <dt>Printed</dt>
        <dd>{formatMoment(wallNow())}</dd>
      </dl>
      <p>
        Whoever keeps this page can show later that no entry up to here was changed, cut off or made up. Run “carryover verify
        --head” with the digest above on the project file. Keep the page away from the computer that holds the project, and print
        it again when older work of another device was merged in.
      </p>
      <dl className={styles.lines}>
        {['Name and role', 'Place and date', 'Signature by hand'].map((what) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd />
          </div>
        ))}
      </dl>
    </article>
  )
}

/** Eight signs a group, so that it can be read aloud. */
function inGroups(digest: string): string {
  const [name = '', hex = ''] = digest.split(':')
  return `${name}: ${hex.match(/.{1,8}/g)?.join(' ') ?? ''}`
}
