/** The page a committee files: from the signed payload alone, black on white in print. */
import { useEffect, useMemo, useState } from 'react'
import { certificateOf } from '../../../core/project/certificate.ts'
import type { SignatureState } from '../../../core/project/coverage.ts'
import { signatureHolds } from '../../../core/project/signature.ts'
import { webVerifier } from '../../../io/signature-web.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import styles from './certificate.module.css'

export function CertificateSheet({ signature }: { readonly signature: SignatureState }) {
  const { entry, payload, coverage } = signature
  const certificate = useMemo(() => certificateOf(payload), [payload])
  const holds = useSignatureHolds(entry)
  const covered = coverage.covers === 'current'
  const { name, role, meaning, time } = certificate.signature
  return (
    <>
      {!covered && (
        <div className={styles.notCovered} role="alert">
          <SeverityMark mark="error" label="Not covered" />
          <div>
            <strong>Not covered.</strong> This certificate stays as it was signed, but it does not speak about what is here now.
            <ul>
              {coverage.changed.map(({ what, sentence }) => (
                <li key={what}>{sentence}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <article className={`${styles.sheet} ${covered ? '' : styles.earlier}`} aria-label="Certificate">
        <header>
          <p className={styles.kind}>Certificate of record review</p>
          <h2 className={styles.title}>{certificate.title}</h2>
        </header>
        <p className={styles.statement}>{certificate.statement}</p>
        <dl className={styles.signed}>
          {(
            [
              ['Signed by', name],
              ['Role', role],
              ['Meaning', meaning],
              ['Date and time', time],
            ] as const
          ).map(([what, value]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.check} role="status">
          {holds === null
            ? 'Checking the signature…'
            : holds
              ? 'The signature holds for this text and this key.'
              : 'The signature does not hold: the text or the key was changed after signing.'}
        </p>
        <div className={styles.sections}>
          {certificate.sections.map(({ title, lines }) => (
            <section key={title} className={styles.section}>
              <h3>{title}</h3>
              <ul>
                {lines.map((line) => (
                  <li key={line} className={/sha256:/.test(line) ? styles.digest : undefined}>
                    {line}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <footer className={styles.digest}>Ledger entry {entry.hash}</footer>
      </article>
    </>
  )
}

function useSignatureHolds(entry: SignatureState['entry']): boolean | null {
  const [holds, setHolds] = useState<boolean | null>(null)
  useEffect(() => {
    let shown = true
    setHolds(null)
    void signatureHolds(entry, webVerifier).then((answer) => shown && setHolds(answer))
    return () => {
      shown = false
    }
  }, [entry])
  return holds
}
