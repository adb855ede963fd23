/** What a number of the reconciliation stands for: its findings, each down to records side by side. */

import { useState } from 'react'
import type { Finding } from '../../../../core/finding.ts'
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { PathCode } from '../../../components/path-code.tsx'
import { RuleLink } from '../../../components/rule-link.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { RevealButton } from '../../../frame/reveal-button.tsx'
import type { Reconciled } from '../acts/reconcile.ts'
import styles from '../data.module.css'
import { type Explainable, ExplainDialog } from './explain-dialog.tsx'
import { explainableOf } from './explanation-words.ts'
import { RecordSides } from './record-sides.tsx'

const atOnce = 10

export function ReconcilePanel({ findings, done }: { readonly findings: readonly Finding[]; readonly done: Reconciled }) {
  if (findings.length === 0) return <p className="muted">No finding belongs to this number: its records agree.</p>
  return (
    <>
      <RevealButton />
      {findings.map((finding) => (
        <OneFinding key={finding.fingerprint} finding={finding} done={done} />
      ))}
    </>
  )
}

function OneFinding({ finding, done }: { readonly finding: Finding; readonly done: Reconciled }) {
  const [shown, setShown] = useState(atOnce)
  const [explaining, setExplaining] = useState<Explainable | null>(null)
  const words = wordingOf(finding.code)
  const left = finding.sample.length - shown
  return (
    <section className={`stack ${styles.oneFinding}`}>
      <div>
        <Pill mark={finding.severity} />
      </div>
      <h3>{words?.title ?? finding.code}</h3>
      <p>
        {formatNumber(finding.count)} at <PathCode path={finding.place} />
        {finding.patients !== null && `, ${formatCount(finding.patients, 'patient')}`}
      </p>
      <p className="muted">{words?.remedy}</p>
      <RuleLink code={finding.code} />
      <ol className={`stack ${styles.rows}`}>
        {finding.sample.slice(0, shown).map((sighting, index) => {
          const about = explainableOf(finding, sighting, done)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: sightings of one finding are a fixed list
            <li key={index}>
              <RecordSides sighting={sighting} />
              {about && (
                <Button look="quiet" onPress={() => setExplaining(about)}>
                  Explain…
                </Button>
              )}
            </li>
          )
        })}
      </ol>
      {explaining && <ExplainDialog about={explaining} onClose={() => setExplaining(null)} />}
      {left > 0 && <Button onPress={() => setShown(shown + atOnce)}>Show {formatNumber(Math.min(atOnce, left))} more</Button>}
    </section>
  )
}
