/** One piece of evidence: short digest, opened to the whole of it and to what it was computed from. */
import { type Artifact, kinds } from '../../../../core/readiness/model/artifact.ts'
import { formatMoment } from '../../../components/format.ts'
import { linkTo } from '../../../window/address.ts'
import styles from './readiness.module.css'

export function EvidenceItem({ artifact }: { readonly artifact: Artifact }) {
  const { label, route } = kinds[artifact.kind]
  const about = artifact.run === null ? label : `${label}, run #${artifact.run}`
  return (
    <details className={styles.artifact}>
      <summary>
        {artifact.stale === null ? about : <s>{about}</s>} <code>{shortDigest(artifact.digest)}</code>
      </summary>
      <p>
        <code>{artifact.digest}</code>
      </p>
      {artifact.date !== null && <p className="muted">made {formatMoment(artifact.date)}</p>}
      {artifact.stale !== null && <p className="is-error">stale: {artifact.stale}</p>}
      {artifact.from.length > 0 && (
        <ul>
          {artifact.from.map(({ name, digest }) => (
            <li key={name}>
              {name} <code>{shortDigest(digest)}</code>
            </li>
          ))}
        </ul>
      )}
      <a href={linkTo(route)}>Open {label.toLowerCase()}</a>
    </details>
  )
}

function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:)?(.{10}).*$/, '$2…')
}
