/** The page a committee files: from the signed payload alone, black on white in print. */

import { useEffect, useMemo, useState } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { headCode } from '../../../../core/project/ledger/head-code.ts'
import { signatureFault } from '../../../../core/project/signing/check-signatures.ts'
import type { SignaturePayload } from '../../../../core/project/signing/signature-page.ts'
import { certificateOf } from '../../../../core/project/verify/certificate.ts'
import type { SignatureState } from '../../../../core/project/verify/coverage.ts'
import { meaningTitle, signedMeanings } from '../../../../core/project/verify/signed-meanings.ts'
import { heldSentence } from '../../../../core/project/verify/signed-part.ts'
import { pageStanding } from '../../../../core/project/verify/standing.ts'
import { failedClaims } from '../../../../core/review/result/statement.ts'
import { webVerifier } from '../../../../io/keys/signature-web.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useVerification } from '../../../people/verified.ts'
import { useWorkspace } from '../../../session/state.ts'
import styles from './certificate.module.css'

const standingMarks = {
  refused: { mark: 'error', label: 'Does not count' },
  earlier: { mark: 'warning', label: 'Earlier version' },
  part: { mark: 'info', label: 'Signed part' },
} as const

export function CertificateSheet({ signature }: { readonly signature: SignatureState }) {
  const { entry, payload, coverage } = signature
  const certificate = useMemo(() => certificateOf(payload), [payload])
  const code = useMemo(() => headCode(certificate.head), [certificate])
  const fault = useSignatureFault(entry)
  const verification = useVerification()
  const standing = fault === undefined || !verification ? null : pageStanding(verification.looked, fault, coverage)
  const covered = coverage.covers === 'current' || coverage.part !== undefined
  const project = useWorkspace((w) => w.project)
  const against = useMemo(() => (project ? againstSentences(project, payload) : []), [project, payload])
  const { name, role, meaning, time } = certificate.signature
  return (
    <>
      {!covered && (
        <div className={`line-start ${styles.notCovered}`} role="alert">
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
      {coverage.part && standing?.kind === 'part' && (
        <div className={`line-start ${styles.partHolds}`} role="status">
          <SeverityMark mark="info" label="Signed part" />
          <div>
            <strong>{heldSentence(coverage.part)}</strong> Sign again at the end: that page has everything that was read.
          </div>
        </div>
      )}
      {against.length > 0 && (
        <div className={`line-start ${styles.notCovered}`} role="alert">
          <SeverityMark mark="error" label="Against" />
          <div>
            {against.map((sentence) => (
              <p key={sentence}>
                <strong>{sentence}</strong>
              </p>
            ))}
          </div>
        </div>
      )}
      <article className={`stack-wide ${styles.sheet} ${covered ? '' : styles.earlier}`} aria-label="Certificate">
        <header>
          <p className={`caption muted ${styles.kind}`}>Certificate of record review</p>
          <h2 className={styles.title}>{certificate.title}</h2>
        </header>
        <p className={styles.statement}>{certificate.statement}</p>
        <dl className={`apart spread ${styles.signed}`}>
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
        <p className="strong" role="status">
          {standing && standing.kind !== 'holds' && <SeverityMark {...standingMarks[standing.kind]} />}
          {standing?.words ?? 'Checking the signature and the project…'}
        </p>
        <div className={`stack ${styles.sections}`}>
          {certificate.sections.map(({ title, lines }) => (
            <section key={title} className={styles.section}>
              <h3>{title}</h3>
              <ul>
                {lines.map((line) => (
                  <li key={line} className={/sha256:/.test(line) ? `caption breaks ${styles.digest}` : undefined}>
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
          <p className={`caption breaks ${styles.digest}`}>
            Head {certificate.head}
            <br />
            Ledger entry {entry.hash}
          </p>
        </footer>
      </article>
    </>
  )
}

/** What a reader of this page must not overlook: it refuses, it approves over a claim that failed, or somebody else refuses. */
function againstSentences(project: Project, payload: SignaturePayload): readonly string[] {
  const failed = payload.meaning === 'approval' ? failedClaims(payload.claims) : 0
  const refusals = signedMeanings(project).filter(({ meaning }) => meaning === 'rejection')
  return [
    ...refusals.map((each) => `${meaningTitle(each)}.`),
    ...(failed > 0
      ? [`This page approves although ${failed} of ${payload.claims.length} claims ${failed === 1 ? 'does' : 'do'} not hold.`]
      : []),
  ]
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
