/** The page a committee files: from the signed payload alone, black on white in print. */
import { useEffect, useMemo, useState } from 'react'
import { certificateOf } from '../../../core/project/certificate.ts'
import { signatureFault } from '../../../core/project/check-signatures.ts'
import type { SignatureState } from '../../../core/project/coverage.ts'
import { headCode } from '../../../core/project/head-code.ts'
import { webVerifier } from '../../../io/signature-web.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './certificate.module.css'

export function CertificateSheet({ signature }: { readonly signature: SignatureState }) {
  const { entry, payload, coverage } = signature
  const certificate = useMemo(() => certificateOf(payload), [payload])
  const code = useMemo(() => headCode(certificate.head), [certificate])
  const fault = useSignatureFault(entry)
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
          {fault === undefined
            ? 'Checking the signature…'
            : fault === null
              ? 'The signature holds for this text and this key. The key was enrolled before it.'
              : `This signature ${fault}`}
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
        <footer className={styles.foot}>
          <svg
            className={styles.code}
            viewBox={`0 0 ${code.size} ${code.size}`}
            role="img"
            aria-label="Head of the ledger as a QR code"
          >
            <path d={code.path} />
          </svg>
          <p className={styles.digest}>
            Head {certificate.head}
            <br />
            Ledger entry {entry.hash}
          </p>
        </footer>
      </article>
    </>
  )
}

/** Why the signature does not count; null when it does, undefined while it is checked. */
function useSignatureFault(entry: SignatureState['entry']): string | null | undefined {
  const [fault, setFault] = useState<string | null | undefined>(undefined)
  const id = useWorkspace((w) => w.project?.manifest.id ?? null)
  // Entries are only added, and a signature is judged by those before it.
  useEffect(() => {
    let shown = true
    setFault(undefined)
    const { ledger = [], keys = [] } = useWorkspace.getState().project ?? {}
    void signatureFault(id === null ? null : { id, keys }, ledger, ledger.indexOf(entry), webVerifier).then(
      (answer) => shown && setFault(answer),
    )
    return () => {
      shown = false
    }
  }, [entry, id])
  return fault
}
